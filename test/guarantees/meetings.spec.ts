import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Actor } from '../../src/access';
import { MeetingsImporter, type MeetingsOutcome } from '../../src/partners';
import { formatColumns, meetingColumns, newerColumns } from '../../src/partners/meetings/meeting-row';
import { withClient } from '../../src/platform/database/embedded/client';
import { ListedMeetingsStore } from '../../src/resources';
import { buildActor } from '../builders/agencies';
import { openApp, type Ask, type TestApp } from '../setup/app';

const real = join(__dirname, '../../../shared/data/meetings/bmlt_na_meetings.csv');
const hasReal = existsSync(real);
const withRealFile = hasReal ? it : it.skip;
if (!hasReal) console.warn('Skipped: the meetings are not in ../shared/data/meetings.');

const columns = [...meetingColumns, ...newerColumns];
type Meeting = Partial<Record<(typeof columns)[number], string>>;

/** Mondays at seven in the evening in Chillicothe. */
const meeting = (id: string, changes: Meeting = {}): Meeting => ({
  id_bigint: id,
  weekday_tinyint: '1',
  start_time: '19:00:00',
  duration_time: '01:30:00',
  formats: '17,33',
  lang_enum: 'en',
  latitude: '39.3331',
  longitude: '-82.9824',
  published: '1',
  meeting_name: `Sample group ${id}`,
  location_text: 'Sample church',
  location_street: '1 Main Street',
  location_municipality: 'Chillicothe',
  location_province: 'OH',
  ...changes,
});
const formats = [
  { shared_id_bigint: '17', key_string: 'O', lang_enum: 'en', name_string: 'Open' },
  { shared_id_bigint: '33', key_string: 'WC', lang_enum: 'en', name_string: 'Wheelchair' },
  { shared_id_bigint: '50', key_string: 'VM', lang_enum: 'en', name_string: 'Virtual' },
  { shared_id_bigint: '9', key_string: 'ES', lang_enum: 'en', name_string: 'Espanol' },
];

