import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { Actor } from '../../src/access';
import { CapacityService } from '../../src/capacity';
import { HoldsStore } from '../../src/capacity/holds.store';
import { isRefusal, Refusal } from '../../src/kernel/refusal';
import { sql } from '../../src/platform/database/statement';
import type { SystemTx } from '../../src/platform/database/tx';
import { asOwner, buildActor, buildAgency } from '../builders/agencies';
import { buildBedPool, clocksOfRoom } from '../builders/capacity';
import { TestUnitOfWork } from '../setup/unit-of-work';

/** What commits with a hold: the referral is in the program’s hands. */
const takeInHand = sql<{ id: string }>(
  `with referral_in_hand as (
     insert into referral (id, episode_id, person_id, pathway, state, sender_agency_id, submitted_by, need, acknowledged_at)
     select $1, e.id, e.person_id, e.pathway, 'SUBMITTED', $2, $2, '{}', app.now() from episode e where e.opened_by_agency_id = $2
     returning id, acknowledged_at)
   insert into offer (referral_id, program_id, pool_id, agency_id, rank, acknowledge_by, decide_by, acknowledged_at)
   select r.id, b.program_id, b.id, b.agency_id, 1, app.now(), app.now(), r.acknowledged_at from referral_in_hand r, bed_pool b
   where b.id = $3 returning id`,
);

