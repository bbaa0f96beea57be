import type { Actor } from '../../src/access';
import { consent as signed } from '../../src/cli/walkthrough/people';
import { AdmissionService } from '../../src/referrals/admission.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { DischargeService } from '../../src/referrals/discharge.service';
import { OfferResponseService } from '../../src/referrals/offer-response.service';
import { ReferralEndingService } from '../../src/referrals/referral-ending.service';
import { ReferralInfoService } from '../../src/referrals/referral-info.service';
import { WaitlistRemovalService } from '../../src/referrals/waitlist/waitlist-removal.service';
import { buildAgency, buildStaff } from '../builders/agencies';
import { buildSubmission, done, offerAt } from '../builders/referrals';
import { teamsOf } from '../builders/teams';
import type { TestApp } from '../setup/app';
import { INSTANT, WaitlistWorld } from '../setup/waitlist-world';

const command = { name: 'test' };

describe('people who wait', () => {
  let world: WaitlistWorld;
  let app: TestApp;
  beforeAll(async () => {
    world = await WaitlistWorld.open();
    app = world.app;
  });
  beforeEach(() => world.begin());
  afterAll(() => world.close());

  /** Somebody with a name, whom consents can speak of. */
  const wait = (need: Parameters<typeof buildSubmission>[1] = {}, sender = world.region.officer) =>
    world.wait(need, { sender, person: buildSubmission().person ?? {} });

  it('are given a place in their turn also while another program has asked for facts of them, unless a doctor comes first', async () => {
    const review = await world.program({});
    const [later, first] = [await wait(), await wait({ injects: true })];
    await world.open(review.pool.id, 1);
    await world.fill(review.pool.id);
    expect(await world.statesOf(later, first)).toEqual(['WAITLISTED', 'OFFERED']);
    const asked = await offerAt(app, first, review.intake.agencyId);
    done(await app.app.get(OfferResponseService).acknowledge(review.intake, asked, command));
    const ask = async (...missing: ('PAYER' | 'MEDICAL_CLEARANCE')[]) =>
      done(await app.app.get(ReferralInfoService).requestInfo(review.intake, { referralId: first, missing }, command));
    await ask('PAYER');
    expect(await world.statesOf(later, first)).toEqual(['WAITLISTED', 'NEEDS_INFO']);
    // A program that reviews as well does not hear of whom the other considers, and the row says so.
    const other = await world.program({});
    await world.open(other.pool.id, 1);
    await world.fill(other.pool.id);
    expect(await world.statesOf(later, first)).toEqual(['OFFERED', 'NEEDS_INFO']);
    const rulesAt = async (poolId: string) =>
      (
        await app.owner<{ rules: string[] }>(
          'select rules from place_consideration where referral_id = $1 and pool_id = $2',
          [first, poolId],
        )
      ).map(({ rules }) => rules);
    expect(await rulesAt(other.pool.id)).toEqual([['BEFORE_ANOTHER_PROGRAM']]);
    const [near, far] = [await world.program({ program: INSTANT }), await world.program({ program: INSTANT })];
    await ask('MEDICAL_CLEARANCE');
    await world.open(near.pool.id, 1);
    await world.fill(near.pool.id);
    expect(await rulesAt(near.pool.id)).toEqual([['FACTS_MISSING']]);
    expect(await world.statesOf(later, first)).toEqual(['ACCEPTED', 'NEEDS_INFO']);
    const cleared = { referralId: first, isMedicallyCleared: true, notKnown: [] };
    done(await app.app.get(ReferralInfoService).provideInfo(world.region.officer, cleared, command));
    expect((await world.placeOf(first)).state).toBe('NEEDS_INFO');
    await world.open(other.pool.id, 0);
    await world.open(far.pool.id, 1);
    // Nor does somebody new go past them.
    expect((await world.placeOf(await wait())).state).toBe('WAITLISTED');
    await world.fill(far.pool.id);
    expect(await world.placeOf(first)).toEqual({ state: 'ACCEPTED', programId: far.pool.programId });
    expect(
      await app.owner(`select 1 from clock where referral_id = $1 and kind = 'INFO_PROVIDED' and ended_at is null`, [
        first,
      ]),
    ).toEqual([]);
  });

  describe('whose sender has no team', () => {
    const all = { isQueued: true, due: 3, acted: 'WaitlistEntry' };
    const none = { isQueued: false, due: 0, acted: 'Refused' };
    let teams: ReturnType<typeof teamsOf>;
    beforeAll(() => {
      teams = teamsOf(app);
    });

    it('are in the hands of one where they are, else of one of the state, and of another when it closes', async () => {
      const near = await teams.team({ jurisdictions: ['39141'] });
      await teams.team({ jurisdictions: ['39145'] });
      await buildAgency(app.database, { kind: 'OUTREACH_TEAM', jurisdictions: ['39141'] });
      const id = await wait({ latitude: 39.33, longitude: -82.98, language: 'so' }, await teams.police());
      expect(await teams.handsOn(near.coordinator, id)).toEqual(all);
      await teams.close(near.id);
      const next = await teams.team({ jurisdictions: ['39141'] });
      await teams.sweep();
      expect(await teams.handsOn(next.coordinator, id)).toEqual(all);
      const parties = `select agency_id as id from referral_party where referral_id = $1 and side = 'COORDINATING'`;
      expect(await app.owner(parties, [id])).toEqual([{ id: next.id }]);
    });

    it('are in the hands of a team as soon as there is one, and of the sender’s own before any other', async () => {
      const officer = await teams.police({ state: 'WY' });
      const id = await wait({}, officer);
      const elsewhere = await teams.team();
      await teams.sweep();
      expect(await teams.handsOn(elsewhere.coordinator, id)).toEqual(none);
      const asOfficer = await app.as(officer);
      const receipt = async () =>
        asOfficer(
          `query ($id: ID!) { referral(id: $id) { progress missing nextStep allowedActions state waitlistEntry { id } } }`,
          { id },
        );
      const consent = { referralId: id, consent: signed('IDENTITY_TO_COORDINATOR') };
      const say = () =>
        asOfficer(
          `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { ... on Refused { code details } } }`,
          { input: consent },
        );
      const before = [await receipt(), await say()];
      const inState = await teams.team({ state: 'WY' });
      await teams.sweep();
      expect(await teams.handsOn(inState.coordinator, id)).toEqual(all);
      // The sender hears nothing of it.
      expect([await receipt(), await say()]).toEqual(before);
      const own = await teams.team({ state: 'WY' });
      await app.owner('update agency set coordinating_agency_id = $2 where id = $1', [officer.agencyId, own.id]);
      await teams.sweep();
      expect(await teams.handsOn(inState.coordinator, id)).toEqual(none);
      expect(await teams.handsOn(own.coordinator, id)).toEqual(all);
      await teams.sweep();
      const led = `select details->>'isByPlace' as "isByPlace" from audit_entry where action = 'referral.coordinated' and subject_id = $1 order by at`;
      expect(await app.owner(led, [id])).toEqual([{ isByPlace: 'true' }, { isByPlace: 'false' }]);
    });

    it('are in the hands of another when the last coordinator leaves, and of their own again when one comes', async () => {
      const own = await teams.team({ state: 'MT' });
      const id = await wait({}, await teams.police({ state: 'MT', coordinatingAgencyId: own.id }));
      const second = await teams.team({ state: 'MT' });
      await teams.sweep();
      expect(await teams.of(id)).toEqual([own.id]);
      await teams.leave(own.coordinator);
      await teams.sweep();
      expect(await teams.handsOn(second.coordinator, id)).toEqual(all);
      await teams.leave(second.coordinator);
      const third = await teams.team({ state: 'MT' });
      await teams.sweep();
      expect(await teams.handsOn(third.coordinator, id)).toEqual(all);
      const newcomer = await buildStaff(app.database, { id: own.id, kind: 'OUTREACH_TEAM' }, 'COORDINATOR');
      await teams.sweep();
      expect([await teams.handsOn(third.coordinator, id), await teams.handsOn(newcomer, id)]).toEqual([none, all]);
    });

    it('are in the hands of one with a coordinator from the start, whoever the sender named', async () => {
      const empty = await buildAgency(app.database, { kind: 'OUTREACH_TEAM', state: 'ND' });
      const near = await teams.team({ state: 'ND' });
      const id = await wait({}, await teams.police({ state: 'ND', coordinatingAgencyId: empty.id }));
      expect(await teams.handsOn(near.coordinator, id)).toEqual(all);
    });

    it('are handed on also while they are offered, and their sender cannot tell who waits by a team that closed', async () => {
      const own = await teams.team({ state: 'NE' });
      const officer = await teams.police({ state: 'NE', coordinatingAgencyId: own.id });
      await world.program({ staffed: 1 });
      const [offered, waiting] = [await wait({}, officer), await wait({ language: 'so' }, officer)];
      expect(await world.statesOf(offered, waiting)).toEqual(['OFFERED', 'WAITLISTED']);
      await teams.close(own.id);
      await app.owner('update agency set coordinating_agency_id = null where id = $1', [officer.agencyId]);
      const ask = await app.as(officer);
      const say = async (referralId: string) =>
        ask(
          `mutation ($input: RecordConsentInput!) { recordConsent(input: $input) { __typename ... on Refused { code field } } }`,
          {
            input: { referralId, consent: signed('IDENTITY_TO_COORDINATOR') },
          },
        );
      const refused = { data: { recordConsent: { __typename: 'Refused' } } };
      expect([await say(offered), await say(waiting)]).toMatchObject([refused, refused]);
      const next = await teams.team({ state: 'NE' });
      await teams.sweep();
      expect([await teams.of(offered), await teams.of(waiting)]).toEqual([[next.id], [next.id]]);
      expect(await teams.handsOn(next.coordinator, offered)).toMatchObject({ due: 2 });
      expect(await say(offered)).toEqual(await say(waiting));
    });
  });

  describe('after a stay', () => {
    const WITHIN = `select kind from clock where referral_id = $1 and kind like 'FOLLOW_UP%' and ended_at is null order by kind`;
    const followUps = async (id: string) => (await app.owner<{ kind: string }>(WITHIN, [id])).map(({ kind }) => kind);
    /** Admitted, discharged, and referred on to what nobody has. */
    const sentOn = async (intake: Actor, id: string) => {
      done(await world.get(ArrivalService).recordArrival(intake, id, command));
      done(await world.get(AdmissionService).admit(intake, id, command));
      const next = { nextLevelsOfCare: ['ASAM_4_0'], currentMedications: [] } as const;
      const discharge = { referralId: id, outcome: 'TRANSFERRED', ...next } as const;
      done(await world.get(DischargeService).discharge(intake, discharge, command));
      const [on] = await app.owner<{ id: string; state: string; isByPlace: boolean }>(
        `select n.id, n.state, n.is_team_by_place as "isByPlace" from referral n join referral r on r.episode_id = n.episode_id
         where r.id = $1 and n.id <> $1`,
        [id],
      );
      expect(on?.state).toBe('WAITLISTED');
      return on!;
    };
    const DETOX = { ...INSTANT, part2Program: false };
    const stay = async () => {
      const detox = await world.program({ staffed: 1, program: DETOX });
      const first = await wait();
      const { id: next } = await sentOn(detox.intake, first);
      return { first, next, intake: detox.intake };
    };
    const BOTH = ['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'];
    const ending = () => app.app.get(ReferralEndingService);

    it.each([
      [
        'is cancelled',
        async (id: string) => ending().cancel(world.region.coordinator, id, 'PLACED_ELSEWHERE', command),
        BOTH,
      ],
      [
        'is taken off the list',
        async (id: string) =>
          app.app.get(WaitlistRemovalService).remove(world.region.coordinator, id, 'HOSPITALIZED', command),
        BOTH,
      ],
      [
        'ends with their death',
        async (id: string) => ending().cancel(world.region.coordinator, id, 'DECEASED', command),
        [],
      ],
    ])('are asked how they are, also where the next step %s', async (_, ends, left) => {
      const { first, next } = await stay();
      expect(await followUps(first)).toEqual(BOTH);
      done(await ends(next));
      expect(await followUps(first)).toEqual(left);
    });

    it('are in the hands of the program’s own team on their next step, else of the team they had, until it has one', async () => {
      const teams = teamsOf(app);
      const near = await teams.team({ state: 'KS' });
      const officer = await teams.police({ state: 'KS' });
      /** Waited with a team by place, and is through with detox. */
      const next = async (prepare: (agencyId: string) => Promise<unknown>) => {
        await world.begin();
        const { pool, intake } = await world.program({ program: DETOX });
        const id = await wait({}, officer);
        await world.open(pool.id, 1);
        await world.fill(pool.id);
        await prepare(intake.agencyId);
        return { ...(await sentOn(intake, id)), agencyId: intake.agencyId };
      };
      const own = await teams.team({ state: 'OH' });
      const naming = 'update agency set coordinating_agency_id = $2 where id = $1';
      const name = (agencyId: string) => app.owner(naming, [agencyId, own.id]);
      const led = await next(name);
      expect([await teams.of(led.id), led.isByPlace]).toEqual([[own.id], false]);
      const kept = await next(() => Promise.resolve());
      expect([await teams.of(kept.id), kept.isByPlace]).toEqual([[near.id], true]);
      await name(kept.agencyId);
      await teams.sweep();
      expect(await teams.of(kept.id)).toEqual([own.id]);
    });

    it('are asked after it by who does so already, also where they twice do not come to the next step', async () => {
      const { first, next } = await stay();
      const { pool } = await world.program({ staffed: 1, levelOfCare: 'ASAM_4_0', program: INSTANT });
      await app.owner('update referral set no_shows = 1 where id = $1', [next]);
      await world.fill(pool.id);
      expect((await world.placeOf(next)).state).toBe('ACCEPTED');
      await app.owner(`update hold set ends_at = now() - interval '1 minute' where referral_id = $1`, [next]);
      const [hold] = await app.owner<{ id: string }>('select id from hold where referral_id = $1', [next]);
      await app.app.get(ArrivalService).expireHold(hold?.id ?? '', next, pool.agencyId);
      expect((await world.placeOf(next)).state).toBe('CLOSED');
      expect([await followUps(first), await followUps(next)]).toEqual([BOTH, []]);
    });

    it('are asked for by the program before, again and again, and no longer once it is over', async () => {
      const detox = await world.program({ staffed: 1, levelOfCare: 'ASAM_3_7', program: INSTANT });
      const id = await wait();
      done(await app.app.get(ArrivalService).recordArrival(detox.intake, id, command));
      done(await app.app.get(AdmissionService).admit(detox.intake, id, command));
      const asks = () =>
        app.owner<{ id: string; days: number; how: string | null }>(
          `select id, round(extract(epoch from due_at - started_at) / 86400)::int as days, ended_how as how from clock
           where referral_id = $1 and kind = 'STAY_CONFIRMED' order by started_at, id`,
          [id],
        );
      const [first] = await asks();
      expect([14, 15, 16, 17, 18]).toContain(first?.days);
      const [provider, team] = [await app.as(detox.intake), await app.as(world.region.coordinator)];
      const say = async (answer: string, ask = provider) =>
        (
          await ask<{ answerClock: object }>(
            'mutation ($input: AnswerClockInput!) { answerClock(input: $input) { ... on Clock { endedHow answer } ... on Refused { code } } }',
            { input: { clockId: first?.id, answer } },
          )
        ).data?.answerClock;
      expect(await say('REACHED_IN_TREATMENT')).toMatchObject({ code: 'INVALID_INPUT' });
      // Whoever coordinates reads it, and was not there to know.
      const read = 'query ($id: ID!) { clock(id: $id) { answers allowedActions } }';
      const [shown, toTeam] = await Promise.all([provider, team].map((ask) => ask(read, { id: first?.id })));
      expect(shown?.data).toEqual({ clock: { answers: ['STILL_IN_STAY'], allowedActions: ['answerClock'] } });
      expect(toTeam?.data).toEqual({ clock: { answers: [], allowedActions: [] } });
      expect(await say('STILL_IN_STAY', team)).toMatchObject({ code: 'FORBIDDEN' });
      expect(await say('STILL_IN_STAY')).toEqual({ endedHow: 'MET', answer: 'STILL_IN_STAY' });
      expect((await asks()).map(({ how }) => how)).toEqual(['MET', null]);
      const over = { referralId: id, outcome: 'COMPLETED', nextLevelsOfCare: [] } as const;
      done(await app.app.get(DischargeService).discharge(detox.intake, over, command));
      expect((await asks()).map(({ how }) => how)).toEqual(['MET', 'MET']);
      expect(await say('STILL_IN_STAY')).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
      expect((await asks()).map(({ how }) => how)).toEqual(['MET', 'MET']);
    });
  });
});
