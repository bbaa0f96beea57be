import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withClient } from '../../src/platform/database/embedded/client';
import { directoryColumns } from '../../src/partners/facilities/directory-row';
import { meetingColumns } from '../../src/partners/meetings/meeting-row';
import { buildAgency } from '../builders/agencies';
import { addressesOf, createDatabase, keepStrangersOut, type TestDatabase } from '../setup/database';
import { OWN_CLOCK } from '../setup/driven-clock';

const root = join(__dirname, '..', '..');

interface Ended {
  readonly code: number | null;
  readonly said: string;
}

const line = (columns: readonly string[], values: Readonly<Record<string, string>>): string =>
  columns.map((column) => values[column] ?? '').join(',');

/** The programs as they are started by hand: what each is put together from is its own, and no other spec builds it. */
describe('the programs behind the commands', () => {
  let database: TestDatabase;
  let folder: string;
  beforeAll(async () => {
    database = await createDatabase();
    // As an operator has it: the walls are whole.
    await withClient(database.ownerUrl, (owner) => owner.query(OWN_CLOCK));
    await keepStrangersOut(database);
    folder = mkdtempSync(join(tmpdir(), 'handrail-programs-'));
  });
  afterAll(async () => {
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const run = (...args: readonly string[]): Promise<Ended> =>
    new Promise((resolve, reject) => {
      const { PATH = '' } = process.env;
      const env = {
        PATH,
        NODE_ENV: 'test',
        ...addressesOf(database),
        MIGRATION_DATABASE_URL: database.ownerUrl,
        HANDRAIL_DATA_DIR: folder,
      };
      const child = spawn(process.execPath, [join(root, 'scripts/run.mjs'), ...args], { env, cwd: root });
      let said = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
      child.once('error', reject).once('close', (code) => resolve({ code, said }));
    });
  const write = (name: string, lines: readonly string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, lines.join('\n'));
    return path;
  };

  it('takes in a directory of facilities, and says what it left out', async () => {
    const facts = { state: 'OH', city: 'Chillicothe', zip: '45601', latitude: '39.33', longitude: '-82.98' };
    const facility = {
      ...facts,
      name1: 'Hope',
      street1: '1 Main Street',
      service_code_info: 'SA * OP ORT * MM * MD SF',
    };
    const file = write('directory.csv', [
      directoryColumns.join(','),
      line(directoryColumns, facility),
      line(directoryColumns, { ...facility, name1: 'Faith', state: 'ZZ' }),
    ]);
    const first = await run('import-facilities', file);
    expect(first.said).toContain('Made or changed: 1 agencies, 1 programs, 1 bed pools.');
    expect(first).toMatchObject({ code: 0, said: expect.stringContaining('UNKNOWN_STATE: 1') as string });
    const [, rejects = ''] = /They are listed in (.*)\./.exec(first.said) ?? [];
    expect(readFileSync(rejects, 'utf8')).toMatch(/^line,reason.*\n3,UNKNOWN_STATE/);
  });

  it('takes what no entry names into the trail', async () => {
    expect(await run('audit-adopt')).toMatchObject({ code: 0, said: expect.stringContaining('0 rows') as string });
  });

  it('takes in a list of meetings', async () => {
    const meeting = {
      id_bigint: '1',
      weekday_tinyint: '1',
      start_time: '19:00:00',
      duration_time: '01:30:00',
      latitude: '39.33',
      longitude: '-82.98',
      published: '1',
      meeting_name: 'Sample group',
    };
    const file = write('meetings.csv', [meetingColumns.join(','), line(meetingColumns, meeting)]);
    expect(await run('import-meetings', file)).toMatchObject({
      code: 0,
      said: expect.stringContaining('New or changed: 1.') as string,
    });
  });

  it('takes in an incident file by an adapter of one’s own, twice without doubling it, and says what is wrong with a question', async () => {
    const agency = (await buildAgency(database)).id;
    const adapter = write('own-adapter.json', [
      JSON.stringify({
        ...{ name: 'own', version: '1', title: 'Own', assumes: ['Nobody died.'], key: ['id'] },
        occurredAt: {
          columns: ['at'],
          formats: ['yyyy-MM-dd HH:mm'],
          zone: 'America/New_York',
          isMidnightUnknown: false,
        },
        ...{ county: { fixed: '39141' }, isFatal: { fixed: false }, isNaloxoneGiven: { fixed: true } },
        exclude: [{ column: 'end', startsWith: ['DUP'], reason: 'DUPLICATE' }],
      }),
    ]);
    const rows = ['"1,301",2026-03-01 12:00,TAKEN', '1302,2026-03-01 15:00,DUPE', '1303,yesterday,TAKEN'];
    const file = write('incidents.csv', ['id,at,end', ...rows]);
    const asked = ['import-overdoses', '--file', file, '--adapter', adapter, '--agency', agency];
    const outcomeOf = ({ said }: Ended) =>
      JSON.parse(said.slice(said.indexOf('{'))) as { seconds: number; rejectsFile: string };
    const first = await run(...asked);
    expect(first).toMatchObject({ code: 0 });
    expect(outcomeOf(first)).toMatchObject({
      adapter: 'own 1',
      rows: 3,
      reports: 1,
      ends: { NEW: 1 },
      assumes: ['Nobody died.'],
    });
    expect(outcomeOf(first).seconds).toBeGreaterThan(0);
    expect(readFileSync(outcomeOf(first).rejectsFile, 'utf8')).toMatch(/^4,UNKNOWN_TIME/m);
    expect(outcomeOf(await run(...asked))).toMatchObject({ reports: 1, ends: { UNCHANGED: 1 } });
    expect(await run('import-overdoses', '--file', file)).toMatchObject({
      ...{ code: 2, said: expect.stringMatching(/^Usage/) as string },
    });
    expect(await run('import-overdoses', '--help')).toMatchObject({
      ...{ code: 0, said: expect.stringMatching(/^Usage.*--adapter/s) as string },
    });
    const elsewhere = '018f0000-0000-7000-8000-000000000001';
    expect(await run(...asked.slice(0, -1), elsewhere)).toMatchObject({
      ...{ code: 1, said: expect.stringContaining(`There is no agency ${elsewhere}`) as string },
    });
  });

  it('verifies the trail of what they did, and gives the sealed fields a new key', async () => {
    expect(await run('audit-verify')).toMatchObject({
      code: 0,
      said: expect.stringContaining('The trail is whole') as string,
    });
    expect(await run('keys-rotate')).toMatchObject({ code: 0, said: expect.stringContaining('Data key') as string });
  });

  it('says how it is used', async () => {
    expect(await run('import-facilities')).toMatchObject({ code: 2, said: expect.stringMatching(/^Usage/) as string });
  });
});