describe('the quota of a sender', () => {
  let db: TestUnitOfWork;
  let actor: Actor;
  const capacity = new CapacityService(new HoldsStore(), clocksOfRoom());

  beforeAll(async () => {
    db = await TestUnitOfWork.open(20);
    actor = await buildActor(db.database, 'LAW_ENFORCEMENT', 'OFFICER');
  });
  afterAll(() => db.close());

  const sender = async (activeHolds?: number, share = 100): Promise<string> => {
    const { id } = await buildAgency(db.database);
    await asOwner(
      db.database,
      `with person as (insert into person (language) values ('en') returning id)
       insert into episode (person_id, opened_by_agency_id, pathway) select person.id, $1, 'NALOXONE_PLUS' from person`,
      [id],
    );
    if (activeHolds !== undefined) {
      await asOwner(
        db.database,
        `with worker as (select set_config('role', 'handrail_worker', true))
         insert into hold_quota select $1, $2, $3 from worker`,
        [id, activeHolds, share],
      );
    }
    return id;
  };
  const pool = async (staffed: number, occupied = 0) => (await buildBedPool(db.database, { staffed, occupied })).id;
  const active = async (agencyId: string, poolId: string | null = null): Promise<number> => {
    const [row] = await asOwner<{ n: number }>(
      db.database,
      `select count(*)::int as n from hold h join referral r on r.id = h.referral_id
       where r.sender_agency_id = $1 and h.state = 'ACTIVE' and ($2::uuid is null or h.pool_id = $2)`,
      [agencyId, poolId],
    );
    return row?.n ?? -1;
  };
  const held = async (poolId: string) =>
    (await asOwner<{ held: number }>(db.database, 'select held from bed_pool where id = $1', [poolId]))[0]?.held;

  const step = async (work: (tx: SystemTx) => Promise<{ id: string } | Refusal>): Promise<string> => {
    const done = await db.unitOfWork.run(actor, { name: 'step' }, (tx) => work(tx.asSystem()));
    return isRefusal(done) ? [done.code, done.details['scope']].filter(Boolean).join(' ') : done.id;
  };
  const hold = (poolId: string, agencyId: string, isBound = true) =>
    step(async (tx) => {
      const referralId = randomUUID();
      const endsAt = new Date(Date.now() + 7_200_000);
      const made = await capacity.hold(tx, { poolId, referralId, endsAt, sender: { agencyId, isBound } });
      if (!isRefusal(made)) await tx.query(takeInHand, [referralId, agencyId, poolId]);
      return made;
    });
  const atOnce = <T>(times: number, work: (index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: times }, (_, index) => work(index)));
  const countOf = (answers: readonly string[], code: string) => answers.filter((answer) => answer === code).length;

  it('lets ten of a hundred simultaneous holds through where ten are allowed, over many pools', async () => {
    const agencyId = await sender(10);
    const pools = await Promise.all(Array.from({ length: 5 }, () => pool(100)));
    const answers = await atOnce(100, (index) => hold(pools[index % 5] ?? '', agencyId));
    expect(countOf(answers, 'HOLD_QUOTA AGENCY')).toBe(90);
    expect(await active(agencyId)).toBe(10);
    const kept = await Promise.all(pools.map(held));
    expect(kept.reduce<number>((sum, one) => sum + (one ?? 0), 0)).toBe(10);
  });

  it('lets nobody keep more than its share of one pool, and leaves the rest to others', async () => {
    const [agencyId, other] = [await sender(), await sender()];
    const poolId = await pool(10);
    expect(countOf(await atOnce(40, () => hold(poolId, agencyId)), 'HOLD_QUOTA POOL')).toBe(35);
    // Of the five that are left.
    expect(countOf(await atOnce(40, () => hold(poolId, other)), 'HOLD_QUOTA POOL')).toBe(38);
    expect([await active(agencyId), await active(other), await held(poolId)]).toEqual([5, 2, 7]);
  });

  it('lets nobody have the last of a pool alone: two of five free, whatever is staffed, and each next sender a share of the rest', async () => {
    const poolId = await pool(60, 55);
    const senders = await Promise.all(Array.from({ length: 5 }, () => sender()));
    const kept: number[] = [];
    for (const agencyId of senders) {
      await atOnce(8, () => hold(poolId, agencyId));
      kept.push(await active(agencyId));
    }
    expect(kept).toEqual([2, 1, 1, 1, 0]);
    expect(await hold(poolId, senders[4] ?? '')).toBe('NO_CAPACITY');
    // All at the same time: none has more than its share of what there was, and nobody is turned away from an empty bed for good.
    const other = await pool(60, 55);
    const rivals = await Promise.all(Array.from({ length: 3 }, () => sender()));
    await atOnce(24, (index) => hold(other, rivals[index % 3] ?? ''));
    const each = await Promise.all(rivals.map((agencyId) => active(agencyId, other)));
    expect(Math.max(...each)).toBeLessThanOrEqual(2);
    expect(Math.min(...each)).toBeGreaterThanOrEqual(1);
  });

  it('allows one place however small the pool', async () => {
    expect(await hold(await pool(1), await sender())).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('keeps 25 places for an agency nobody has set a quota for', async () => {
    const agencyId = await sender();
    const poolId = await pool(100);
    expect(countOf(await atOnce(30, () => hold(poolId, agencyId)), 'HOLD_QUOTA AGENCY')).toBe(5);
  });

  it('does not bind a program that gives its own place away, and counts the place all the same', async () => {
    const agencyId = await sender(2);
    const poolId = await pool(10);
    const answers = await atOnce(3, () => hold(poolId, agencyId, false));
    expect(answers.every((answer) => /^[0-9a-f-]{36}$/.test(answer))).toBe(true);
    expect(await hold(poolId, agencyId)).toBe('HOLD_QUOTA AGENCY');
  });

  it('makes room again as referrals end, and two hours after they were taken in hand; not as places are used', async () => {
    const agencyId = await sender(2);
    const poolId = await pool(10);
    const [first, second] = [await hold(poolId, agencyId), await hold(poolId, agencyId)];
    await step(async (tx) => ((await capacity.release(tx, first)) ? { id: first } : new Refusal('NOT_FOUND', '')));
    await step((tx) => capacity.convert(tx, second));
    expect(await hold(poolId, agencyId)).toBe('HOLD_QUOTA AGENCY');
    const end = (holdId: string, change: string) =>
      asOwner(db.database, `update referral r set ${change} from hold h where h.id = $1 and r.id = h.referral_id`, [
        holdId,
      ]);
    await end(first, "state = 'CANCELLED', closed_at = now()");
    expect(countOf(await atOnce(5, () => hold(poolId, agencyId)), 'HOLD_QUOTA AGENCY')).toBe(4);
    await end(second, "sender_withdrew_at = now(), sender_withdrew_reason = 'PERSON_CHANGED_MIND'");
    expect(countOf(await atOnce(5, () => hold(poolId, agencyId)), 'HOLD_QUOTA AGENCY')).toBe(4);
    await asOwner(
      db.database,
      "update referral set acknowledged_at = acknowledged_at - interval '2 hours' where sender_agency_id = $1",
      [agencyId],
    );
    expect(countOf(await atOnce(5, () => hold(poolId, agencyId)), 'HOLD_QUOTA AGENCY')).toBe(3);
  });

  it('takes no lock for a sender with the whole pool and far from its quota', async () => {
    const [near, far] = [await sender(25), await sender(5000)];
    const poolId = await pool(50);
    const locksOf = async (agencyId: string): Promise<number> => {
      let locks = -1;
      await step(async (tx) => {
        const endsAt = new Date(Date.now() + 60_000);
        const made = await capacity.hold(tx, {
          poolId,
          referralId: randomUUID(),
          endsAt,
          sender: { agencyId, isBound: true },
        });
        const text = "select count(*)::int as n from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()";
        locks = (await tx.one<{ n: number }>({ name: 'advisory_locks', text }, [])).n;
        return made;
      });
      return locks;
    };
    expect([await locksOf(near), await locksOf(far)]).toEqual([1, 0]);
  });

  it('is never passed, whatever the quotas, pools and order of callers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.nat(), { minLength: 1, maxLength: 25 }),
        async (quota, share, staffed, calls) => {
          const agencyId = await sender(quota, share);
          const pools = await Promise.all(staffed.map((places) => pool(places)));
          await Promise.all(calls.map((call) => hold(pools[call % pools.length] ?? '', agencyId)));
          const perPool = await Promise.all(pools.map((id) => active(agencyId, id)));
          const asked = pools.map((_, at) => calls.filter((call) => call % pools.length === at).length);
          const most = staffed.map((places, at) => {
            const ofPool = share === 100 ? places : Math.max(1, Math.floor((places * share) / 100));
            return Math.min(ofPool, asked[at] ?? 0);
          });
          perPool.forEach((count, at) => {
            expect(count).toBeLessThanOrEqual(most[at] ?? 0);
          });
          // Exactly what may be kept is kept: the quota turns nobody away too early either.
          const all = perPool.reduce((sum, count) => sum + count, 0);
          expect(all).toBe(
            Math.min(
              quota,
              most.reduce((sum, count) => sum + count, 0),
            ),
          );
          expect(await Promise.all(pools.map(held))).toEqual(perPool);
        },
      ),
      { numRuns: 25 },
    );
  });
});
