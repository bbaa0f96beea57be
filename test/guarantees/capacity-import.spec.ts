import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BedPoolsService, CensusService, DirectoryStore, ProgramsService } from '../../src/capacity';
import type { UpdateBedPoolInput } from '../../src/capacity/bed-pool.inputs';
import { BedPoolsStore } from '../../src/capacity/bed-pools.store';
import { CensusesStore } from '../../src/capacity/censuses.store';
import { HoldsStore } from '../../src/capacity/holds.store';
import { PoolMatchStore } from '../../src/capacity/pool-match.store';
import type { UpdateProgramInput } from '../../src/capacity/program.inputs';
import { ProgramsStore } from '../../src/capacity/programs.store';
import { isRefusal } from '../../src/kernel/refusal';
import { DirectoryImporter, type ImportOutcome } from '../../src/partners';
import { directoryColumns } from '../../src/partners/facilities/directory-row';
import { ListedAgenciesStore } from '../../src/partners/facilities/listed-agencies.store';
import { asOwner, buildStaff } from '../builders/agencies';
import { clocksOfRoom } from '../builders/capacity';
import { isThorough } from '../setup/thorough';
import { TestUnitOfWork } from '../setup/unit-of-work';

const realFile = join(__dirname, '../../../shared/data/facilities/sa_facilities_2022.csv');
const hasRealFile = existsSync(realFile);
const withRealFile = hasRealFile ? it : it.skip;
if (!hasRealFile) console.warn('Skipped: the SAMHSA directory is not in ../shared/data/facilities.');

const nothing = { agencies: 0, programs: 0, pools: 0 };

type Facility = Partial<Record<(typeof directoryColumns)[number], string>>;

const facility = (name1: string, changes: Facility = {}): Facility => ({
  name1,
  street1: '1 Main Street',
  city: 'Chillicothe',
  state: 'OH',
  zip: '45601',
  phone: '740-555-0100',
  service_code_info: 'SA * OP ORT OMB * MU MM * MOA * MD SF',
  latitude: '39.3331',
  longitude: '-82.9824',
  geo_source: 'samhsa_locator_2020_address',
  ...changes,
});

