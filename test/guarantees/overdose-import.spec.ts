import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adapterOf, OverdoseImporter, type OverdoseAdapter, type OverdoseImportOutcome } from '../../src/partners';
import { OverdoseImportService } from '../../src/overdoses';
import { OverdoseCorrectionsService } from '../../src/overdoses/overdose-corrections.service';
import { buildAgency, buildStaff } from '../builders/agencies';
import { done } from '../builders/referrals';
import { openApp, type TestApp } from '../setup/app';
import { isThorough } from '../setup/thorough';

let app: TestApp;
let folder: string;
let agencyId: string;

beforeAll(async () => {
  app = await openApp();
  folder = mkdtempSync(join(tmpdir(), 'handrail-import-'));
});
beforeEach(async () => {
  agencyId = (await buildAgency(app.database)).id;
});
afterAll(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const importing = (file: string, adapter: OverdoseAdapter): Promise<OverdoseImportOutcome> =>
  new OverdoseImporter(app.app.get(OverdoseImportService)).run({
    file,
    adapter,
    agencyId,
    rejects: join(folder, 'file.csv'),
  });
const written = (name: string, lines: readonly string[]): string => {
  const file = join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};
const eventsOf = () =>
  app.owner<{ events: number; reports: number }>(
    `select count(distinct m.event_id)::int as events, count(*)::int as reports from overdose_report r
     join overdose_event_report m on m.report_id = r.id and m.until_at is null where r.agency_id = $1 and r.retracted_at is null`,
    [agencyId],
  );

const ADAPTER: OverdoseAdapter = {
  name: 'test',
  version: '1',
  title: 'Test',
  assumes: [],
  key: ['id', 'victim'],
  hasRowsPerVictim: true,
  occurredAt: {
    columns: ['day', 'time'],
    formats: ['MM/dd/yyyy HH:mm'],
    dayFormats: ['MM/dd/yyyy'],
    zone: 'America/New_York',
    isMidnightUnknown: true,
  },
  county: { column: 'fips', prefix: '39' },
  residenceCounty: { column: 'home', prefix: '39', onlyWhere: { column: 'state', is: 'Ohio' } },
  exclude: [{ column: 'end', startsWith: ['dup'], reason: 'DUPLICATE' }],
  isFatal: { column: 'lived', values: { Y: false, N: true } },
  isNaloxoneGiven: { column: 'naloxone', values: { Y: true, N: false } },
  doses: {
    column: 'doses',
    event: 'giving',
    by: { column: 'by', values: { EMS: 'EMS' }, otherwise: 'OTHER', blank: 'LAW_ENFORCEMENT' },
  },
  substances: { columns: ['drug'], values: { HEROIN: 'HEROIN' }, otherwise: 'OTHER' },
  transport: { column: 'end', values: { TAKEN: 'TRANSPORTED' } },
  sex: { column: 'sex', values: { F: 'FEMALE' } },
  age: { column: 'age' },
};
const HEADER = 'id,victim,day,time,fips,home,state,end,lived,naloxone,doses,giving,by,drug,sex,age';
const rowsOf = (id: string, day: string, time: string, rest = '141,131,Ohio,TAKEN,Y,Y') => [
  `${id},1,${day},${time},${rest},2,1,NULL,HEROIN,F,31`,
  `${id},1,${day},${time},${rest},2,1,NULL,COCAINE,F,31`,
  `${id},1,${day},${time},${rest},1,2,EMS,COCAINE,F,31`,
];

it('makes one report of the rows of a victim, each giving of naloxone once', async () => {
  const { figures } = await importing(written('a.csv', [HEADER, ...rowsOf('"1,234"', '03/01/2026', '12:00')]), ADAPTER);
  expect(figures).toMatchObject({ rows: 3, reports: 1, ends: { NEW: 1 }, doses: 3, rejectedRows: 0 });
  const [report] = await app.owner(
    `select client_id, occurred_at, is_time_known, county_fips, residence_county_fips, doses, suspected_substances, transport, sex,
       age_years, source, role from overdose_report where agency_id = $1`,
    [agencyId],
  );
  expect(report).toEqual({
    client_id: 'test:1234:1',
    occurred_at: new Date('2026-03-01T17:00:00Z'),
    is_time_known: true,
    county_fips: '39141',
    residence_county_fips: '39131',
    doses: [
      { by: 'LAW_ENFORCEMENT', count: 2 },
      { by: 'EMS', count: 1 },
    ],
    suspected_substances: ['HEROIN', 'OTHER'],
    transport: 'TRANSPORTED',
    sex: 'FEMALE',
    age_years: 31,
    source: 'test 1',
    role: 'SYSTEM',
  });
});

it('leaves its news and tasks behind everybody else’s, ten to a task', async () => {
  const rows = Array.from({ length: 20 }, (_, n) => rowsOf(`m${n}`, `03/${n + 1}/2025`, '12:00')[0] ?? '');
  await importing(written('many.csv', [HEADER, ...rows]), ADAPTER);
  const tasks = await app.owner<{ name: string; ids: string }>(
    `select name, data->>'eventIds' as ids from pgboss.job where data->>'task' = 'deliver-event'`,
  );
  expect(new Set(tasks.map(({ name }) => name))).toEqual(new Set(['bulk-tasks']));
  const events = await app.owner<{ id: string; is_bulk: boolean }>('select id, is_bulk from outbox_event');
  expect(events.every((event) => event.is_bulk)).toBe(true);
  expect(tasks.flatMap(({ ids }) => ids.split(',')).sort()).toEqual(events.map(({ id }) => id).sort());
  expect(Math.max(...tasks.map(({ ids }) => ids.split(',').length))).toBe(10);
});

it('lists what it leaves out with line and reason, and goes on', async () => {
  const file = written('b.csv', [
    HEADER,
    ...rowsOf('1', '03/01/2026', '12:00').slice(0, 1),
    ...rowsOf('2', '03/01/2026', '00:00').slice(0, 1),
    ...rowsOf('3', 'yesterday', '12:00').slice(0, 1),
    ...rowsOf('4', '03/01/2026', '12:00', '000,131,Ohio,TAKEN,Y,Y').slice(0, 1),
    ...rowsOf('5', '03/01/2026', '12:00', '141,131,Ohio,TAKEN,?,Y').slice(0, 1),
    ...rowsOf('6', '03/01/2026', '12:00', '141,131,Ohio,DUPLICATE,Y,Y').slice(0, 1),
    ...rowsOf('1', '03/01/2026', '12:00').slice(0, 1),
    ',,03/01/2026,12:00,141,131,Ohio,TAKEN,Y,Y,,,,,,',
    'too,short',
    ...rowsOf('7', '03/01/2100', '12:00').slice(0, 1),
    ...rowsOf('8', '03/02/2026', '').slice(0, 1),
  ]);
  const { figures, rejectsFile } = await importing(file, ADAPTER);
  expect(figures).toMatchObject({
    rows: 11,
    reports: 3,
    timeUnknown: 2,
    rejectsByReason: {
      UNKNOWN_TIME: 1,
      UNKNOWN_COUNTY: 1,
      UNKNOWN_VALUE: 1,
      DUPLICATE: 1,
      NOT_TOGETHER: 1,
      NO_KEY: 1,
      MALFORMED_LINE: 1,
      REFUSED: 1,
    },
  });
  expect(rejectsFile).not.toBeNull();
});

it('is safe to repeat, corrects what the source tells otherwise, and takes back what it calls a duplicate', async () => {
  const one = rowsOf('1', '03/01/2026', '12:00');
  const two = rowsOf('2', '03/02/2026', '12:00');
  await importing(written('c.csv', [HEADER, ...one, ...two]), ADAPTER);
  const again = await importing(written('c.csv', [HEADER, ...one, ...two]), ADAPTER);
  expect(again.figures.ends).toEqual({ NEW: 0, CHANGED: 0, RETRACTED: 0, UNCHANGED: 2 });
  expect(await eventsOf()).toEqual([{ events: 2, reports: 2 }]);
  const late = await importing(
    written('c.csv', [
      HEADER,
      ...rowsOf('1', '03/01/2026', '12:00', '141,131,Ohio,TAKEN,N,Y'),
      ...rowsOf('2', '03/02/2026', '12:00', '141,131,Ohio,DUPLICATE,Y,Y'),
      ...rowsOf('3', '02/27/2026', '12:00'),
    ]),
    ADAPTER,
  );
  expect(late.figures.ends).toEqual({ NEW: 1, CHANGED: 1, RETRACTED: 1, UNCHANGED: 0 });
  expect(await eventsOf()).toEqual([{ events: 2, reports: 2 }]);
  const changes = await app.owner(
    `select v.because, v.revision from overdose_report_revision v where v.agency_id = $1 and v.revision > 1 order by 1`,
    [agencyId],
  );
  expect(changes).toEqual([
    { because: 'RETRACTED', revision: 2 },
    { because: 'SOURCE_CHANGED', revision: 2 },
  ]);
});

it('takes a report up again that its source took back, and leaves what people took back', async () => {
  const file = (end: string, lived = 'Y') =>
    written('f.csv', [HEADER, ...rowsOf('1', '03/01/2026', '12:00', `141,131,Ohio,${end},${lived},Y`)]);
  const imported = async (end: string, lived?: string) => (await importing(file(end, lived), ADAPTER)).figures.ends;
  await imported('TAKEN');
  expect(await imported('DUPLICATE')).toMatchObject({ RETRACTED: 1 });
  expect(await eventsOf()).toEqual([{ events: 0, reports: 0 }]);
  expect(await imported('TAKEN')).toMatchObject({ CHANGED: 1 });
  expect(await eventsOf()).toEqual([{ events: 1, reports: 1 }]);
  expect(await imported('TAKEN')).toMatchObject({ CHANGED: 0, UNCHANGED: 1 });
  await imported('DUPLICATE');
  expect(await imported('TAKEN', 'N')).toMatchObject({ CHANGED: 1 });
  const says =
    'select id, is_fatal as fatal, retracted_because as because, revision from overdose_report where agency_id = $1';
  const [known] = await app.owner<{ id: string }>(says, [agencyId]);
  expect(known).toMatchObject({ fatal: true, because: null, revision: 5 });
  const officer = await buildStaff(app.database, { id: agencyId, kind: 'LAW_ENFORCEMENT' }, 'OFFICER');
  const back = { reportId: known?.id ?? '', because: 'NOT_AN_OVERDOSE' } as const;
  done(await app.app.get(OverdoseCorrectionsService).retract(officer, back, { name: 'retractOverdoseReport' }));
  await imported('DUPLICATE');
  expect(await imported('TAKEN')).toMatchObject({ CHANGED: 0, UNCHANGED: 1 });
  expect(await eventsOf()).toEqual([{ events: 0, reports: 0 }]);
});

it('tells a row that stands twice from another row of its key', async () => {
  const single = { ...ADAPTER, hasRowsPerVictim: false };
  const [taken = ''] = rowsOf('1', '03/01/2026', '12:00');
  const [called = ''] = rowsOf('1', '03/01/2026', '12:00', '141,131,Ohio,DUPLICATE,Y,Y');
  const [plain = '', spelt = ''] = ['1001', '"1,001"'].map((key) => rowsOf(key, '03/01/2026', '12:00')[0]);
  const { figures } = await importing(written('g.csv', [HEADER, called, taken, called, spelt, plain]), single);
  expect(figures.rejectsByReason).toEqual({ DUPLICATE: 1, KEY_AGAIN: 1, DUPLICATE_ROW: 2 });
});

it('says how many points it left out, and how many lie in a county next to their own', async () => {
  const located = { ...ADAPTER, point: { latitude: 'lat', longitude: 'lon' } };
  const points = ['39.3331,-82.9824', '39.0676,-83.0141', '-82.9824,39.3331', '"39,33",-82.98', '34.05,-118.24', ','];
  const rows = points.map((point, at) => `${rowsOf(String(at), '03/01/2026', '12:00')[0] ?? ''},${point}`);
  const { figures } = await importing(written('p.csv', [`${HEADER},lat,lon`, ...rows]), located);
  expect(figures).toMatchObject({ reports: 6, withPoint: 2, pointsInNeighbour: 1, pointsLeftOut: 3 });
});

it('takes a report of a key however long', async () => {
  const long = (end: string) => rowsOf(`${'9'.repeat(120)}${end}`, '03/01/2026', '12:00');
  const file = written('h.csv', [HEADER, ...long('1'), ...long('2')]);
  expect((await importing(file, ADAPTER)).figures).toMatchObject({ ends: { NEW: 2 }, rejectedRows: 0 });
  expect((await importing(file, ADAPTER)).figures.ends).toMatchObject({ NEW: 0, UNCHANGED: 2 });
});

it('leaves what people corrected, and takes over what the source tells anew', async () => {
  const file = (lived: string, drug: string) =>
    written('e.csv', [HEADER, `9,1,03/01/2026,12:00,141,131,Ohio,TAKEN,${lived},Y,2,1,NULL,${drug},F,31`]);
  await importing(file('Y', 'HEROIN'), ADAPTER);
  const officer = await buildStaff(app.database, { id: agencyId, kind: 'LAW_ENFORCEMENT' }, 'OFFICER');
  const [{ id: reportId } = { id: '' }] = await app.owner<{ id: string }>(
    'select id from overdose_report where agency_id = $1',
    [agencyId],
  );
  const mended = { reportId, because: 'MISTAKE', transport: 'REFUSED', person: { ageYears: 41 } } as const;
  done(await app.app.get(OverdoseCorrectionsService).correct(officer, mended, { name: 'correctOverdoseReport' }));
  const says = async () =>
    (
      await app.owner(
        'select transport, age_years as age, is_fatal as fatal, suspected_substances[1] as drug, revision from overdose_report where id = $1',
        [reportId],
      )
    )[0];
  const imported = async (...facts: [string, string]) => (await importing(file(...facts), ADAPTER)).figures.ends;
  // The same file again, as every night.
  expect(await imported('Y', 'HEROIN')).toMatchObject({ CHANGED: 0, UNCHANGED: 1 });
  expect(await says()).toEqual({ transport: 'REFUSED', age: 41, fatal: false, drug: 'HEROIN', revision: 2 });
  expect(await imported('N', 'HEROIN')).toMatchObject({ CHANGED: 1 });
  expect(await imported('N', 'HEROIN')).toMatchObject({ CHANGED: 0, UNCHANGED: 1 });
  expect(await imported('N', 'COCAINE')).toMatchObject({ CHANGED: 1 });
  expect(await says()).toEqual({ transport: 'REFUSED', age: 41, fatal: true, drug: 'OTHER', revision: 4 });
});

it('says which columns are missing', async () => {
  await expect(importing(written('d.csv', ['id,victim', '1,1']), ADAPTER)).rejects.toThrow(/has no column/);
});

const data = join(__dirname, '../../../../shared/data/overdoses');
const hasData = existsSync(data);
const withData = hasData ? it : it.skip;
if (!hasData) console.warn('Skipped: the public incident files are not in ../shared/data/overdoses.');

withData.each([
  ['cincinnati-ems', 'cincinnati_ems_heroin_2015-07_2016-06.csv', 1135],
  ...(isThorough ? [['montgomery-911', 'montgomery_pa_911_overdose_2015-12_2016-10.csv', 1491] as const] : []),
] as const)('reads the real file of %s, and repeated it adds nothing', async (adapter, file, reports) => {
  const first = await importing(join(data, file), adapterOf(adapter));
  expect(first.figures.reports).toBe(reports);
  const again = await importing(join(data, file), adapterOf(adapter));
  expect(again.figures.ends).toEqual({ NEW: 0, CHANGED: 0, RETRACTED: 0, UNCHANGED: reports });
  expect(await eventsOf()).toMatchObject([{ reports }]);
});

it('reads what other programs write, and says of a file that is none what it is', async () => {
  const row = rowsOf('1', '03/01/2026', '12:00').slice(0, 1);
  const file = join(folder, 'marked.csv');
  writeFileSync(file, `\uFEFF${[HEADER, ...row].join('\r\n')}\r\n`);
  expect((await importing(file, ADAPTER)).figures).toMatchObject({ rows: 1, reports: 1, rejectedRows: 0 });
  writeFileSync(join(folder, 'empty.csv'), '');
  await expect(importing(join(folder, 'empty.csv'), ADAPTER)).rejects.toThrow('The file is empty.');
  const without = written('without.csv', [HEADER.replace('naloxone,', ''), ...row]);
  await expect(importing(without, ADAPTER)).rejects.toThrow(/adapter test: the header has no column naloxone\.$/);
});
