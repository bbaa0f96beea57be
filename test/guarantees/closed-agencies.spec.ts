import type { Actor } from '../../src/access';
import { ClocksService } from '../../src/clocks';
import { AdmissionService } from '../../src/referrals/admission.service';
import { AcceptanceService } from '../../src/referrals/acceptance.service';
import { ArrivalService } from '../../src/referrals/arrival.service';
import { ClosedAgenciesService } from '../../src/referrals/closed-agencies.service';
import { ReferralEndingService } from '../../src/referrals/referral-ending.service';
import { buildActor, buildStaff } from '../builders/agencies';
import { buildOutreachProgram } from '../builders/outreach';
import { buildOverdoseReport } from '../builders/overdoses';
import { done, offerAt } from '../builders/referrals';
import { brokenRows, rosterBehind, rowOfReport } from '../builders/roster';
import { teamsOf } from '../builders/teams';
import { openApp, type TestApp } from '../setup/app';
import { closingWorld, command, DAY, REVIEW } from '../setup/closing-world';

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

  const world = () => ({ app, officer, operator, coordinator: team.coordinator, latitude });
  const { empty, asks, ...tale } = closingWorld(world);
  const { program, refer, standing, there, fill, say, setAgency, admitted, stay, dueFor, kindsDue, allowed } = tale;
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
    await fill(empty.pool.id);
    // Nobody was there who could have seen them come.
    expect(await standing(first)).toMatchObject({ state: 'WAITLISTED', noShows: 0 });
    expect(await standing(last)).toMatchObject({ state: 'WAITLISTED', noShows: 1 });
    await fill((await program()).pool.id);
    app.clock.advance(121);
    await app.runDue();
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
    await Promise.allSettled([accept(racing), setAgency(closing.pool.agencyId, { isActive: false })]);
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
    await teams.leave(detox.intake);
    expect(await isTold()).toBe(true);
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
    await setAgency(closing.pool.agencyId, { isActive: false });
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
    await setAgency(closing.pool.agencyId, { isActive: true });
    expect([await allowed(stays), (await discharge(stays))?.code]).toEqual([[], 'FORBIDDEN']);
  });

  it('is spoken for the same where the last who could has left an agency that is open', async () => {
    const { pool, intake } = await program({ staffed: 20 });
    const [there, come] = [await admitted({ pool, intake }), await refer()];
    const alone = await admitted({ pool, intake }, await teams.police({ state: 'VT' }));
    done(await app.app.get(ArrivalService).recordArrival(intake, come, command));
    const agency = { id: pool.agencyId, kind: 'TREATMENT_PROVIDER' } as const;
    const system = { kind: 'SERVICE_ACCOUNT', scopes: ['BedPool:read', 'Referral:discharge'] } as const;
    const partner = await buildStaff(app.database, agency, 'PROVIDER_STAFF', system);
    const late = await teams.team({ state: 'VT' });
    await teams.sweep();
    expect([await allowed(there), await allowed(come), await kindsDue(late.coordinator, alone)]).toEqual([[], [], []]);
    await teams.leave(intake);
    // A partner system stands where its scopes reach.
    expect([await allowed(there), await allowed(come)]).toEqual([[], ['turnPersonAway']]);
    await teams.leave(partner).then(() => teams.sweep());
    expect(await kindsDue(late.coordinator, alone)).toEqual([]);
    app.clock.advance(181 * DAY);
    await teams.sweep();
    const mayEnd = [await allowed(there), await allowed(alone, late.coordinator)];
    expect(mayEnd).toEqual([['dischargePerson'], ['dischargePerson']]);
    expect(await kindsDue(late.coordinator, alone)).toEqual(['STAY_CONFIRMED']);
    // Who works there is told to nobody: not of an agency, and not to whoever does not coordinate.
    expect(await asks(team.coordinator, 'is_left_alone($1)', there)).toEqual([{ so: true }]);
    expect(await asks(late.coordinator, 'is_left_alone($1)', there)).toEqual([{ so: false }]);
    await expect(asks(team.coordinator, "has_nobody_to($1, 'discharge')", agency.id)).rejects.toThrow(
      'permission denied',
    );
    await buildStaff(app.database, agency, 'PROVIDER_STAFF');
    expect([await allowed(there), await allowed(come)]).toEqual([[], []]);
  });

  it('has left where the operator says so of a closed agency, and nobody else may: a Part 2 stay that its coordinator may not know of', async () => {
    const { pool, intake } = await program({ staffed: 20 });
    const [there, come] = [await admitted({ pool, intake }), await refer()];
    done(await app.app.get(ArrivalService).recordArrival(intake, come, command));
    await app.owner(
      `insert into person_party (agency_id, person_id, basis) select $2, person_id, 'INTAKE' from referral where id = any($1::uuid[])`,
      [[there, come], team.id],
    );
    const admin = await buildStaff(app.database, { id: pool.agencyId, kind: 'TREATMENT_PROVIDER' }, 'AGENCY_ADMIN');
    expect([await empty(operator, pool.agencyId), await empty(admin, pool.agencyId)]).toMatchObject([
      { code: 'INVALID_INPUT' },
      { code: 'FORBIDDEN' },
    ]);
    await setAgency(pool.agencyId, { isActive: false });
    expect([await allowed(there), await standing(there)]).toMatchObject([[], { state: 'ADMITTED' }]);
    await setAgency(pool.agencyId, { isEmptied: true });
    expect([await standing(there), await standing(come)]).toMatchObject([{ state: 'CLOSED' }, { state: 'WAITLISTED' }]);
    expect(await kindsDue(team.coordinator, there)).toEqual(BOTH);
    expect(await app.owner('select held, occupied from bed_pool where id = $1', [pool.id])).toEqual([
      { held: 0, occupied: 0 },
    ]);
    // Open again, it keeps who comes.
    await setAgency(pool.agencyId, { isActive: true });
    const back = await admitted({ pool, intake });
    await app.runDue();
    expect(await standing(back)).toMatchObject({ state: 'ADMITTED' });
  });

  it('is visited by another team where theirs is gone: whoever finds one, and whoever takes the county, which is free', async () => {
    const [ADA, CANYON] = ['16001', '16027'];
    const [lead, next] = [await teams.team({ state: 'ID' }), await teams.team({ state: 'ID' })];
    await buildOutreachProgram(app.database, { agencyId: lead.id, countyFips: [ADA] });
    const programId = await buildOutreachProgram(app.database, { agencyId: next.id, countyFips: [CANYON] });
    const reporter = await teams.police({ state: 'ID', coordinatingAgencyId: lead.id });
    const told = { occurredAt: app.clock.now(), where: { countyFips: ADA } };
    const overdose = async () => (await rowOfReport(app, await buildOverdoseReport(app, reporter, told))).id;
    const rows = async () => (await rosterBehind(app)).filter(({ state }) => !['CLOSED', 'VOID'].includes(state));
    const [open, tried] = [await overdose(), await overdose()];
    const attempt = { caseId: tried, channel: 'VISIT', result: 'NO_ONE_HOME', services: [] };
    await say(lead.coordinator, 'recordVisitAttempt', 'RecordVisitAttemptInput', attempt);
    expect((await rows()).map(({ state }) => state)).toEqual(['OPEN', 'TRIED']);
    await setAgency(lead.id, { isActive: false });
    await app.runDue();
    const late = await overdose();
    expect((await rows()).map(({ state }) => state)).toEqual(Array(3).fill('UNASSIGNED'));
    const finders = 'select distinct coordinator_agency_id as id from outreach_case where id = any($1)';
    expect(await app.owner(finders, [[open, tried, late]])).toEqual([{ id: next.id }]);
    const area = { id: programId, countyFips: [ADA, CANYON] };
    await say(next.coordinator, 'updateOutreachProgram', 'UpdateOutreachProgramInput', area);
    const taken = Array<object>(3).fill({ state: 'OPEN', programId });
    expect([await rows(), await brokenRows(app)]).toMatchObject([taken, []]);
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