describe('the import of the directory', () => {
  let db: TestUnitOfWork;
  let folder: string;
  let importer: DirectoryImporter;
  const matches = new PoolMatchStore();

  beforeEach(async () => {
    db = await TestUnitOfWork.open();
    folder = mkdtempSync(join(tmpdir(), 'directory-'));
    importer = new DirectoryImporter(db.unitOfWork, new DirectoryStore(matches), new ListedAgenciesStore());
  });
  afterEach(async () => {
    await db.close();
    rmSync(folder, { recursive: true });
  });

  const bring = (facilities: readonly Facility[], tail: readonly string[] = []): Promise<ImportOutcome> => {
    const file = join(folder, 'directory.csv');
    const lines = facilities.map((row) => directoryColumns.map((column) => row[column] ?? '').join(','));
    writeFileSync(file, [directoryColumns.join(','), ...lines, ...tail].join('\n'));
    return importer.run({ file, rejects: file });
  };
  const rows = <Row>(text: string, values: unknown[] = []) => asOwner<Row>(db.database, text, values);
  const tables = () =>
    rows(`select p.*, b.id as pool, b.name as pool_name, b.level_of_care, b.is_active as is_open, b.staffed, b.attested_at, m.cell
      from program p left join bed_pool b on b.program_id = p.id left join pool_match m on m.pool_id = b.id order by p.id, b.id`);
  const provider = async (name: string) => {
    const [found] = await rows<{ program: string; pool: string; agency: string }>(
      `select p.id as program, b.id as pool, p.agency_id as agency from program p join bed_pool b on b.program_id = p.id
       where p.name = $1 order by b.level_of_care limit 1`,
      [name],
    );
    if (!found) throw new Error(`no program ${name}`);
    const intake = await buildStaff(db.database, { id: found.agency, kind: 'TREATMENT_PROVIDER' }, 'PROVIDER_STAFF');
    return { ...found, intake };
  };

  it('makes agencies, programs, pools and match rows, and lists what it left out', async () => {
    const other = facility('Hope', { street1: '2 Main Street' });
    const outcome = await bring(
      [facility('Hope'), other, facility('Hope'), facility('Faith', { state: 'ZZ' })],
      ['torn'],
    );
    expect(outcome.changed).toEqual({ agencies: 1, programs: 2, pools: 4 });
    expect(outcome.figures.rejectsByReason).toEqual({ DUPLICATE: 1, MALFORMED_LINE: 1, UNKNOWN_STATE: 1 });
    const rejects = readFileSync(outcome.rejectsFile ?? '', 'utf8')
      .trim()
      .split('\n');
    expect(rejects.map((line) => line.split(',').slice(0, 2))).toEqual([
      ['line', 'reason'],
      ['4', 'DUPLICATE'],
      ['5', 'UNKNOWN_STATE'],
      ['6', 'MALFORMED_LINE'],
    ]);
    const [first] = await tables();
    expect(first).toMatchObject({
      county_fips: '39141',
      time_zone: 'America/New_York',
      acceptance_mode: 'REVIEW',
      medications_offered: ['METHADONE'],
      staffed: 0,
      attested_at: null,
      cell: expect.any(Number),
    });
  });

  it('keeps whom alone and what a program treats, and takes payers nobody names for unknown', async () => {
    const center = facility('Veterans Center', { service_code_info: 'SA * RES RL * AUDO * VAMC' });
    const court = facility('Court Program', { service_code_info: 'SA * RES RL * DUO * MD' });
    await bring([center, court]);
    const facts = 'p.name, p.serves_only, p.substances, p.payers, m.serves_only as only_in_match';
    expect(
      await rows(`select ${facts} from program p left join pool_match m on m.program_id = p.id order by p.name`),
    ).toEqual([
      { name: 'Court Program', serves_only: null, substances: [], payers: ['MEDICAID'], only_in_match: null },
      {
        name: 'Veterans Center',
        serves_only: 'VETERANS',
        substances: ['ALCOHOL'],
        payers: [],
        only_in_match: 'VETERANS',
      },
    ]);
  });

  it('changes nothing the second time, and only what differs the third', async () => {
    const facilities = [facility('Hope'), facility('Faith'), facility('Charity')];
    await bring(facilities);
    const before = await tables();
    expect((await bring(facilities)).changed).toEqual(nothing);
    expect(await tables()).toEqual(before);
    const changed = [facility('Hope', { phone: '740-555-0199' }), ...facilities.slice(1)];
    expect((await bring(changed)).changed).toEqual({ ...nothing, programs: 1 });
  });

  it('closes a level that is listed no more and opens it again', async () => {
    await bring([facility('Hope')]);
    const fewer = facility('Hope', { service_code_info: 'SA * OP ORT * MD SF' });
    expect((await bring([fewer])).changed).toEqual({ ...nothing, programs: 1, pools: 1 });
    expect(await rows('select 1 from pool_match')).toHaveLength(1);
    expect((await bring([facility('Hope')])).changed).toEqual({ ...nothing, programs: 1, pools: 1 });
    expect(await rows('select 1 from pool_match')).toHaveLength(2);
  });

  it('leaves a program alone once its own people changed it or a pool of it', async () => {
    await bring([facility('Hope'), facility('Faith')]);
    const [hope, faith] = [await provider('Hope'), await provider('Faith')];
    const programs = new ProgramsService(db.unitOfWork, new ProgramsStore(), matches, clocksOfRoom());
    const pools = new BedPoolsService(db.unitOfWork, new BedPoolsStore(), new ProgramsStore(), matches, clocksOfRoom());
    const edited = { id: hope.program, acceptanceMode: 'INSTANT' } as UpdateProgramInput;
    const renamed = { id: faith.pool, name: 'Women', sexes: ['FEMALE'] } as unknown as UpdateBedPoolInput;
    expect(isRefusal(await programs.update(hope.intake, edited, { name: 'updateProgram' }))).toBe(false);
    expect(isRefusal(await pools.update(faith.intake, renamed, { name: 'updateBedPool' }))).toBe(false);
    const before = await tables();
    const news = { phone: '740-555-0199', service_code_info: 'SA * RES RL * MD' };
    expect((await bring([facility('Hope', news), facility('Faith', news)])).changed).toEqual(nothing);
    expect(await tables()).toEqual(before);
  });

  it('never touches a census, and closes no pool that somebody attests', async () => {
    await bring([facility('Hope')]);
    const { pool, intake } = await provider('Hope');
    const census = new CensusService(db.unitOfWork, new CensusesStore(), new HoldsStore(), clocksOfRoom());
    const input = { pools: [{ poolId: pool, staffed: 9, occupied: 4 }], source: 'STAFF' } as const;
    expect(isRefusal(await census.post(intake, input, { name: 'postCensus' }))).toBe(false);
    const look = () => rows('select * from bed_pool where id = $1', [pool]);
    const before = await look();
    await bring([facility('Hope', { service_code_info: 'SA * RES RL * MD' })]);
    expect(await look()).toEqual(before);
  });

  it('writes who changed what into the audit trail', async () => {
    await bring([facility('Hope')]);
    const trail = await rows<{ action: string }>('select action from audit_entry order by action');
    expect(trail.map(({ action }) => action)).toEqual(['agency.imported', 'directory.imported', 'program.imported']);
  });

  // Ohio and its like in an ordinary run: the whole takes half a minute.
  const part = { rows: 1238, made: { agencies: 677, programs: 1237, pools: 2963 }, rejected: { DUPLICATE: 1 } };
  const whole = { rows: 12176, made: { agencies: 7814, programs: 12170, pools: 28430 }, rejected: { DUPLICATE: 6 } };
  withRealFile(`takes ${isThorough ? 'the whole' : 'four states of the'} directory of 2022, once`, async () => {
    const { rows, made, rejected } = isThorough ? whole : part;
    const [head = '', ...lines] = readFileSync(realFile, 'utf8').split('\n');
    const file = join(folder, 'listed.csv');
    writeFileSync(file, [head, ...lines.filter((line) => isThorough || /,(OH|WV|KY|MA),\d{5}/.test(line))].join('\n'));
    const rejects = join(folder, 'directory.csv');
    const startedAt = performance.now();
    const first = await importer.run({ file, rejects });
    const seconds = (performance.now() - startedAt) / 1000;
    expect(first).toMatchObject({ changed: made, figures: { rows, rejectsByReason: rejected } });
    expect((await importer.run({ file, rejects })).changed).toEqual(nothing);
    console.info(`${rows} facilities in ${seconds.toFixed(1)} s`);
  });
});
