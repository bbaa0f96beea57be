import type { Actor } from '../../src/access';
import { ClocksService } from '../../src/clocks';
import { AdmissionService } from '../../src/referrals/admission.service';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { ClosedAgenciesService } from '../../src/referrals/closed-agencies.service';
import { ReferralEndingService } from '../../src/referrals/referral-ending.service';
import { PlaceFillingService } from '../../src/referrals/waitlist/place-filling.service';
import { OutboxDelivery } from '../../src/platform/outbox/outbox-delivery';
import { buildActor } from '../builders/agencies';
import type { PoolTraits } from '../builders/capacity';
import { buildProgramOf, buildReferral, buildSubmission, done, offerAt, type Program } from '../builders/referrals';
import { teamsOf } from '../builders/teams';
import { openApp, type TestApp } from '../setup/app';

const command = { name: 'test' };
const DAY = 24 * 60;
const REVIEW = { acceptanceMode: 'REVIEW' } as const;

describe('whoever was with an agency that is gone', () => {
  let app: TestApp;
  let teams: ReturnType<typeof teamsOf>;
  let team: { id: string; coordinator: Actor };
  let officer: Actor;
  let operator: Actor;
  /** Far from those of the test before. */
  let latitude = 20;
  beforeAll(async () => {
    app = await openApp();
    teams = teamsOf(app);
    team = await teams.team({ jurisdictions: ['39141'] });
    officer = await teams.police({ coordinatingAgencyId: team.id });
    operator = await buildActor(app.database, 'PLATFORM', 'PLATFORM_ADMIN');
  });
  beforeEach(() => {
    latitude += 2;
  });
  afterAll(() => app.close());

  const program = ({ program: more, ...traits }: PoolTraits = {}) => {
    const instant = { latitude, acceptanceMode: 'INSTANT', freshnessMinutes: DAY } as const;
    return buildProgramOf(app, {
      staffed: 5,
      attestedAt: app.clock.now(),
      ...traits,
      program: { ...instant, ...more },
    });
  };
  const refer = (need: Parameters<typeof buildSubmission>[1] = {}, sender = officer) =>
    buildReferral(app, sender, buildSubmission({}, { latitude, ...need }));
  const standing = async (id: string) =>
    (
      await app.owner<{ state: string; at: string | null; noShows: number }>(
        'select state, program_id as at, no_shows as "noShows" from referral where id = $1',
        [id],
      )
    )[0];
  const there = ({ pool: { programId } }: Program) => ({ state: 'ACCEPTED', at: programId, noShows: 0 });
  const fill = (poolId: string) => app.app.get(PlaceFillingService).fill(poolId);
  const say = async (actor: Actor, field: string, type: string, input: object) => {
    const ask = await app.as(actor);
    const sent = `mutation ($input: ${type}!) { ${field}(input: $input) { __typename ... on Refused { code } } }`;
    return (await ask<Record<string, { __typename: string; code?: string }>>(sent, { input })).data?.[field];
  };
  /** As the operator says it over the API; heard by its event alone. */
  const setActive = async (id: string, isActive: boolean) => {
    expect(await say(operator, 'updateAgency', 'UpdateAgencyInput', { id, isActive })).toEqual({
      __typename: 'Agency',
    });
    const waiting = 'select id from outbox_event where delivered_at is null order by position';
    const events = await app.owner<{ id: string }>(waiting);
    await app.app.get(OutboxDelivery).deliver(events.map((event) => event.id));
  };
  /** Came, and was admitted. */
  const admitted = async ({ intake }: Program, sender = officer) => {
    const id = await refer({}, sender);
    done(await app.app.get(ArrivalService).recordArrival(intake, id, command));
    done(await app.app.get(AdmissionService).admit(intake, id, command));
    return id;
  };
  /** … and has gone home. */
  const stay = async (program: Program, sender = officer) => {
    const { intake } = program;
    const id = await admitted(program, sender);
    const over = { referralId: id, outcome: 'COMPLETED', nextLevelsOfCare: [] };
    expect(await say(intake, 'dischargePerson', 'DischargePersonInput', over)).toEqual({ __typename: 'Referral' });
    return id;
  };
  const dueFor = async (coordinator: Actor, id: string) => {
    const ask = await app.as(coordinator);
    const { data } = await ask<{ dueClocks: { nodes: { id: string; kind: string; referral: { id: string } }[] } }>(
      '{ dueClocks(first: 100) { nodes { id kind referral { id } } } }',
    );
    return data?.dueClocks.nodes.filter(({ referral }) => referral.id === id) ?? [];
  };
  const kindsDue = async (coordinator: Actor, id: string) => (await dueFor(coordinator, id)).map(({ kind }) => kind);
  const BOTH = ['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'];

  // First, while there is little else that time does something to.
  it('waits on while a doctor sees them first, and nothing ends it in silence', async () => {
    const id = await refer({ injects: true });
    const { pool, intake } = await program({ staffed: 1 });
    await fill(pool.id);
    done(await app.app.get(ArrivalService).recordArrival(intake, id, command));
    done(await app.app.get(AdmissionService).turnAway(intake, id, 'MEDICALLY_UNSTABLE', command));
    app.clock.advance(15 * DAY);
    await app.runDue();
    expect(await standing(id)).toMatchObject({ state: 'NEEDS_INFO' });
    const breached = `select breach_count as n from clock where referral_id = $1 and kind = 'ADMISSION' and ended_at is null`;
    expect(await app.owner(breached, [id])).toEqual([{ n: 1 }]);
    expect((await teams.handsOn(team.coordinator, id)).isQueued).toBe(true);
    const cleared = { referralId: id, isMedicallyCleared: true, notKnown: [] };
    expect(await say(team.coordinator, 'provideReferralInfo', 'ProvideReferralInfoInput', cleared)).toEqual({
      __typename: 'Referral',
    });
    expect((await standing(id))?.state).toBe('WAITLISTED');
  });

  it('is sent to no program that takes people at once and where nobody works who could receive them', async () => {
    const empty = await program();
    const [first, last] = [await refer(), await refer({}, await teams.police({ state: 'SD' }))];
    expect([await standing(first), await standing(last)]).toEqual([there(empty), there(empty)]);
    await app.owner('update referral set no_shows = 1 where id = $1', [last]);
    await teams.leave(empty.intake);
    expect(await standing(await refer())).toMatchObject({ state: 'WAITLISTED' });
    app.clock.advance(121);
    await app.runDue();
    expect(await standing(first)).toMatchObject({ state: 'WAITLISTED', noShows: 1 });
    await fill(empty.pool.id);
    expect(await standing(first)).toMatchObject({ state: 'WAITLISTED', noShows: 1 });
    // Whoever never came, and whom nobody coordinates, is asked after by the team that comes.
    expect(await standing(last)).toMatchObject({ state: 'CLOSED' });
    const late = await teams.team({ state: 'SD' });
    await teams.sweep();
    expect(await kindsDue(late.coordinator, last)).toEqual(BOTH);
  });

  it('is put to others: a closed agency has no free place on the board, in a match, or for those who wait', async () => {
    const waiting = await refer({ injects: true });
    const near = await program();
    const onBoard = async () => {
      const ask = await app.as(officer);
      const { data } = await ask<{ bedBoard: { nodes: { id: string }[] } }>(
        '{ bedBoard(first: 100) { nodes { id } } }',
      );
      return data?.bedBoard.nodes.some(({ id }) => id === near.pool.id);
    };
    expect(await onBoard()).toBe(true);
    await teams.close(near.pool.agencyId);
    expect(await onBoard()).toBe(false);
    await fill(near.pool.id);
    expect(await standing(waiting)).toMatchObject({ state: 'WAITLISTED' });
    const far = await program({ program: { longitude: -83.2 } });
    await fill(far.pool.id);
    expect([await standing(waiting), await standing(await refer())]).toMatchObject([
      { at: far.pool.programId },
      { at: far.pool.programId },
    ]);
  });

  it('goes on at once, with no silence waited for and no absence counted', async () => {
    const closing = await program({ program: REVIEW });
    const [asked, placed, racing] = [await refer(), await refer(), await refer()];
    const accept = async (id: string) => {
      const offer = await offerAt(app, id, closing.intake.agencyId);
      return app.app.get(AcceptanceService).accept(closing.intake, offer, command);
    };
    done(await accept(placed));
    const next = await program({ program: { longitude: -83.2 } });
    // Whichever comes first: an acceptance that was under way is undone like one from before.
    await Promise.allSettled([accept(racing), setActive(closing.pool.agencyId, false)]);
    expect([await standing(asked), await standing(placed)]).toEqual([there(next), there(next)]);
    await app.app.get(ClosedAgenciesService).sweep();
    expect(await standing(racing)).toEqual(there(next));
    const ended =
      'select state, withdraw_reason as why from offer where referral_id = any($1) and agency_id = $2 order by referral_id';
    expect(await app.owner(ended, [[asked, placed], closing.pool.agencyId])).toEqual([
      { state: 'WITHDRAWN', why: 'PROGRAM_CLOSED' },
      { state: 'ACCEPTED', why: 'PLACE_GIVEN_UP' },
    ]);
    expect(
      await app.owner(
        'select 1 from clock where owner_agency_id = $1 and referral_id is not null and ended_at is null',
        [closing.pool.agencyId],
      ),
    ).toEqual([]);
    expect(await app.owner('select held from bed_pool where id = $1', [closing.pool.id])).toEqual([{ held: 0 }]);
  });

  it('is asked after by another team when theirs is gone, by one that comes later, and else the operator is told', async () => {
    const detox = await program();
    const [closing, left] = [await teams.team({ state: 'MT' }), await teams.team({ state: 'MT' })];
    const sent = async ({ id }: { id: string }) => teams.police({ state: 'MT', coordinatingAgencyId: id });
    const [led, lost] = [await stay(detox, await sent(closing)), await stay(detox, await sent(left))];
    const alone = await stay(detox, await teams.police({ state: 'ND' }));
    await Promise.all([teams.close(closing.id), teams.leave(left.coordinator)]);
    const next = await teams.team({ state: 'MT' });
    await teams.sweep();
    expect([await kindsDue(next.coordinator, led), await kindsDue(next.coordinator, lost)]).toEqual([BOTH, BOTH]);
    // Nobody coordinates: the program is to ask, and is closed.
    const isTold = () => app.app.get(ClocksService).isOverdueForOperator(detox.pool.agencyId);
    app.clock.advance(31 * DAY);
    expect(await isTold()).toBe(false);
    await teams.close(detox.pool.agencyId);
    expect(await isTold()).toBe(true);
    const late = await teams.team({ state: 'ND' });
    await teams.sweep();
    expect([await kindsDue(late.coordinator, alone), await isTold()]).toEqual([BOTH, false]);
    // Who has died, or does not want to be asked, is not asked for again.
    for (const [id, answer, others] of [
      [led, 'DECEASED', BOTH],
      [lost, 'DECLINED_CONTACT', []],
    ] as const) {
      const [day30] = await dueFor(next.coordinator, id);
      const answered = await say(next.coordinator, 'answerClock', 'AnswerClockInput', { clockId: day30?.id, answer });
      expect(answered).toEqual({ __typename: 'Clock' });
      expect([await kindsDue(next.coordinator, id), await kindsDue(next.coordinator, lost)]).toEqual([[], others]);
    }
  });

  it('is spoken for by who coordinates, while they are at a closed agency: that they have left, and nothing of its judgement', async () => {
    const closing = await program({ staffed: 20 });
    const [there, come, stays] = [await admitted(closing), await refer(), await admitted(closing)];
    const alone = await admitted(closing, await teams.police({ state: 'WY' }));
    done(await app.app.get(ArrivalService).recordArrival(closing.intake, come, command));
    const allowed = async (id: string, actor = team.coordinator) => {
      const ask = await app.as(actor);
      const seen = await ask<{ referral: { allowedActions: string[] } }>(
        'query ($id: ID!) { referral(id: $id) { allowedActions } }',
        { id },
      );
      return seen.data?.referral.allowedActions;
    };
    const discharge = (referralId: string, nextLevelsOfCare: string[] = []) =>
      say(team.coordinator, 'dischargePerson', 'DischargePersonInput', {
        referralId,
        outcome: 'DISCHARGED_BY_PROGRAM',
        nextLevelsOfCare,
        currentMedications: [],
      });
    const sendOn = (reason: string) =>
      say(team.coordinator, 'turnPersonAway', 'TurnAwayInput', { referralId: come, reason });
    expect([await allowed(there), (await discharge(there))?.code, (await sendOn('NO_PLACE'))?.code]).toEqual([
      [],
      'FORBIDDEN',
      'FORBIDDEN',
    ]);
    await setActive(closing.pool.agencyId, false);
    expect([await allowed(there), await allowed(come)]).toEqual([['dischargePerson'], ['turnPersonAway']]);
    expect(await allowed(there, officer)).not.toContain('dischargePerson');
    expect([await discharge(there, ['ASAM_3_5']), await sendOn('OUTSIDE_ADMISSION_CRITERIA')]).toMatchObject([
      { code: 'INVALID_INPUT' },
      { code: 'INVALID_INPUT' },
    ]);
    const next = await program({ program: { longitude: -83.2 } });
    expect([await discharge(there), await sendOn('NO_PLACE')]).toEqual([
      { __typename: 'Referral' },
      { __typename: 'Referral' },
    ]);
    expect([await standing(there), await standing(come)]).toMatchObject([
      { state: 'CLOSED' },
      { state: 'ACCEPTED', at: next.pool.programId },
    ]);
    expect(await kindsDue(team.coordinator, there)).toEqual(BOTH);
    // Nobody coordinated: a team that comes is told of the stay, and may end it.
    const late = await teams.team({ state: 'WY' });
    await teams.sweep();
    expect([await kindsDue(late.coordinator, alone), await allowed(alone, late.coordinator)]).toEqual([
      ['STAY_CONFIRMED'],
      ['dischargePerson'],
    ]);
    await setActive(closing.pool.agencyId, true);
    expect([await allowed(stays), (await discharge(stays))?.code]).toEqual([[], 'FORBIDDEN']);
  });

  it('leaves a program word that its kept place was given up, and not why', async () => {
    const [detox, other] = [await program(), await program()];
    const [id, scheduled] = [await refer(), await refer()];
    const at = new Date(app.clock.now().getTime() + 3_600_000);
    const { at: programId } = (await standing(id)) ?? {};
    const { intake } = programId === detox.pool.programId ? detox : other;
    done(await app.app.get(ArrivalService).schedule(intake, scheduled, at, command));
    const offers = await Promise.all([id, scheduled].map((one) => offerAt(app, one, intake.agencyId)));
    done(await app.app.get(ReferralEndingService).cancel(officer, id, 'PLACED_ELSEWHERE', command));
    done(await app.app.get(ReferralEndingService).recall(officer, scheduled, command));
    const news = `select subject_id as id from outbox_event where name = 'offer.ended' and subject_id = any($1::uuid[]) order by position`;
    expect(await app.owner(news, [offers])).toEqual(offers.map((one) => ({ id: one })));
    const ask = await app.as(intake);
    const { data } = await ask<{ offers: { nodes: { id: string }[] } }>(
      '{ offers(first: 20) { nodes { id state withdrawReason referral { id } } } }',
    );
    for (const one of offers) {
      const shown = { id: one, state: 'ACCEPTED', withdrawReason: 'PLACE_GIVEN_UP', referral: null };
      expect(data?.offers.nodes).toContainEqual(shown);
    }
  });
});
