import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Actor } from '../../src/access';
import { CapacityService, CensusService } from '../../src/capacity';
import { BedPoolsService } from '../../src/capacity/bed-pools.service';
import { BedPoolsStore } from '../../src/capacity/bed-pools.store';
import { CensusesStore, type PoolCount } from '../../src/capacity/censuses.store';
import { HoldsStore } from '../../src/capacity/holds.store';
import { PoolMatchStore } from '../../src/capacity/pool-match.store';
import type { UpdateProgramInput } from '../../src/capacity/program.inputs';
import { ProgramsService } from '../../src/capacity/programs.service';
import { ProgramsStore } from '../../src/capacity/programs.store';
import { isRefusal, type Refusal } from '../../src/kernel/refusal';
import { withClient } from '../../src/platform/database/embedded/client';
import type { Done } from '../../src/platform/database/unit-of-work';
import { asOwner, buildStaff } from '../builders/agencies';
import { buildBedPool, type PoolTraits, clocksOfRoom } from '../builders/capacity';
import { TestUnitOfWork } from '../setup/unit-of-work';

describe('a census', () => {
  let db: TestUnitOfWork;
  let census: CensusService;
  const capacity = new CapacityService(new HoldsStore(), clocksOfRoom());

  beforeAll(async () => {
    db = await TestUnitOfWork.open(20);
    census = new CensusService(db.unitOfWork, new CensusesStore(), new HoldsStore(), clocksOfRoom());
  });
  afterAll(() => db.close());

  /** A program with two pools and its intake worker. */
  const build = async (traits: PoolTraits = {}) => {
    const first = await buildBedPool(db.database, { attestedAt: null, ...traits });
    const second = await buildBedPool(db.database, { attestedAt: null, ...traits, programId: first.programId });
    const provider = { id: first.agencyId, kind: 'TREATMENT_PROVIDER' } as const;
    const intake = await buildStaff(db.database, provider, 'PROVIDER_STAFF');
    return { first: first.id, second: second.id, provider, intake };
  };
  const post = (actor: Actor, pools: PoolCount[], key: string | null = null): Promise<Done | Refusal> => {
    const input = { pools, source: 'STAFF' } as const;
    return census.post(actor, input, { name: 'postCensus', key, input });
  };
  const hold = async (actor: Actor, poolId: string) => {
    const request = { poolId, referralId: randomUUID(), endsAt: new Date(Date.now() + 3_600_000) };
    const done = await db.unitOfWork.run(actor, { name: 'hold' }, async (tx) => capacity.hold(tx.asSystem(), request));
    return isRefusal(done) ? null : { id: done.id, endsAt: request.endsAt };
  };
  const look = async (poolId: string) => {
    const [row] = await asOwner<Record<string, unknown>>(
      db.database,
      `select staffed, occupied, held, attested_by, attested_source, attested_at is not null as is_attested,
         (select count(*)::int from census where pool_id = bed_pool.id) as censuses from bed_pool where id = $1`,
      [poolId],
    );
    return row;
  };

  it('is kept for several pools at once, with who, when and from where', async () => {
    const { first, second, intake } = await build();
    const done = await post(intake, [
      { poolId: first, staffed: 12, occupied: 7 },
      { poolId: second, staffed: 4, occupied: 4 },
    ]);
    expect(done).toEqual({ id: first });
    const attested = { attested_by: intake.id, attested_source: 'STAFF', is_attested: true, censuses: 1, held: 0 };
    expect(await look(first)).toEqual({ staffed: 12, occupied: 7, ...attested });
    expect(await look(second)).toEqual({ staffed: 4, occupied: 4, ...attested });
  });

  it('and a pool that is closed or opened after it may bring the program to nine places of ten', async () => {
    const { first: full, second, intake } = await build();
    await post(intake, [
      { poolId: full, staffed: 10, occupied: 10 },
      { poolId: second, staffed: 10, occupied: 0 },
    ]);
    const stores = [new BedPoolsStore(), new ProgramsStore(), new PoolMatchStore()] as const;
    const pools = new BedPoolsService(db.unitOfWork, ...stores, clocksOfRoom());
    const switchTo = async (id: string, isActive: boolean) => {
      expect(isRefusal(await pools.update(intake, { id, isActive }, { name: 'updateBedPool' }))).toBe(false);
      // The state is told at once, so that each notice counts.
      const told = `update clock set ended_at = started_at, ended_how = 'MET', next_step_at = null
        where owner_agency_id = $1 and kind = 'CAPACITY_NOTICE' and ended_at is null returning 1`;
      return (await asOwner(db.database, told, [intake.agencyId])).length;
    };
    expect([await switchTo(full, false), await switchTo(full, true)]).toEqual([0, 0]);
    expect([await switchTo(second, false), await switchTo(second, false), await switchTo(second, true)]).toEqual([
      1, 0, 0,
    ]);
    expect([await switchTo(full, false), await switchTo(second, false), await switchTo(full, true)]).toEqual([0, 0, 1]);
  });

  describe('is waited for', () => {
    const stores = [new BedPoolsStore(), new ProgramsStore(), new PoolMatchStore()] as const;
    const [command, minutes] = [{ name: 'test' }, 60_000];
    const poolsService = () => new BedPoolsService(db.unitOfWork, ...stores, clocksOfRoom());
    const change = async (actor: Actor, id: string, isActive: boolean) => {
      expect(isRefusal(await poolsService().update(actor, { id, isActive }, command))).toBe(false);
    };
    const changeProgram = async (actor: Actor, pool: string, input: Partial<UpdateProgramInput>) => {
      const [row] = await asOwner<{ id: string }>(db.database, 'select program_id as id from bed_pool where id = $1', [
        pool,
      ]);
      const programs = new ProgramsService(db.unitOfWork, stores[1], stores[2], clocksOfRoom());
      expect(isRefusal(await programs.update(actor, { id: row?.id ?? '', ...input }, command))).toBe(false);
    };
    /** How each clock of the pool ended, and the minutes that it was to run. */
    const clocks = async (pool: string) =>
      (
        await asOwner<{ startedAt: Date; dueAt: Date; endedHow: string | null }>(
          db.database,
          `select started_at as "startedAt", due_at as "dueAt", ended_how as "endedHow" from clock
           where subject_id = $1 and kind = 'CENSUS_FRESH' order by ended_at nulls last, id`,
          [pool],
        )
      ).map(({ startedAt, dueAt, endedHow }) => [
        endedHow,
        Math.round((dueAt.getTime() - startedAt.getTime()) / minutes),
      ]);
    const count = async (actor: Actor, poolId: string) => {
      expect(isRefusal(await post(actor, [{ poolId, staffed: 5, occupied: 0 }]))).toBe(false);
    };

    it('in a pool from its opening on, though it was never counted', async () => {
      const { first, intake } = await build();
      const [row] = await asOwner<{ id: string }>(db.database, 'select program_id as id from bed_pool where id = $1', [
        first,
      ]);
      const made = await poolsService().create(
        intake,
        { programId: row?.id ?? '', name: 'New', levelOfCare: 'ASAM_3_7' },
        command,
      );
      expect(isRefusal(made) ? made : await clocks(made.id)).toEqual([[null, 1440]]);
    });

    it('for as long as the contract says now, and never before the change of it', async () => {
      const { first, second, intake } = await build();
      await count(intake, first);
      await changeProgram(intake, first, { freshnessMinutes: 240 });
      // The other was never counted: its provider keeps the program, so it is waited for from here on.
      expect([await clocks(first), await clocks(second)]).toEqual([[[null, 240]], [[null, 240]]]);
      await changeProgram(intake, first, { freshnessMinutes: 720 });
      expect(await clocks(first)).toEqual([[null, 720]]);
      const age = `update clock set started_at = started_at - interval '5 hours', due_at = due_at - interval '5 hours' where subject_id = $1`;
      await asOwner(db.database, age, [first]);
      await changeProgram(intake, first, { freshnessMinutes: 60 });
      expect(await clocks(first)).toEqual([[null, 300]]);
      await changeProgram(intake, first, { phone: '+17405550100' });
      expect(await clocks(first)).toEqual([[null, 300]]);
    });

    it('in none that is closed, and again in one that is opened', async () => {
      const { first, second, intake } = await build();
      for (const id of [first, second]) await count(intake, id);
      await change(intake, first, false);
      expect([await clocks(first), await clocks(second)]).toEqual([[['CANCELLED', 1440]], [[null, 1440]]]);
      await count(intake, first);
      expect(await clocks(first)).toEqual([['CANCELLED', 1440]]);
      await changeProgram(intake, first, { isActive: false });
      await change(intake, first, true);
      expect([await clocks(first), await clocks(second)]).toEqual([[['CANCELLED', 1440]], [['CANCELLED', 1440]]]);
      await changeProgram(intake, first, { isActive: true });
      expect([(await clocks(first)).at(-1), (await clocks(second)).at(-1)]).toEqual([
        [null, 1440],
        [null, 1440],
      ]);
      // Not good any more, and opened anew: its provider has the time of the contract to count it.
      await change(intake, first, false);
      await asOwner(db.database, `update bed_pool set attested_at = attested_at - interval '3 days' where id = $1`, [
        first,
      ]);
      await change(intake, first, true);
      expect((await clocks(first)).at(-1)).toEqual([null, 1440]);
    });

    it('by the contract as it is after both, where one counts the pool while another changes it', async () => {
      const { first, intake } = await build();
      await withClient(db.database.ownerUrl, async (client) => {
        await client.query('begin');
        await client.query('select 1 from bed_pool where id = $1 for no key update', [first]);
        let isDone = false;
        const changed = changeProgram(intake, first, { freshnessMinutes: 60 }).then(() => (isDone = true));
        const waits = async () => (await client.query('select 1 from pg_locks where not granted')).rows.length > 0;
        while (!isDone && !(await waits())) await pause(10);
        expect(isDone).toBe(false);
        await client.query('commit');
        await changed;
      });
      expect(await clocks(first)).toEqual([[null, 60]]);
    });
  });

  it('that leaves no room for held places is refused whole, naming the holds in its way', async () => {
    const { first, second, intake } = await build();
    const made = [await hold(intake, second), await hold(intake, second)];
    const refusal = await post(intake, [
      { poolId: first, staffed: 9, occupied: 1 },
      { poolId: second, staffed: 5, occupied: 4 },
    ]);
    if (!isRefusal(refusal)) throw new Error('must be refused');
    expect(refusal.code).toBe('CENSUS_CONFLICT');
    expect(refusal.details).toMatchObject({
      field: 'input.pools[1]',
      pools: [{ field: 'input.pools[1]', poolId: second, staffed: 5, occupied: 4, held: 2, holds: made }],
    });
    expect(await look(first)).toMatchObject({ staffed: 5, occupied: 0, is_attested: false, censuses: 0 });
    expect(await look(second)).toMatchObject({ staffed: 5, occupied: 0, held: 2, censuses: 0 });
    expect(isRefusal(await post(intake, [{ poolId: second, staffed: 6, occupied: 4 }]))).toBe(false);
  });

  it('is the business of the provider’s own intake staff', async () => {
    const mine = await build();
    const other = await build();
    const admin = await buildStaff(db.database, mine.provider, 'AGENCY_ADMIN');
    const foreign = await post(other.intake, [{ poolId: mine.first, staffed: 9, occupied: 1 }]);
    const random = await post(other.intake, [{ poolId: randomUUID(), staffed: 9, occupied: 1 }]);
    expect(foreign).toEqual(random);
    expect(isRefusal(foreign) && foreign.code).toBe('NOT_FOUND');
    const byAdmin = await post(admin, [{ poolId: mine.first, staffed: 9, occupied: 1 }]);
    expect(isRefusal(byAdmin) && byAdmin.code).toBe('FORBIDDEN');
    expect(await look(mine.first)).toMatchObject({ staffed: 5, censuses: 0 });
  });

  it('that cannot be is refused with the path of the fault', async () => {
    const { first, second, intake } = await build();
    const over = await post(intake, [
      { poolId: first, staffed: 9, occupied: 1 },
      { poolId: second, staffed: 3, occupied: 4 },
    ]);
    expect(isRefusal(over) && [over.code, over.details.field]).toEqual(['INVALID_INPUT', 'input.pools[1].occupied']);
    const twice = { poolId: first, staffed: 9, occupied: 1 };
    const doubled = await post(intake, [twice, twice]);
    expect(isRefusal(doubled) && [doubled.code, doubled.details.field]).toEqual([
      'INVALID_INPUT',
      'input.pools[1].poolId',
    ]);
  });

  it('counts once however often it is sent with its key', async () => {
    const { first, intake } = await build();
    const send = () => post(intake, [{ poolId: first, staffed: 8, occupied: 2 }], 'census-of-the-morning');
    const answers = await Promise.all(Array.from({ length: 20 }, send));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(new Set([JSON.stringify({ id: first })]));
    expect(await look(first)).toMatchObject({ censuses: 1 });
  });

  it('tells those who wait when there is more room than before, and only then', async () => {
    const { first, intake } = await build({ staffed: 3 });
    const opened = () =>
      asOwner(db.database, "select 1 from outbox_event where name = 'bed-pool.place-opened' and subject_id = $1", [
        first,
      ]);
    await post(intake, [{ poolId: first, staffed: 3, occupied: 1 }]);
    expect(await opened()).toHaveLength(0);
    await post(intake, [{ poolId: first, staffed: 5, occupied: 1 }]);
    expect(await opened()).toHaveLength(1);
  });

  it('racing holds and other censuses over the same pools never breaks the promise of room', async () => {
    const { first, second, intake } = await build({ staffed: 30 });
    const censuses = Array.from({ length: 60 }, (_, index) => {
      const counts = [first, second].map((poolId) => ({ poolId, staffed: 8 + (index % 25), occupied: index % 7 }));
      return post(intake, index % 2 ? counts : [...counts].reverse());
    });
    const holds = Array.from({ length: 120 }, (_, index) => hold(intake, index % 2 ? first : second));
    const [answers, made] = await Promise.all([Promise.all(censuses), Promise.all(holds)]);
    const codes = answers.map((answer) => (isRefusal(answer) ? answer.code : 'DONE'));
    // Who is served first the database decides; a census that came before the holds finds nothing in its way.
    expect(['DONE', 'CENSUS_CONFLICT']).toEqual(expect.arrayContaining([...new Set(codes)]));
    const pools = await Promise.all([look(first), look(second)]);
    expect(pools.reduce((sum, pool) => sum + Number(pool?.['held']), 0)).toBe(
      made.filter((one) => one !== null).length,
    );
    for (const pool of pools) {
      expect(Number(pool?.['occupied']) + Number(pool?.['held'])).toBeLessThanOrEqual(Number(pool?.['staffed']));
    }
    const held = Number(pools[0]?.['held']);
    expect(held).toBeGreaterThan(0);
    const late = await post(intake, [{ poolId: first, staffed: held - 1, occupied: 0 }]);
    expect(isRefusal(late) && late.code).toBe('CENSUS_CONFLICT');
  });
});
