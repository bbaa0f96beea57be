import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Actor } from '../../src/access';
import { BedPoolsService, ProgramsService } from '../../src/capacity';
import type { UpdateBedPoolInput } from '../../src/capacity/bed-pool.inputs';
import { BedPoolsStore } from '../../src/capacity/bed-pools.store';
import { CensusesStore } from '../../src/capacity/censuses.store';
import { HoldsStore } from '../../src/capacity/holds.store';
import { PoolMatchStore } from '../../src/capacity/pool-match.store';
import type { CreateProgramInput, UpdateProgramInput } from '../../src/capacity/program.inputs';
import { ProgramsStore } from '../../src/capacity/programs.store';
import { isRefusal, type Refusal } from '../../src/kernel/refusal';
import { cellOf } from '../../src/matching/engine/geodesy';
import { sql } from '../../src/platform/database/statement';
import type { Done } from '../../src/platform/database/unit-of-work';
import { asOwner, buildActor, buildStaff } from '../builders/agencies';
import { buildBedPool, buildProgram, clocksOfRoom } from '../builders/capacity';
import { TestUnitOfWork } from '../setup/unit-of-work';

const codeOf = (done: Done | Refusal): string => (isRefusal(done) ? done.code : 'DONE');
const fieldOf = (done: Done | Refusal): unknown => (isRefusal(done) ? done.details.field : undefined);
const idOf = (done: Done | Refusal): string => {
  if (isRefusal(done)) throw new Error(`refused: ${done.code} ${done.message}`);
  return done.id;
};
const touchPool = sql<{ id: string }>('update bed_pool set name = name where id = $1 returning id');
const touchProgram = sql<{ id: string }>('update program set name = name where id = $1 returning id');