const csv = (header: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string =>
  [header.join(','), ...rows.map((row) => header.map((column) => `"${row[column] ?? ''}"`).join(','))].join('\n');

interface Near {
  readonly meetingsNear: {
    readonly total?: number;
    readonly code?: string;
    readonly times?: readonly {
      readonly startsAt: string;
      readonly miles: number | null;
      readonly meeting: { readonly name: string; readonly [field: string]: unknown };
    }[];
  };
}
const NEAR = `query ($latitude: Float, $longitude: Float, $countyFips: String, $withinMiles: Int! = 15, $firstDay: Date, $mayBeOnline: Boolean! = true, $language: String, $first: Int! = 50) {
  meetingsNear(latitude: $latitude, longitude: $longitude, countyFips: $countyFips, withinMiles: $withinMiles, firstDay: $firstDay, mayBeOnline: $mayBeOnline, language: $language, first: $first) {
    ... on MeetingsNear { total times { startsAt endsAt miles meeting { name weekday startMinute durationMinutes timeZone venueKind venue street city state onlineUrl dialIn language formats { key name } } } }
    ... on Refused { code details } } }`;

describe('support-group meetings', () => {
  let app: TestApp;
  let folder: string;
  let importer: MeetingsImporter;
  let officer: Actor;
  let ask: Ask;

  beforeAll(async () => {
    app = await openApp();
    folder = mkdtempSync(join(tmpdir(), 'meetings-'));
    importer = new MeetingsImporter(app.unitOfWork, new ListedMeetingsStore());
    officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
    ask = await app.as(officer);
  });
  afterAll(async () => {
    await app.close();
    rmSync(folder, { recursive: true });
  });

  const bring = (rows: readonly Meeting[], source = 'sample', tail = ''): Promise<MeetingsOutcome> => {
    const file = join(folder, 'meetings.csv');
    writeFileSync(file, `${csv(columns, rows)}\n${tail}`);
    const beside = join(folder, 'formats.csv');
    writeFileSync(beside, csv(formatColumns, formats));
    return importer.run({ file, formats: beside, source, rejects: file });
  };
  const near = async (variables: object) => {
    const { data } = await ask<Near>(NEAR, { ...variables });
    return data?.meetingsNear;
  };
  const here = { latitude: 39.33, longitude: -82.98 };
  const namesOf = async (variables: object = here) =>
    (await near(variables))?.times?.map(({ meeting: { name } }) => name);

  it('are taken from a list, and shown with all a person needs to get there', async () => {
    const online = {
      formats: '50',
      virtual_meeting_link: 'https://example.org/room',
      phone_meeting_number: '555 0100',
    };
    expect(await bring([meeting('1'), meeting('2', online)])).toMatchObject({ rows: 2, published: 2, changed: 2 });
    const found = await near({ ...here, firstDay: '2026-03-02' });
    expect(found).toMatchObject({ total: 2 });
    expect(found?.times?.[0]).toMatchObject({
      // A Monday before the clocks change: seven in the evening is midnight UTC.
      startsAt: '2026-03-03T00:00:00.000Z',
      endsAt: '2026-03-03T01:30:00.000Z',
      meeting: {
        weekday: 1,
        startMinute: 1140,
        durationMinutes: 90,
        timeZone: 'America/New_York',
        venueKind: 'ONLINE',
        onlineUrl: 'https://example.org/room',
        dialIn: '555 0100',
      },
    });
    expect(found?.times?.[1]).toMatchObject({
      meeting: { venueKind: 'IN_PERSON', formats: [{ key: 'O', name: 'Open' }, { key: 'WC' }], city: 'Chillicothe' },
    });
  });

  it('keep their hour on both sides of a change of the clocks', async () => {
    await bring([meeting('1', { weekday_tinyint: '0' })]);
    const [before, after] = [
      await near({ ...here, firstDay: '2026-03-01' }),
      await near({ ...here, firstDay: '2026-03-08' }),
    ];
    expect([before?.times?.[0]?.startsAt, after?.times?.[0]?.startsAt]).toEqual([
      '2026-03-02T00:00:00.000Z',
      '2026-03-08T23:00:00.000Z',
    ]);
  });

  it('are shown within the distance only, those online wherever they are', async () => {
    const columbus = { latitude: '39.9612', longitude: '-82.9988' };
    await bring([meeting('1'), meeting('2', columbus), meeting('3', { ...columbus, formats: '50' })]);
    expect((await namesOf())?.sort()).toEqual(['Sample group 1', 'Sample group 3']);
    expect(await namesOf({ ...here, mayBeOnline: false })).toEqual(['Sample group 1']);
    expect(await namesOf({ ...here, mayBeOnline: false, withinMiles: 50 })).toHaveLength(2);
    expect(await namesOf({ countyFips: '39141', mayBeOnline: false })).toEqual(['Sample group 1']);
  });

  it('are the nearest first, however many are listed elsewhere or held online', async () => {
    await bring([meeting('1'), meeting('2', { latitude: '39.41' })]);
    const many = `insert into support_meeting (id, source, source_key, name, weekday, start_minute, duration_minutes, time_zone, venue_kind,
        latitude, longitude, language, formats, is_published, import_id)
      select lpad(to_hex(n), 32, '0')::uuid, 'long list', n, 'Group ' || n, 1, 1380, 60, 'America/New_York', case when n % 2 = 0 then 'ONLINE' else 'IN_PERSON' end,
        case when n % 2 = 1 then 39.42 end, case when n % 2 = 1 then -82.98 end, 'en', '[]', true, gen_random_uuid() from generate_series(1, 4200) n`;
    await withClient(app.database.ownerUrl, (owner) => owner.query(many));
    const found = await namesOf({ ...here, firstDay: '2026-03-02', first: 2 });
    await withClient(app.database.ownerUrl, (owner) =>
      owner.query("delete from support_meeting where source = 'long list'"),
    );
    expect(found?.sort()).toEqual(['Sample group 1', 'Sample group 2']);
  });

  it('are found by language', async () => {
    await bring([meeting('1'), meeting('2', { formats: '9' })]);
    expect(await namesOf({ ...here, language: 'es' })).toEqual(['Sample group 2']);
  });

  it('that are not published are never shown, nor readable behind the API', async () => {
    expect(await bring([meeting('1'), meeting('2', { published: '0' })])).toMatchObject({
      published: 1,
      unpublished: 1,
    });
    expect(await namesOf()).toEqual(['Sample group 1']);
    const reader = app.unitOfWork.reader(officer);
    const seen = await reader.query({ name: 'all_meetings', text: 'select name from support_meeting' });
    expect(seen).toEqual([{ name: 'Sample group 1' }]);
    await bring([meeting('1', { published: '0' }), meeting('2')]);
    expect(await namesOf()).toEqual(['Sample group 2']);
  });

  it('change nothing the second time; what is listed no more is shown no more, in its own list only', async () => {
    await bring([meeting('1'), meeting('2'), meeting('3')]);
    await bring([meeting('9')], 'other');
    expect(await bring([meeting('1'), meeting('2'), meeting('3')])).toMatchObject({ changed: 0, withdrawn: 0 });
    const fewer = [meeting('1', { location_text: 'Another church' }), meeting('2')];
    expect(await bring(fewer)).toMatchObject({ changed: 1, withdrawn: 1 });
    expect((await namesOf())?.sort()).toEqual(['Sample group 1', 'Sample group 2', 'Sample group 9']);
    expect(await bring([], 'other')).toMatchObject({ withdrawn: 0, isTooShort: true });
    expect(await namesOf()).toContain('Sample group 9');
    expect(await bring([meeting('8'), meeting('9', { published: '0' })], 'other')).toMatchObject({ isTooShort: false });
  });

  it('leave out lines with their number and the reason', async () => {
    const outcome = await bring(
      [
        meeting('1'),
        meeting('1'),
        meeting('2', { weekday_tinyint: '7' }),
        meeting('3', { start_time: '25:00:00' }),
        meeting('4', { duration_time: '00:00:00' }),
        meeting('5', { latitude: '0', longitude: '0' }),
        meeting('6', { meeting_name: '' }),
        meeting('7', { latitude: '0', longitude: '0', location_province: '', formats: '50' }),
        meeting('8', { comments: 'x'.repeat(501) }),
      ],
      'rejects',
      'torn',
    );
    const lines = readFileSync(outcome.rejectsFile ?? '', 'utf8')
      .trim()
      .split('\n')
      .slice(1);
    expect(lines.map((line) => line.split(',').slice(0, 2).join(' '))).toEqual([
      '3 DUPLICATE',
      '4 BAD_WEEKDAY',
      '5 BAD_TIME',
      '6 BAD_TIME',
      '7 BAD_PLACE',
      '8 MISSING_FIELD',
      '9 UNKNOWN_ZONE',
      '10 TOO_LONG',
      '11 MALFORMED_LINE',
    ]);
    expect(outcome).toMatchObject({ rows: 10, published: 1, rejected: 9 });
  });

  it('are not looked for near nowhere', async () => {
    expect(await near({})).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await near({ latitude: 39 })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await near({ countyFips: '39999' })).toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('stand beside the lines to call in a crisis, in the language of the person', async () => {
    interface Lines {
      readonly crisisLines: readonly { code: string; does: string; source: string }[];
    }
    const asked = 'query ($language: HelpLanguage!) { crisisLines(language: $language) { code does source } }';
    const { data: english } = await ask<Lines>(asked, { language: 'en' });
    const { data: spanish } = await ask<Lines>(asked, { language: 'es' });
    expect(english?.crisisLines.map(({ code }) => code)).toContain('SUICIDE_AND_CRISIS');
    expect(english?.crisisLines.every(({ source }) => source.length > 0)).toBe(true);
    expect(spanish?.crisisLines.find(({ code }) => code === 'SUICIDE_AND_CRISIS')?.does).toContain('oprima 2');
  });

  withRealFile('of New York State: all but the unpublished are shown', async () => {
    const startedAt = performance.now();
    const asked = {
      file: real,
      formats: real.replace('na_meetings', 'formats'),
      source: 'bmlt',
      rejects: join(folder, 'ny'),
    };
    const first = await importer.run(asked);
    const seconds = (performance.now() - startedAt) / 1000;
    expect(first).toMatchObject({ rows: 1555, published: 1513, unpublished: 42, rejected: 0, changed: 1555 });
    expect(await importer.run(asked)).toMatchObject({ changed: 0, withdrawn: 0 });
    const manhattan = { latitude: 40.7411, longitude: -73.9897, withinMiles: 5, mayBeOnline: false, first: 100 };
    expect((await near(manhattan))?.total).toBeGreaterThan(100);
    console.info(`1,555 meetings in ${seconds.toFixed(1)} s`);
  });
});
