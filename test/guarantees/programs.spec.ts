import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryColumns } from '../../src/partners/facilities/directory-row';
import { meetingColumns } from '../../src/partners/meetings/meeting-row';
import { createDatabase, type TestDatabase } from '../setup/database';

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
        DATABASE_URL: database.appUrl,
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
