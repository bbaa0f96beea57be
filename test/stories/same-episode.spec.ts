import type { PersonInput } from '../../src/people';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { DischargeService } from '../../src/referrals/discharge.service';
import { DueClocksService } from '../../src/referrals/due-clocks.service';
import { OfferMakingService } from '../../src/referrals/offer-making.service';
import { ReferralEndingService } from '../../src/referrals/referral-ending.service';
import { ReferralIntakeService } from '../../src/referrals/referral-intake.service';
import { WaitlistCareService } from '../../src/referrals/waitlist/waitlist-care.service';
import { buildAgency, buildStaff } from '../builders/agencies';
import { decide, linkOf, personOf, withPhone } from '../builders/person-links';
import { buildRegion, buildSubmission, done } from '../builders/referrals';
import type { TestApp } from '../setup/app';
import { INSTANT, WaitlistWorld } from '../setup/waitlist-world';
import { byHospital, byOfficer, outcomeToSender, Region } from './region';

const command = { name: 'test' };

let region: Region;
beforeAll(async () => {
  region = await Region.open();
});
afterAll(() => region.close());

describe('a second referral of the same episode', () => {
  const episodeOf = async (id: string): Promise<string> => {
    const [row] = await region.app.owner<{ episodeId: string }>(
      'select episode_id as "episodeId" from referral where id = $1',
      [id],
    );
    return row?.episodeId ?? '';
  };
  const next = (episodeId: string, changes: object = {}) => {
    const { person: _, ...input } = byHospital;
    return { ...input, episodeId, ...changes };
  };

  it('goes on with the person it is about, whose age and sex decide as before', async () => {
    const first = await region.refer('hospital', { ...byHospital, consents: [outcomeToSender] });
    const episodeId = await episodeOf(first);
    await region.cancel('hospital', first);
    const second = await region.refer('hospital', next(episodeId));
    expect(await episodeOf(second)).toBe(episodeId);
    const rows = await region.app.owner<{ personId: string; age: number; sex: string }>(
      `select person_id as "personId", (need->>'age')::int as age, need->>'sex' as sex from referral where id = any($1::uuid[])`,
      [[first, second]],
    );
    expect(rows).toHaveLength(2);
    expect(rows[0]).toEqual(rows[1]);
  });

  it('waits until the sender sees the first closed, whatever became of the person', async () => {
    const first = await region.refer('officer', byOfficer);
    const episodeId = await episodeOf(first);
    const { person: _, ...input } = byOfficer;
    const again = () => region.give('officer', 'submitReferral', { ...input, episodeId });
    const refused = await again();
    expect(refused).toMatchObject({
      code: 'ALREADY_EXISTS',
      field: 'input.episodeId',
      remedy: expect.stringContaining('CLOSED') as string,
      details: { referralId: first },
    });
    for (const step of ['recordArrival', 'admitPerson'] as const) {
      expect(await region.take('provider', step, { id: first })).toMatchObject({ code: null });
      expect(await again()).toEqual(refused);
    }
    expect(await region.cancel('officer', first)).toMatchObject({ code: null });
    expect(await region.look('provider', first)).toMatchObject({ state: 'ADMITTED' });
    expect(await again()).toMatchObject({ code: null });
  });

  it('is one, however many are sent at the same moment', async () => {
    const first = await region.refer('officer', byOfficer);
    await region.cancel('officer', first);
    const { person: _, ...input } = byOfficer;
    const episodeId = await episodeOf(first);
    const sent = await Promise.all(
      Array.from({ length: 5 }, () => region.give('officer', 'submitReferral', { ...input, episodeId })),
    );
    const codes = sent.map(({ code }) => code);
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(codes.filter((code) => code === 'ALREADY_EXISTS')).toHaveLength(4);
  });

  it('takes no second person, and is for those alone who know the first', async () => {
    const episodeId = await episodeOf(await region.refer('hospital', byHospital));
    expect(await region.give('hospital', 'submitReferral', { ...byHospital, episodeId })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(
      await region.give(
        'outreach',
        'submitReferral',
        next(episodeId, { pathway: 'ACTIVE_OUTREACH', need: byOfficer.need }),
      ),
    ).toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('people under two records that their team knows to be one person’s', () => {
  let app: TestApp;
  let world: WaitlistWorld;
  beforeAll(() => {
    app = region.app;
    world = WaitlistWorld.on(app);
  });
  beforeEach(() => world.begin());

  /** Sent by the team that coordinates them itself, and linked beyond doubt when the second came in. */
  const twice = async () => {
    const agency = await buildAgency(app.database, { kind: 'OUTREACH_TEAM' });
    const coordinator = await buildStaff(app.database, agency, 'COORDINATOR');
    const worker = await buildStaff(app.database, agency, 'OUTREACH_WORKER');
    const { birthDate = null, ...other } = withPhone();
    const send = (person: PersonInput) => world.wait({}, { person, sender: worker, pathway: 'ACTIVE_OUTREACH' });
    const [first, second] = [await send({ ...other, birthDate }), await send(other)];
    const persons = [await personOf(app, 'referral', first), await personOf(app, 'referral', second)] as const;
    const link = await linkOf(app, ...persons);
    expect(link?.state).toBe('LINKED');
    const part = async () => done(await decide(app, coordinator, link?.id ?? '', 'split'));
    return { coordinator, worker, first, second, part };
  };
  const open = { program: { ...INSTANT, part2Program: false } };
  const rulesOf = (id: string) =>
    app.owner<{ rules: string[] }>('select rules from place_consideration where referral_id = $1', [id]);

  it('are given one place, by whatever way, and both referrals are in its queue', async () => {
    const { pool } = await world.program(open);
    const { coordinator, worker, first, second } = await twice();
    const other = await world.wait();
    await world.open(pool.id, 3);
    await world.fill(pool.id);
    expect(await world.statesOf(first, second, other)).toEqual(['ACCEPTED', 'WAITLISTED', 'ACCEPTED']);
    expect(await rulesOf(second)).toContainEqual({ rules: ['REFERRED_TWICE'] });
    const ask = await app.as(coordinator);
    const { data } = await ask<{ coordinatorQueue: { nodes: { id: string; reasons: string[] }[] } }>(
      '{ coordinatorQueue(first: 50) { nodes { id reasons } } }',
    );
    const queued = data?.coordinatorQueue.nodes.filter(({ reasons }) => reasons.includes('REFERRED_TWICE'));
    expect(queued?.map(({ id }) => id).sort()).toEqual([first, second].sort());
    const choice = { referralId: second, programId: pool.programId };
    expect(await world.get(OfferMakingService).make(coordinator, choice, command)).toMatchObject({
      code: 'ALREADY_EXISTS',
    });
    done(await world.get(OfferMakingService).reroute(coordinator, second, command));
    expect(await world.statesOf(second)).toEqual(['WAITLISTED']);
    const again = buildSubmission({ pathway: 'ACTIVE_OUTREACH', personId: await personOf(app, 'referral', second) });
    const { person: _, ...known } = again;
    const refused = { code: 'ALREADY_EXISTS', details: { field: 'input.personId' } };
    done(await world.get(ReferralEndingService).cancel(coordinator, second, 'ENTERED_IN_ERROR', command));
    expect(await world.get(ReferralIntakeService).submit(worker, known, command)).toMatchObject({
      ...refused,
      details: { ...refused.details, referralId: first },
    });
    done(await world.get(ReferralEndingService).cancel(coordinator, first, 'ENTERED_IN_ERROR', command));
    done(await world.get(ReferralIntakeService).submit(worker, known, command));
  });

  it('are given one of two places that open at once, and both where they are two, or their team may not know where one is', async () => {
    const { first, second } = await twice();
    const pools = [await world.program(open), await world.program(open)];
    const openAll = () => Promise.all(pools.map(({ pool }) => world.open(pool.id, 1)));
    await openAll();
    await Promise.all(pools.map(({ pool }) => world.fill(pool.id)));
    expect((await world.statesOf(first, second)).sort()).toEqual(['ACCEPTED', 'WAITLISTED']);
    const two = await twice();
    await two.part();
    await openAll();
    for (const { pool } of pools) await world.fill(pool.id);
    expect(await world.statesOf(two.first, two.second)).toEqual(['ACCEPTED', 'ACCEPTED']);
    await world.begin();
    const hidden = await twice();
    const part2 = await world.program({ program: INSTANT });
    await world.open(part2.pool.id, 2);
    await world.fill(part2.pool.id);
    expect(await world.statesOf(hidden.first, hidden.second)).toEqual(['ACCEPTED', 'ACCEPTED']);
  });

  it('are bridged for three days once, until the records are parted', async () => {
    const { coordinator, first, second, part } = await twice();
    const bridge = (referralId: string) =>
      world
        .get(WaitlistCareService)
        .recordInterim(coordinator, { referralId, service: 'THREE_DAY_BRIDGE', result: 'GIVEN' }, command);
    done(await bridge(first));
    expect(await bridge(second)).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'input.service' } });
    await part();
    done(await bridge(second));
  });
});

describe('somebody whose stay has ended', () => {
  it('is asked after in the queue when that is overdue, and waits for nothing once their team hears that they have died', async () => {
    const world = WaitlistWorld.on(region.app);
    // Where nobody waits, and no place is open, of the tests before.
    world.latitude = 50;
    await world.begin();
    const { officer, coordinator } = world.region;
    const { pool, intake } = await world.program({ program: { ...INSTANT, part2Program: false }, staffed: 1 });
    const person = withPhone();
    const first = await world.wait({}, { person });
    done(await world.get(ArrivalService).recordArrival(intake, first, command));
    done(await world.get(AdmissionService).admit(intake, first, command));
    const over = { referralId: first, outcome: 'COMPLETED', nextLevelsOfCare: [] } as const;
    done(await world.get(DischargeService).discharge(intake, over, command));
    const ask = await region.app.as(coordinator);
    const queued = async (id: string) => {
      const { data } = await ask<{ coordinatorQueue: { nodes: { id: string; reasons: string[] }[] } }>(
        '{ coordinatorQueue(first: 50) { nodes { id reasons } } }',
      );
      return data?.coordinatorQueue.nodes.find((one) => one.id === id)?.reasons ?? [];
    };
    expect(await queued(first)).toEqual([]);
    region.app.clock.advance(31 * 24 * 60);
    expect(await queued(first)).toEqual(['CLOCK_BREACHED']);
    await world.open(pool.id, 0);
    const [{ episodeId } = { episodeId: '' }] = await region.app.owner<{ episodeId: string }>(
      'select episode_id as "episodeId" from referral where id = $1',
      [first],
    );
    const { person: _, ...again } = buildSubmission({ episodeId }, { latitude: world.latitude });
    const second = done(await world.get(ReferralIntakeService).submit(officer, again, command));
    // Police of another team sent the same person: what became of them is not this team’s to tell.
    const theirs = await world.wait({}, { person, sender: (await buildRegion(region.app, [])).officer });
    expect(await world.statesOf(second, theirs)).toEqual(['WAITLISTED', 'WAITLISTED']);
    const asked = `select id from clock where referral_id = $1 and kind = 'FOLLOW_UP_DAY_30' and ended_at is null`;
    const [clock] = await region.app.owner<{ id: string }>(asked, [first]);
    const answer = { clockId: clock?.id ?? '', answer: 'DECEASED' } as const;
    done(await world.get(DueClocksService).answer(coordinator, answer, command));
    const ended =
      'select r.end_reason as why, e.end_reason as wait from referral r join waitlist_entry e on e.referral_id = r.id where r.id = $1';
    expect(await region.app.owner(ended, [second])).toEqual([{ why: 'DECEASED', wait: 'DECEASED' }]);
    expect([await queued(first), await queued(second)]).toEqual([[], []]);
    expect(await world.statesOf(second, theirs)).toEqual(['CANCELLED', 'WAITLISTED']);
  });
});
