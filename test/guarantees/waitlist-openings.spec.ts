import type { Actor } from '../../src/access';
import { BedPoolsService } from '../../src/capacity/bed-pools.service';
import { CensusService } from '../../src/capacity/census.service';
import { ProgramsService } from '../../src/capacity/programs.service';
import { UnitOfWork } from '../../src/platform/database/unit-of-work';
import { OutboxDelivery } from '../../src/platform/outbox/outbox-delivery';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { ClosedAgenciesService } from '../../src/referrals/closed-agencies.service';
import { DischargeService } from '../../src/referrals/discharge.service';
import { OfferMakingService } from '../../src/referrals/offer-making.service';
import { OfferExpiryService } from '../../src/referrals/offer-expiry.service';
import { OfferResponseService } from '../../src/referrals/offer-response.service';
import { ReferralEndingService } from '../../src/referrals/referral-ending.service';
import { isRefusal } from '../../src/kernel/refusal';
import { buildStaff } from '../builders/agencies';
import { buildReferral, buildRegion, buildSubmission, done, offerAt, type Program } from '../builders/referrals';
import type { TestApp } from '../setup/app';
import { WaitlistWorld } from '../setup/waitlist-world';

const command = { name: 'test' };
type Mode = 'INSTANT' | 'REVIEW';