describe('programs and bed pools', () => {
  let db: TestUnitOfWork;
  let programs: ProgramsService;
  let pools: BedPoolsService;
  let intake: Actor;
  let officer: Actor;
  const [programsStore, poolsStore] = [new ProgramsStore(), new BedPoolsStore()];

  beforeAll(async () => {
    db = await TestUnitOfWork.open();
    const matches = new PoolMatchStore();
    programs = new ProgramsService(db.unitOfWork, programsStore, matches, clocksOfRoom());
    pools = new BedPoolsService(db.unitOfWork, poolsStore, programsStore, matches, clocksOfRoom());
    intake = await buildActor(db.database, 'TREATMENT_PROVIDER', 'PROVIDER_STAFF');
    officer = await buildActor(db.database, 'LAW_ENFORCEMENT', 'OFFICER');
  });
  afterAll(() => db.close());

  const newProgram: CreateProgramInput = {
    name: 'Detox',
    state: 'OH',
    part2Program: true,
    acceptanceMode: 'REVIEW',
    freshnessMinutes: 720,
    payers: ['MEDICAID'],
  };
  const createProgram = (input: Partial<CreateProgramInput> = {}, actor = intake) =>
    programs.create(actor, { ...newProgram, ...input }, { name: 'createProgram' });
  const updateProgram = (id: string, input: Partial<UpdateProgramInput>, actor = intake) =>
    programs.update(actor, { id, ...input }, { name: 'updateProgram' });
  const createPool = (programId: string, name = 'Beds', actor = intake) =>
    pools.create(actor, { programId, name, levelOfCare: 'ASAM_3_7' }, { name: 'createBedPool' });
  const updatePool = (id: string, input: Partial<UpdateBedPoolInput>, actor = intake) =>
    pools.update(actor, { id, ...input }, { name: 'updateBedPool' });
  const program = async (id: string) => (await programsStore.byIds(db.unitOfWork.reader(officer), [id]))[0];
  const pool = async (id: string, asker = officer) => (await poolsStore.byIds(db.unitOfWork.reader(asker), [id]))[0];
  const match = async (poolId: string) =>
    (await asOwner<Record<string, unknown>>(db.database, 'select * from pool_match where pool_id = $1', [poolId]))[0];

  describe('a program', () => {
    it('is put into the county of its coordinates and the zone the county keeps', async () => {
      const chillicothe = { latitude: 39.3331, longitude: -82.9824 };
      const id = idOf(await createProgram(chillicothe));
      expect(await program(id)).toMatchObject({ countyFips: '39141', timeZone: 'America/New_York', relations: [] });
      idOf(await updateProgram(id, { state: 'KY', latitude: 37.0834, longitude: -88.6 }));
      expect(await program(id)).toMatchObject({ countyFips: '21145', state: 'KY' });
      const paducah = idOf(await createProgram({ state: 'KY', latitude: 37.0834, longitude: -88.6 }));
      expect(await program(paducah)).toMatchObject({ timeZone: 'America/Chicago' });
    });

    it('cannot be where no place is', async () => {
      expect(fieldOf(await createProgram({ state: 'XX' }))).toBe('input.state');
      expect(fieldOf(await createProgram({ latitude: 39 }))).toBe('input.latitude');
      expect(fieldOf(await createProgram({ countyFips: '54003' }))).toBe('input.countyFips');
      expect(fieldOf(await createProgram({ timeZone: 'America/Nowhere' }))).toBe('input.timeZone');
      const windows = { intakeWindows: [{ weekday: 1, opens: 600, closes: 540 }] };
      expect(fieldOf(await createProgram(windows))).toBe('input.intakeWindows[0].closes');
    });

    it('keeps what an update does not name, and empties what it names null', async () => {
      const listed = { phone: '740-555-0100', city: 'Chillicothe', substances: ['ALCOHOL' as const] };
      const id = idOf(await createProgram({ ...listed, servesOnly: 'VETERANS' }));
      expect(await program(id)).toMatchObject({ ...listed, servesOnly: 'VETERANS', payers: ['MEDICAID'] });
      idOf(await updateProgram(id, { phone: null, substances: null, servesOnly: null, languages: ['en', 'es'] }));
      expect(await program(id)).toMatchObject({
        phone: null,
        city: 'Chillicothe',
        payers: ['MEDICAID'],
        substances: ['ALCOHOL'],
        servesOnly: null,
        languages: ['en', 'es'],
        freshnessMinutes: 720,
      });
    });

    it('is opened by treatment providers only, and changed by its own people only', async () => {
      const police = await buildActor(db.database, 'LAW_ENFORCEMENT', 'AGENCY_ADMIN');
      expect(codeOf(await createProgram({}, police))).toBe('FORBIDDEN');
      const id = idOf(await createProgram());
      const rival = await buildActor(db.database, 'TREATMENT_PROVIDER', 'PROVIDER_STAFF');
      const foreign = await updateProgram(id, { name: 'Mine' }, rival);
      expect(foreign).toEqual(await updateProgram(randomUUID(), { name: 'Mine' }, rival));
      expect(codeOf(foreign)).toBe('NOT_FOUND');
      const privacy = await buildStaff(
        db.database,
        { id: intake.agencyId, kind: intake.agencyKind },
        'PRIVACY_OFFICER',
      );
      expect(codeOf(await updateProgram(id, { name: 'Mine' }, privacy))).toBe('FORBIDDEN');
    });
  });

  describe('a bed pool', () => {
    it('bears its name once in its program', async () => {
      const programId = idOf(await createProgram());
      const id = idOf(await createPool(programId, 'Women'));
      expect(codeOf(await createPool(programId, 'Women'))).toBe('ALREADY_EXISTS');
      idOf(await createPool(programId, 'Men'));
      expect(codeOf(await updatePool(id, { name: 'Men' }))).toBe('ALREADY_EXISTS');
      expect(fieldOf(await updatePool(id, { minAge: 40, maxAge: 30 }))).toBe('input.minAge');
    });

    it('is kept by its own agency only', async () => {
      const rival = await buildActor(db.database, 'TREATMENT_PROVIDER', 'AGENCY_ADMIN');
      const programId = idOf(await createProgram());
      const id = idOf(await createPool(programId));
      expect(codeOf(await createPool(programId, 'Other', rival))).toBe('NOT_FOUND');
      expect(codeOf(await updatePool(id, { isActive: false }, rival))).toBe('NOT_FOUND');
    });

    it('says how old its census is and whether it still counts', async () => {
      const { id } = await buildBedPool(db.database, { staffed: 6, occupied: 2, program: { freshnessMinutes: 60 } });
      expect(await pool(id)).toMatchObject({ available: 4, isFresh: true, relations: [] });
      db.clock.advance(61);
      const stale = await pool(id);
      db.clock.advance(-61);
      expect(stale).toMatchObject({ isFresh: false });
      expect(Number(stale?.freshUntil) - Number(stale?.attestedAt)).toBe(3_600_000);
      const never = await buildBedPool(db.database, { attestedAt: null });
      expect(await pool(never.id)).toMatchObject({ isFresh: false, freshUntil: null, attestedAt: null });
    });
  });

  describe('the bed board', () => {
    it('shows open pools, the freshest census first, page by page', async () => {
      const here = { state: 'WY', countyFips: null };
      const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000);
      const made: string[] = [];
      for (const traits of [
        { attestedAt: minutesAgo(5) },
        { attestedAt: minutesAgo(90), staffed: 3, occupied: 3 },
        { attestedAt: null },
      ]) {
        made.push((await buildBedPool(db.database, { ...traits, program: here })).id);
      }
      await buildBedPool(db.database, { isActive: false, program: here });
      await buildBedPool(db.database, { program: { ...here, isActive: false } });
      const reader = db.unitOfWork.reader(officer);
      const board = (args: object) => pools.board(reader, { state: 'WY', first: 10, ...args });
      expect((await board({})).nodes.map(({ id }) => id)).toEqual(made);
      expect((await board({ onlyAvailable: true })).nodes.map(({ id }) => id)).toEqual([made[0], made[2]]);
      const first = await board({ first: 2 });
      expect(first.pageInfo.hasNextPage).toBe(true);
      const rest = await board({ first: 2, after: first.pageInfo.endCursor });
      expect(rest.nodes.map(({ id }) => id)).toEqual([made[2]]);
    });

    it('and the directory filter by place, level and activity', async () => {
      const { id } = await buildProgram(db.database, { state: 'GU', countyFips: '66010' });
      await buildBedPool(db.database, { programId: id, levelOfCare: 'ASAM_2_5' });
      await buildProgram(db.database, { state: 'GU', isActive: false });
      const ids = async (args: object) =>
        (await programs.page(db.unitOfWork.reader(officer), { state: 'GU', first: 10, ...args })).nodes.map(
          (row) => row.id,
        );
      expect(await ids({ isActive: true })).toEqual([id]);
      expect(await ids({})).toHaveLength(2);
      expect(await ids({ countyFips: '66010', levelOfCare: 'ASAM_2_5' })).toEqual([id]);
      expect(await ids({ levelOfCare: 'ASAM_4_0' })).toEqual([]);
    });
  });

  describe('the match row', () => {
    it('follows every change of program and pool in the same transaction', async () => {
      const programId = idOf(await createProgram({ latitude: 39.3331, longitude: -82.9824 }));
      const id = idOf(await createPool(programId));
      expect(await match(id)).toMatchObject({ cell: cellOf(39.3331, -82.9824), freshness_minutes: 720, min_age: null });
      idOf(await updateProgram(programId, { medicationsOffered: ['METHADONE'] }));
      idOf(await updatePool(id, { minAge: 18 }));
      expect(await match(id)).toMatchObject({ medications_offered: ['METHADONE'], min_age: 18, serves_only: null });
      idOf(await updateProgram(programId, { servesOnly: 'VETERANS', substances: ['ALCOHOL'] }));
      expect(await match(id)).toMatchObject({ serves_only: 'VETERANS', substances: ['ALCOHOL'] });
      idOf(await updatePool(id, { isActive: false }));
      expect(await match(id)).toBeUndefined();
      idOf(await updatePool(id, { isActive: true }));
      idOf(await updateProgram(programId, { isActive: false }));
      expect(await match(id)).toBeUndefined();
      idOf(await updateProgram(programId, { isActive: true, latitude: null, longitude: null, countyFips: null }));
      expect(await match(id)).toMatchObject({ cell: null });
    });

    it('is right when program and pool are changed at once', async () => {
      const programId = idOf(await createProgram());
      const id = idOf(await createPool(programId));
      for (let turn = 0; turn < 25; turn += 1) {
        const changes = [updateProgram(programId, { freshnessMinutes: 100 + turn }), updatePool(id, { minAge: turn })];
        (await Promise.all(changes)).forEach(idOf);
        expect(await match(id)).toMatchObject({ freshness_minutes: 100 + turn, min_age: turn });
      }
    });

    it('counts cells as the matching engine does', async () => {
      const places = fc.sample(
        fc.tuple(
          fc.oneof(
            fc.double({ min: -90, max: 90, noNaN: true }),
            fc.integer({ min: -360, max: 360 }).map((n) => n / 4),
          ),
          fc.oneof(
            fc.double({ min: -180, max: 180, noNaN: true }),
            fc.integer({ min: -720, max: 720 }).map((n) => n / 4),
          ),
        ),
        300,
      );
      const { id } = await buildBedPool(db.database);
      const [anchor] = await asOwner<{ programId: string }>(
        db.database,
        'select program_id as "programId" from bed_pool where id = $1',
        [id],
      );
      const matches = new PoolMatchStore();
      const move = sql('update program set latitude = $2, longitude = $3 where id = $1');
      const read = sql<{ cell: number }>('select cell from pool_match where pool_id = $1');
      await db.unitOfWork.run(intake, { name: 'move', isHousekeeping: true }, async (tx) => {
        const system = tx.asSystem();
        for (const [latitude, longitude] of places) {
          await system.query(move, [anchor?.programId, latitude, longitude]);
          await matches.refresh(system, [anchor?.programId ?? '']);
          const [row] = await system.query(read, [id]);
          expect([latitude, longitude, row?.cell]).toEqual([latitude, longitude, cellOf(latitude, longitude)]);
        }
        return { id };
      });
    });
  });

  describe('the walls in the database', () => {
    it('let no agency change another’s program or pool, nor read its censuses and holds', async () => {
      const { id, programId, agencyId } = await buildBedPool(db.database);
      const own = await buildStaff(db.database, { id: agencyId, kind: 'TREATMENT_PROVIDER' }, 'PROVIDER_STAFF');
      await asOwner(
        db.database,
        `with made as (insert into census (pool_id, agency_id, staffed, occupied, held, attested_at, attested_by, source)
           values ($1, $2, 5, 0, 0, now(), $3, 'STAFF'))
         insert into hold (pool_id, agency_id, referral_id, ends_at) values ($1, $2, $3, now() + interval '1 hour')`,
        [id, agencyId, randomUUID()],
      );
      const changed = { own: 0, rival: 0 };
      for (const [who, actor] of [
        ['own', own],
        ['rival', intake],
      ] as const) {
        await db.unitOfWork.run(actor, { name: 'touch', isHousekeeping: true }, async (tx) => {
          changed[who] += (await tx.query(touchPool, [id])).length + (await tx.query(touchProgram, [programId])).length;
          return { id };
        });
      }
      expect(changed).toEqual({ own: 2, rival: 0 });
      const [censuses, holds] = [new CensusesStore(), new HoldsStore()];
      const seen = async (actor: Actor) => {
        const reader = db.unitOfWork.reader(actor);
        const rows = [await censuses.latestOfPools(reader, [id]), await holds.activeOfPools(reader, [id])];
        return rows.map((found) => found.map(({ relations }) => relations));
      };
      expect(await seen(own)).toEqual([[['OWN_AGENCY']], [['OWN_AGENCY']]]);
      expect(await seen(intake)).toEqual([[], []]);
      expect(await seen(officer)).toEqual([[], []]);
    });
  });
});
