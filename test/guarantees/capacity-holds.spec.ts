import { randomUUID } from 'node:crypto';
import type { Actor } from '../../src/access';
import { CapacityService } from '../../src/capacity';
import { HoldsStore } from '../../src/capacity/holds.store';
import { isRefusal, Refusal } from '../../src/kernel/refusal';
import { NO_AGENCY, systemActor } from '../../src/platform/database/system-actor';
import type { SystemTx } from '../../src/platform/database/tx';
import { asOwner, buildActor } from '../builders/agencies';
import { buildBedPool, type PoolTraits, clocksOfRoom } from '../builders/capacity';
import { inDepth } from '../setup/thorough';
import { TestUnitOfWork } from '../setup/unit-of-work';

interface Counts {
  staffed: number;
  occupied: number;
  held: number;
}

const lost = new Refusal('HOLD_EXPIRED', 'Another was first.');

describe('holds', () => {
  let db: TestUnitOfWork;
  const capacity = new CapacityService(new HoldsStore(), clocksOfRoom());
  let actor: Actor;

  beforeAll(async () => {
    db = await TestUnitOfWork.open(20);
    actor = await buildActor(db.database, 'LAW_ENFORCEMENT', 'OFFICER');
  });
  afterAll(() => db.close());

  const pool = async (traits: PoolTraits = {}) => (await buildBedPool(db.database, traits)).id;
  const counts = async (poolId: string) =>
    (await asOwner<Counts>(db.database, 'select staffed, occupied, held from bed_pool where id = $1', [poolId]))[0];
  const states = async (poolId: string): Promise<Record<string, number>> => {
    const rows = await asOwner<{ state: string; n: number }>(
      db.database,
      'select state, count(*)::int as n from hold where pool_id = $1 group by 1',
      [poolId],
    );
    return Object.fromEntries(rows.map(({ state, n }) => [state, n]));
  };
  const inMs = (ms: number): Date => new Date(Date.now() + ms);

  /** One step in a transaction of its own, as a referral’s command would take it; false rolls back. */
  const step = async (work: (tx: SystemTx) => Promise<{ id: string } | Refusal | boolean>) => {
    const done = await db.unitOfWork.run(actor, { name: 'step' }, async (tx) => {
      const result = await work(tx.asSystem());
      if (isRefusal(result)) return result;
      if (typeof result === 'boolean') return result ? { id: actor.id } : lost;
      return result;
    });
    return isRefusal(done) ? done.code : done.id;
  };
  const hold = (poolId: string, endsAt = inMs(7_200_000)) =>
    step((tx) => capacity.hold(tx, { poolId, referralId: randomUUID(), endsAt }));
  const makeDue = (holdIds: string[]) =>
    asOwner(db.database, "update hold set ends_at = now() - interval '1 second' where id = any($1)", [holdIds]);

  it('gives ten places to ten of 300 callers and refuses the others', async () => {
    const poolId = await pool({ staffed: 10 });
    const answers = await Promise.all(Array.from({ length: 300 }, () => hold(poolId)));
    expect(answers.filter((answer) => answer === 'NO_CAPACITY')).toHaveLength(290);
    expect(await counts(poolId)).toEqual({ staffed: 10, occupied: 0, held: 10 });
    expect(await states(poolId)).toEqual({ ACTIVE: 10 });
  });

  it('says who holds and until when, in the database’s time', async () => {
    const poolId = await pool();
    const endsAt = inMs(3_600_000);
    const made = await hold(poolId, endsAt);
    const [row] = await asOwner<{ endsAt: Date; agencyId: string }>(
      db.database,
      'select h.ends_at as "endsAt", h.agency_id as "agencyId" from hold h join bed_pool b on b.id = h.pool_id and b.agency_id = h.agency_id where h.id = $1',
      [made],
    );
    expect(row?.endsAt).toEqual(endsAt);
  });

  it('keeps no place in a closed pool or a closed program', async () => {
    expect(await hold(await pool({ isActive: false }))).toBe('NO_CAPACITY');
    expect(await hold(await pool({ program: { isActive: false } }))).toBe('NO_CAPACITY');
    expect(await hold(randomUUID())).toBe('NO_CAPACITY');
  });

  const RACES = inDepth(160, 400);
  it(`lets exactly one of two who race for the end of a hold win, ${RACES} times`, async () => {
    const poolId = await pool({ staffed: RACES });
    const wins = { convert: 0, extend: 0, expire: 0 };
    // How long before its end the race for a hold is started: shorter when it was kept, longer when it ended.
    let lead = 5;
    const race = async (rival: 'convert' | 'extend') => {
      const id = await hold(poolId);
      const end = "update hold set ends_at = clock_timestamp() + $2 * interval '1 ms' where id = $1";
      await asOwner(db.database, end, [id, lead]);
      const keep = (tx: SystemTx) =>
        rival === 'convert' ? capacity.convert(tx, id) : capacity.extend(tx, id, inMs(3_600_000));
      const expire = () => step((tx) => capacity.expire(tx, id));
      const [kept, ...expired] = await Promise.all([step(keep), expire(), expire(), expire()]);
      const winners = [kept, ...expired].filter((answer) => answer !== 'HOLD_EXPIRED').length;
      // None: the one saw it past its end, the others not yet. Nobody but the next sweep can win then.
      const isSwept = winners === 0 && (await expire()) !== 'HOLD_EXPIRED';
      expect(winners + Number(isSwept)).toBe(1);
      const winner = kept === 'HOLD_EXPIRED' ? 'expire' : rival;
      lead = Math.max(0, lead + (winner === 'expire' ? 1 : -1));
      wins[winner] += 1;
    };
    const lane = async () => {
      for (let turn = 0; turn < RACES / 4; turn += 1) await race(turn % 2 === 0 ? 'convert' : 'extend');
    };
    await Promise.all([lane(), lane(), lane(), lane()]);
    const { convert, extend, expire } = wins;
    expect(convert + extend + expire).toBe(RACES);
    expect(Math.min(convert, extend, expire)).toBeGreaterThan(RACES / 20);
    expect(await counts(poolId)).toEqual({ staffed: RACES, occupied: convert, held: extend });
    expect(await states(poolId)).toEqual({ CONVERTED: convert, ACTIVE: extend, EXPIRED: expire });
  });

  it('frees a place once, whoever frees it how often', async () => {
    const poolId = await pool({ staffed: 1 });
    const id = await hold(poolId);
    await makeDue([id]);
    const frees = Array.from({ length: 40 }, (_, index) =>
      step((tx) => (index % 2 ? capacity.release(tx, id) : capacity.expire(tx, id))),
    );
    expect((await Promise.all(frees)).filter((answer) => answer !== 'HOLD_EXPIRED')).toHaveLength(1);
    expect(await counts(poolId)).toEqual({ staffed: 1, occupied: 0, held: 0 });
    expect(await hold(poolId)).not.toBe('NO_CAPACITY');
  });

  it('moves a held place to an occupied one, and a discharge gives it free', async () => {
    const poolId = await pool({ staffed: 1 });
    const id = await hold(poolId);
    expect(await step((tx) => capacity.convert(tx, id))).toBe(id);
    expect(await counts(poolId)).toEqual({ staffed: 1, occupied: 1, held: 0 });
    expect(await step((tx) => capacity.vacate(tx, poolId))).not.toBe('HOLD_EXPIRED');
    expect(await step((tx) => capacity.vacate(tx, poolId))).toBe('HOLD_EXPIRED');
    expect(await counts(poolId)).toEqual({ staffed: 1, occupied: 0, held: 0 });
  });

  it('keeps the place of a person who arrived without an end', async () => {
    const poolId = await pool({ staffed: 1 });
    const id = await hold(poolId);
    expect(await step((tx) => capacity.extend(tx, id, null))).toBe(id);
    db.clock.advance(100_000);
    expect(await step((tx) => capacity.expire(tx, id))).toBe('HOLD_EXPIRED');
    expect(await step((tx) => capacity.convert(tx, id))).toBe(id);
    db.clock.advance(-100_000);
  });

  it('names due holds to the system, by the database’s clock', async () => {
    const poolId = await pool({ staffed: 2 });
    const soon = await hold(poolId, inMs(60_000));
    const later = await hold(poolId, inMs(7_200_000));
    const reader = db.unitOfWork.reader(systemActor(NO_AGENCY));
    const due = async () => (await capacity.dueHolds(reader, 1000)).map(({ id }) => id);
    expect(await due()).not.toContain(soon);
    db.clock.advance(2);
    const dueNow = await due();
    db.clock.advance(-2);
    expect(dueNow).toContain(soon);
    expect(dueNow).not.toContain(later);
  });

  it('undoes with the command that took the step', async () => {
    const poolId = await pool({ staffed: 1 });
    await db.unitOfWork.run(actor, { name: 'undone' }, async (tx) => {
      await capacity.hold(tx.asSystem(), { poolId, referralId: randomUUID(), endsAt: inMs(60_000) });
      return lost;
    });
    expect(await counts(poolId)).toEqual({ staffed: 1, occupied: 0, held: 0 });
    expect(await states(poolId)).toEqual({});
  });

  it('keeps, extends and takes in one round trip each, and asks once more whether a taken place filled the program', async () => {
    const poolId = await pool({ staffed: 5 });
    let statements = 0;
    const asked: number[] = [];
    await db.unitOfWork.run(actor, { name: 'counted' }, async (tx) => {
      const system = tx.asSystem();
      const query = system.query.bind(system);
      system.query = (statement, params) => {
        statements += 1;
        return query(statement, params);
      };
      const made = await capacity.hold(system, { poolId, referralId: randomUUID(), endsAt: inMs(60_000) });
      asked.push(statements);
      const id = isRefusal(made) ? '' : made.id;
      await capacity.extend(system, id, inMs(120_000));
      asked.push(statements);
      await capacity.convert(system, id);
      asked.push(statements);
      return { id };
    });
    expect(asked).toEqual([1, 2, 4]);
  });
});