describe('a place', () => {
  let world: WaitlistWorld;
  let app: TestApp;
  let program: Program;
  beforeAll(async () => {
    world = await WaitlistWorld.open();
    app = world.app;
  });
  beforeEach(() => world.begin());
  afterAll(() => world.close());

  const get = <T>(service: new (...args: never[]) => T): T => world.get(service);
  const openProgram = (acceptanceMode: Mode, staffed: number): Promise<Program> =>
    world.program({ staffed, program: { acceptanceMode } });
  const refer = (need: Parameters<WaitlistWorld['wait']>[0] = {}) => world.wait(need);
  const stateOf = async (id: string): Promise<string> => (await world.placeOf(id)).state;
  /** Hears all news and looks for nothing by itself, so that it is the news that does it. */
  const hear = async (): Promise<void> => {
    for (;;) {
      const waiting = await app.owner<{ id: string }>('select id from outbox_event where delivered_at is null');
      if (waiting.length === 0) return;
      await get(OutboxDelivery).deliver(waiting.map(({ id }) => id));
    }
  };
  const offer = (id: string) => offerAt(app, id, program.intake.agencyId);
  const arrive = async (id: string) => done(await get(ArrivalService).recordArrival(program.intake, id, command));
  const admin = (): Promise<Actor> =>
    buildStaff(app.database, { id: program.intake.agencyId, kind: 'TREATMENT_PROVIDER' }, 'AGENCY_ADMIN');

  /** What opens the only place of a program, which the first has; and how the program takes people. */
  const openings: Readonly<Record<string, readonly [Mode, (first: string) => Promise<unknown>]>> = {
    'a referral that is cancelled': [
      'INSTANT',
      async (first) =>
        done(await get(ReferralEndingService).cancel(world.region.officer, first, 'HOSPITALIZED', command)),
    ],
    'a person who is turned away': [
      'INSTANT',
      async (first) => {
        await arrive(first);
        done(await get(AdmissionService).turnAway(program.intake, first, 'PERSON_LEFT', command));
      },
    ],
    'an admission that ends': [
      'INSTANT',
      async (first) => {
        await arrive(first);
        done(await get(AdmissionService).admit(program.intake, first, command));
        const discharge = { referralId: first, outcome: 'COMPLETED', nextLevelsOfCare: [] } as const;
        done(await get(DischargeService).discharge(program.intake, discharge, command));
      },
    ],
    'a place that was kept long enough': [
      'INSTANT',
      async (first) => {
        app.clock.advance(121);
        const [hold] = await app.owner<{ id: string }>('select id from hold where referral_id = $1', [first]);
        await get(ArrivalService).expireHold(hold?.id ?? '', first, program.intake.agencyId);
      },
    ],
    'a no-show that is recorded': [
      'INSTANT',
      async (first) => {
        const arrivalAt = new Date(app.clock.now().getTime() + 3_600_000);
        done(await get(ArrivalService).schedule(program.intake, first, arrivalAt, command));
        app.clock.advance(61);
        done(await get(ArrivalService).recordNoShow(program.intake, first, command));
      },
    ],
    'a census that is raised': [
      'INSTANT',
      async () => {
        const pools = [{ poolId: program.pool.id, staffed: 2, occupied: 0 }];
        done(await get(CensusService).post(program.intake, { source: 'STAFF', pools } as never, command));
      },
    ],
    'a pool that is open again': [
      'INSTANT',
      async (first) => {
        await app.owner('update bed_pool set is_active = false where id = $1', [program.pool.id]);
        done(await get(ReferralEndingService).cancel(world.region.officer, first, 'HOSPITALIZED', command));
        await hear();
        done(await get(BedPoolsService).update(await admin(), { id: program.pool.id, isActive: true }, command));
      },
    ],
    'a program that takes referrals again': [
      'INSTANT',
      async (first) => {
        await app.owner('update program set is_active = false where id = $1', [program.pool.programId]);
        done(await get(ReferralEndingService).cancel(world.region.officer, first, 'HOSPITALIZED', command));
        await hear();
        const changes = { id: program.pool.programId, isActive: true };
        done(await get(ProgramsService).update(await admin(), changes, command));
      },
    ],
    'an offer that is declined': [
      'REVIEW',
      async (first) =>
        done(await get(OfferResponseService).decline(program.intake, await offer(first), 'STAFFING', command)),
    ],
    'an offer that nobody answered': [
      'REVIEW',
      async (first) => {
        app.clock.advance(121);
        await get(OfferExpiryService).expire(await offer(first), program.intake.agencyId);
      },
    ],
    'an offer that is withdrawn': [
      'REVIEW',
      async (first) =>
        done(await get(ReferralEndingService).cancel(world.region.officer, first, 'HOSPITALIZED', command)),
    ],
  };

  it.each(Object.entries(openings))('goes to the next in order by the news of %s', async (_, [mode, opens]) => {
    program = await openProgram(mode, 1);
    const first = await refer();
    expect(await stateOf(first)).toBe(mode === 'INSTANT' ? 'ACCEPTED' : 'OFFERED');
    // Reviewing programs are asked by newcomers as long as a place is free: who waits does so for a place that is spoken for.
    await app.owner('update bed_pool set is_active = false where id = $1', [program.pool.id]);
    const [later, sooner] = [await refer(), await refer({ injects: true })];
    await app.owner('update bed_pool set is_active = true where id = $1', [program.pool.id]);
    await hear();
    expect([await stateOf(later), await stateOf(sooner)]).toEqual(['WAITLISTED', 'WAITLISTED']);
    await opens(first);
    await hear();
    const taken = mode === 'INSTANT' ? 'ACCEPTED' : 'OFFERED';
    expect([await stateOf(sooner), await stateOf(later)]).toEqual([taken, 'WAITLISTED']);
  });

  /** What the provider closes, and how Handrail comes to know of it. */
  const closings: Readonly<Record<string, readonly [() => Promise<unknown>, () => Promise<unknown>]>> = {
    'a pool, by the news of it': [
      () => get(BedPoolsService).update(program.intake, { id: program.pool.id, isActive: false }, command),
      hear,
    ],
    'a program, by the news of it': [
      () => get(ProgramsService).update(program.intake, { id: program.pool.programId, isActive: false }, command),
      hear,
    ],
    'a pool, by looking': [
      () => app.owner('update bed_pool set is_active = false where id = $1', [program.pool.id]),
      () => get(ClosedAgenciesService).sweep(),
    ],
  };

  it.each(Object.entries(closings))('is asked for nowhere else after the closing of %s', async (_, [close, know]) => {
    program = await openProgram('REVIEW', 3);
    const [sooner, kept, racing] = [await refer({ injects: true }), await refer(), await refer()];
    const accept = async (id: string) => get(AcceptanceService).accept(program.intake, await offer(id), command);
    done(await accept(kept));
    await hear();
    const [raced] = await Promise.all([accept(racing), close()]);
    expect(await accept(sooner)).toMatchObject({
      code: 'NO_CAPACITY',
      details: { remedy: expect.stringMatching(/isActive/) },
    });
    const later = await refer();
    await know();
    const ended = 'select state, withdraw_reason as why from offer where referral_id = $1 and program_id = $2';
    expect(await app.owner(ended, [sooner, program.pool.programId])).toEqual([
      { state: 'WITHDRAWN', why: 'PROGRAM_CLOSED' },
    ]);
    // A place that is kept stays, on whichever side of the closing it was accepted.
    expect(await world.statesOf(kept, racing, sooner, later)).toEqual([
      ...['ACCEPTED', isRefusal(raced) ? 'WAITLISTED' : 'ACCEPTED', 'WAITLISTED', 'WAITLISTED'],
    ]);
    const elsewhere = await openProgram('REVIEW', 1);
    await world.fill(elsewhere.pool.id);
    expect(await world.statesOf(sooner, later)).toEqual(['OFFERED', 'WAITLISTED']);
  });

  it('goes to the first in order, whatever the quota of the sender', async () => {
    program = await openProgram('INSTANT', 0);
    const [later, first] = [await refer(), await refer({ injects: true, pregnant: true })];
    await world.quota(1, 10);
    const held = await refer({ pregnant: true });
    await app.owner('update bed_pool set staffed = 2 where id = $1', [program.pool.id]);
    await world.fill(program.pool.id);
    expect([await stateOf(first), await stateOf(held), await stateOf(later)]).toEqual([
      ...['ACCEPTED', 'ACCEPTED', 'WAITLISTED'],
    ]);
    expect(
      await app.owner(`select 1 from audit_entry where action = 'hold.refused' and details->>'referralId' = any($1)`, [
        [first, held],
      ]),
    ).toEqual([]);
    // At once, past those who wait, it still holds.
    const other = await openProgram('INSTANT', 9);
    const stranger = await buildRegion(app, []);
    await app.owner(`update waitlist_entry set ended_at = now(), end_reason = 'REFERRAL_ENDED' where ended_at is null`);
    expect(await stateOf(await refer())).toBe('WAITLISTED');
    const free = buildSubmission({}, { latitude: world.latitude, preferredProgramIds: [other.pool.programId] });
    await app.owner(`update waitlist_entry set ended_at = now(), end_reason = 'REFERRAL_ENDED' where ended_at is null`);
    expect(await stateOf(await buildReferral(app, stranger.officer, free))).toBe('ACCEPTED');
  });

  describe('that a coordinator chooses', () => {
    const choose = async (referralId: string, outOfOrderReason?: 'CLINICAL_RISK') => {
      const choice = { referralId, programId: program.pool.programId, ...(outOfOrderReason && { outOfOrderReason }) };
      const given = await get(OfferMakingService).make(world.region.coordinator, choice, command);
      return isRefusal(given) ? { code: given.code, field: given.details.field ?? null } : 'DONE';
    };
    const chosenFor = (id: string) =>
      app.owner(
        `select details->>'outOfOrderReason' as why from audit_entry where action = 'program.chosen' and subject_id = $1`,
        [id],
      );
    const open = (places: number) => world.open(program.pool.id, places);

    it('is refused where others come first: equals can be passed for a coded reason, a higher tier cannot', async () => {
      program = await openProgram('REVIEW', 0);
      const [pregnant, patient, urgent] = [await refer({ pregnant: true }), await refer(), await refer()];
      await open(1);
      expect(await choose(urgent)).toEqual({ code: 'OUT_OF_ORDER', field: null });
      expect(await choose(urgent, 'CLINICAL_RISK')).toEqual({ code: 'OUT_OF_ORDER', field: null });
      await open(2);
      expect(await choose(urgent)).toEqual({ code: 'OUT_OF_ORDER', field: 'input.outOfOrderReason' });
      expect([await stateOf(urgent), await chosenFor(urgent)]).toEqual(['WAITLISTED', []]);
      expect(await choose(urgent, 'CLINICAL_RISK')).toBe('DONE');
      expect(await chosenFor(urgent)).toEqual([{ why: 'CLINICAL_RISK' }]);
      // The other place is still hers, with a reason and without.
      expect(await choose(patient, 'CLINICAL_RISK')).toEqual({ code: 'OUT_OF_ORDER', field: null });
      expect(await choose(pregnant)).toBe('DONE');
      expect(await chosenFor(pregnant)).toEqual([{ why: null }]);
      done(await get(AcceptanceService).accept(program.intake, await offer(pregnant), command));
    });

    it('is not promised past somebody of a higher tier by several who choose at once', async () => {
      program = await openProgram('REVIEW', 0);
      const pregnant = await refer({ pregnant: true });
      const others = [await refer(), await refer(), await refer(), await refer()];
      await open(2);
      const given = await Promise.all(others.map((id) => choose(id, 'CLINICAL_RISK')));
      expect(given.filter((one) => one === 'DONE')).toHaveLength(1);
      expect(given.filter((one) => one !== 'DONE')).toEqual(
        Array.from({ length: 3 }, () => ({ code: 'OUT_OF_ORDER', field: null })),
      );
      await world.fill(program.pool.id);
      expect(await stateOf(pregnant)).toBe('OFFERED');
    });
  });

  it.each(['INSTANT', 'REVIEW'] as const)(
    'that somebody waits for is left to them by new referrals that come at once, where a program takes people %s',
    async (mode) => {
      program = await openProgram(mode, 0);
      const first = await refer({ injects: true });
      await app.owner('update bed_pool set staffed = 2 where id = $1', [program.pool.id]);
      const newcomers = await Promise.all(Array.from({ length: 4 }, () => refer()));
      const taken = mode === 'INSTANT' ? 'ACCEPTED' : 'OFFERED';
      const states = await Promise.all(newcomers.map(stateOf));
      expect(states.sort()).toEqual([taken, 'WAITLISTED', 'WAITLISTED', 'WAITLISTED'].sort());
      await world.fill(program.pool.id);
      expect(await stateOf(first)).toBe(taken);
    },
  );

  it('is given while its first in order is being routed again: neither waits for the other, and none runs twice', async () => {
    program = await openProgram('INSTANT', 0);
    const [ahead, first] = [await refer({ injects: true }), await refer()];
    await app.owner('update bed_pool set staffed = 2 where id = $1', [program.pool.id]);
    const attempts = jest.spyOn(UnitOfWork.prototype as unknown as { attempt: () => Promise<unknown> }, 'attempt');
    const turn = `hashtextextended('waitlist ' || $1, 0)`;
    const waiting = async () =>
      (
        await app.owner<{ n: number }>(
          `select count(*)::int as n from pg_locks where locktype = 'advisory' and not granted`,
        )
      )[0]?.n;
    const until = async (isSo: () => Promise<boolean>) => {
      while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    await app.owner(`select pg_advisory_lock(${turn})`, [program.pool.programId]);
    const filling = world.fill(program.pool.id);
    await until(async () => (await waiting()) === 1);
    let isRouted = false;
    const routing = get(OfferMakingService)
      .reroute(world.region.coordinator, first, command)
      .finally(() => (isRouted = true));
    // Somebody ahead has a claim as long as it looks, and none when the place is given.
    await until(async () => isRouted || (await waiting()) === 2);
    done(await get(ReferralEndingService).cancel(world.region.officer, ahead, 'HOSPITALIZED', command));
    await app.owner(`select pg_advisory_unlock(${turn})`, [program.pool.programId]);
    await Promise.all([filling, routing]);
    const ends = await Promise.allSettled(attempts.mock.results.map(({ value }) => value as Promise<unknown>));
    attempts.mockRestore();
    expect(ends.filter(({ status }) => status === 'rejected')).toEqual([]);
    await world.fill(program.pool.id);
    expect(await stateOf(first)).toBe('ACCEPTED');
  });
});
