import type { Actor } from '../../src/access';
import { isRefusal } from '../../src/kernel/refusal';
import { AtRiskFlagsService } from '../../src/outreach/at-risk/at-risk-flags.service';
import { FollowUpsService } from '../../src/outreach/roster/follow-ups.service';
import { OutreachCasesService } from '../../src/outreach/roster/outreach-cases.service';
import { OutreachReferralsService } from '../../src/outreach/roster/outreach-referrals.service';
import { OverdoseCorrectionsService } from '../../src/overdoses/overdose-corrections.service';
import type { ReportOverdoseInput } from '../../src/overdoses/report-overdose.inputs';
import type { PersonInput } from '../../src/people';
import { ReferralEndingService } from '../../src/referrals/referral-ending.service';
import { buildOverdoseReport } from '../builders/overdoses';
import { somebody, withPhone } from '../builders/person-links';
import { buildProgramOf, buildSubmission, done, type Program } from '../builders/referrals';
import { buildReporter, buildTeam, goToThursday, rowOfReport, safeOf, type BuiltTeam } from '../builders/roster';
import { openApp, type TestApp } from '../setup/app';

const command = { name: 'test' };
const ROSS = '39141';

interface Flagged {
  readonly id: string;
  readonly dueAt: Date;
}
interface FlagShown {
  readonly id: string;
  readonly mayTellBack: boolean | null;
  readonly reachedAt: string | null;
  readonly allowedActions: readonly string[];
}

/** What is said of a person later takes the place of what was said before, on every row that is theirs. */
describe('what is said anew', () => {
  let app: TestApp;
  let medic: Actor;
  let nurse: Actor;
  let ross: BuiltTeam;
  let clinic: Program;

  beforeAll(async () => {
    app = await openApp();
    goToThursday(app);
    medic = await buildReporter(app, 'EMS');
    nurse = await buildReporter(app, 'HOSPITAL');
    ross = await buildTeam(app, [ROSS]);
    clinic = await buildProgramOf(app, { staffed: 5, program: { latitude: 39.33, longitude: -82.98 } });
  });
  afterAll(() => app.close());

  const cases = () => app.app.get(OutreachCasesService);
  const daysAgo = (days: number) => new Date(app.clock.now().getTime() - days * 24 * 3_600_000);
  const rowOf = async (person: PersonInput, days: number, traits: Partial<ReportOverdoseInput> = {}) => {
    const told = { person, occurredAt: daysAgo(days), where: { countyFips: ROSS }, ...traits };
    return (await rowOfReport(app, await buildOverdoseReport(app, medic, told))).id;
  };
  const refer = (caseId: string, person?: PersonInput) => {
    const { need } = buildSubmission({}, { preferredProgramIds: [clinic.pool.programId] });
    const contact = { channel: 'VISIT', result: 'TREATMENT_REQUESTED', consents: [] } as const;
    const input = { caseId, need, ...contact, consents: [], ...(person && { person }) };
    return app.app.get(OutreachReferralsService).refer(ross.worker, input, command);
  };
  const referralOf = async (caseId: string) => {
    const [row] = await app.owner<{ id: string | null; person: string | null; cluster: string | null; name: string }>(
      `select r.id, r.person_id as person, p.family_name as name, pc.cluster_id as cluster from outreach_case c
         left join referral r on r.id = c.referral_id left join person p on p.id = r.person_id
         left join person_cluster pc on pc.person_id = p.id where c.id = $1`,
      [caseId],
    );
    return row;
  };
  const actionsOf = async (id: string) => {
    const query = `query ($id: ID!) { outreachCase(id: $id) { allowedActions } }`;
    const { data } = await (await app.as(ross.worker))<{ outreachCase: { allowedActions: string[] } }>(query, { id });
    return data?.outreachCase.allowedActions;
  };

  it('refers nobody who has died: of a family somebody is named', async () => {
    const caseId = await rowOf(somebody(), 0.1, { isFatal: true });
    expect(await refer(caseId)).toMatchObject({ code: 'INVALID_INPUT', details: { field: 'input.person' } });
    expect(await referralOf(caseId)).toMatchObject({ id: null });
    done(await refer(caseId, { familyName: 'Sister', ageYears: 40, sex: 'FEMALE' }));
    expect(await referralOf(caseId)).toMatchObject({ name: 'Sister', cluster: null });
  });

  it('refers a person once, also from two rows at the same time, and one place is kept', async () => {
    const person = withPhone();
    const rows = [await rowOf(person, 6), await rowOf(person, 0.2)] as const;
    const answers = await Promise.all(rows.map((id) => refer(id)));
    const refused = answers.filter(isRefusal);
    expect(refused).toMatchObject([{ code: 'ALREADY_EXISTS', details: { field: 'input.caseId' } }]);
    const taken = (await Promise.all(rows.map(referralOf))).filter((row) => row?.id !== null);
    expect(taken.map((row) => row?.id)).toEqual([refused[0]?.details['referralId']]);
    const [left = ''] = rows.filter((_id, at) => isRefusal(answers[at]));
    const [kept = ''] = rows.filter((id) => id !== left);
    expect(await actionsOf(kept)).not.toContain('referFromOutreach');
    // Whom the team took in is whoever its row is of, and is not taken in a second time.
    const [row] = await app.owner<{ cluster: string }>(
      'select pc.cluster_id as cluster from outreach_case c join person_cluster pc on pc.person_id = c.person_id where c.id = $1',
      [kept],
    );
    expect(taken).toMatchObject([{ cluster: row?.cluster }]);
    const { id = '', person: first } = taken[0] ?? {};
    done(await app.app.get(ReferralEndingService).cancel(ross.worker, id ?? '', 'PLACED_ELSEWHERE', command));
    done(await refer(left));
    expect(await referralOf(left)).toMatchObject({ person: first });
  });

  const flag = async (person: PersonInput, traits: object = {}, by = nurse) => {
    const told = { reasons: ['WITHDRAWAL' as const], opens: ['OUTREACH' as const], consents: [], countyFips: ROSS };
    const input = { ...told, consentState: 'WRITTEN', wantsContact: true, person, ...traits } as const;
    const id = done(await app.app.get(AtRiskFlagsService).flag(by, input, command));
    const [row] = await app.owner<Flagged>(
      `select c.id, c.due_at as "dueAt" from outreach_case c
         join at_risk_flag f on f.case_id = c.id where f.id = $1`,
      [id],
    );
    const due = Math.round((Number(row?.dueAt) - app.clock.now().getTime()) / 3_600_000);
    return { id, caseId: row?.id ?? '', due };
  };
  const inHours = (hours: number) => daysAgo(-hours / 24);
  const isPlanned = async (caseId: string, day: Date) => {
    const { data } = await (
      await app.as(ross.worker)
    )<{ outreachPlan: { unlocated: { id: string }[] } }>(
      `query ($id: ID!, $day: Date!) { outreachPlan(programId: $id, day: $day, latitude: 39, longitude: -83) { unlocated { id } } }`,
      { id: ross.programId, day: day.toISOString().slice(0, 10) },
    );
    return data?.outreachPlan.unlocated.some(({ id }) => id === caseId);
  };

  it('is when a hospital lets a patient go: its last word, and of several hospitals the latest', async () => {
    const [person, elsewhere] = [somebody(), await buildReporter(app, 'HOSPITAL')];
    const { caseId, due } = await flag(person, { dischargeAt: inHours(60 * 24) });
    expect(due).toBe(62 * 24);
    // Nobody is sent to the home of who is in hospital.
    expect(await Promise.all([daysAgo(0), inHours(60 * 24)].map((day) => isPlanned(caseId, day)))).toEqual([
      false,
      true,
    ]);
    expect(await flag(person, { dischargeAt: inHours(40) }, elsewhere)).toMatchObject({ caseId, due: 62 * 24 });
    expect(await flag(person, { reasons: ['PREGNANT'] })).toMatchObject({ caseId, due: 62 * 24 });
    const left = { reasons: ['DISCHARGE_AGAINST_ADVICE'], dischargeAt: inHours(-0.25) };
    expect(await flag(person, left)).toMatchObject({ caseId, due: 88 });
    expect(await flag(person, { dischargeAt: inHours(-1) }, elsewhere)).toMatchObject({ caseId, due: 48 });
    expect(await isPlanned(caseId, daysAgo(0))).toBe(true);
  });

  const flagsOf = async (ids: readonly string[]) => {
    const query = '{ atRiskFlags { nodes { id mayTellBack reachedAt allowedActions } } }';
    const { data } = await (await app.as(nurse))<{ atRiskFlags: { nodes: FlagShown[] } }>(query);
    return ids.map((id) => {
      const one = data?.atRiskFlags.nodes.find((shown) => shown.id === id);
      return [one?.mayTellBack, one?.reachedAt != null, one?.allowedActions.includes('withdrawTellBack')];
    });
  };
  const reach = async (caseId: string, traits: object = {}) => {
    const contact = { channel: 'VISIT', result: 'ENGAGED', leftBehind: 'NEVER', services: [] } as const;
    done(await cases().attempt(ross.worker, { ...contact, services: [], caseId, ...traits }, command));
  };
  const [TOLD, KEPT] = [
    [true, true, true],
    [false, false, false],
  ];

  it('is whether the hospital learns that a patient was reached', async () => {
    const [person, other, third] = [somebody(), somebody(), somebody()];
    const first = await flag(person, { mayTellBack: true });
    const again = await flag(person);
    await reach(again.caseId);
    expect(await flagsOf([first.id, again.id])).toEqual([TOLD, KEPT]);
    const refused = await flag(person, { mayTellBack: false });
    expect(await flagsOf([first.id, refused.id])).toEqual([KEPT, KEPT]);
    const one = await flag(other, { mayTellBack: true });
    await reach(one.caseId);
    const stranger = await buildReporter(app, 'HOSPITAL');
    const withdraw = (who: Actor) => app.app.get(AtRiskFlagsService).withdrawTellBack(who, one.id, command);
    expect(await withdraw(stranger)).toMatchObject({ code: 'NOT_FOUND' });
    done(await withdraw(nurse));
    expect(await flagsOf([one.id])).toEqual([KEPT]);
    expect(await withdraw(nurse)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const last = await flag(third, { mayTellBack: true });
    await reach(last.caseId);
    done(await cases().close(ross.worker, { caseId: last.caseId }, command));
    done(await cases().optOut(ross.worker, last.caseId, command));
    // As if nobody had reached them: that they opted out the hospital does not learn.
    expect(await flagsOf([last.id])).toEqual([[true, false, true]]);
  });

  const asked = async (caseId: string) =>
    (
      await app.owner<{ how: string }>(
        `select coalesce(answer, ended_how, 'RUNS') as how from clock where subject_id = $1 and kind like 'FOLLOW_UP%' order by started_at, due_at`,
        [caseId],
      )
    ).map(({ how }) => how);
  const [RUN, ENDED] = [
    ['RUNS', 'RUNS'],
    ['CANCELLED', 'CANCELLED'],
  ];
  const followed = async (person: PersonInput, days: number, mayContactAgain: boolean) => {
    const caseId = await rowOf(person, days);
    await reach(caseId, { mayContactAgain });
    done(await cases().close(ross.worker, { caseId }, command));
    return caseId;
  };

  it('is whether somebody may be asked how they are, on whichever row, and once a case has ended', async () => {
    const person = withPhone();
    const [early, late] = [await followed(person, 6, true), await followed(person, 0.2, false)];
    expect([await asked(early), await asked(late)]).toEqual([ENDED, []]);
    const agree = (caseId: string, mayContactAgain: boolean) =>
      cases().update(ross.worker, { caseId, mayContactAgain }, command);
    done(await agree(late, true));
    expect([await asked(early), await asked(late)]).toEqual([ENDED, RUN]);
    const answer = (kind: 'FOLLOW_UP_DAY_30', said: 'REACHED_IN_TREATMENT' | 'DECLINED_CONTACT') =>
      app.app.get(FollowUpsService).answer(ross.worker, { caseId: late, kind, answer: said }, command);
    expect(await answer('FOLLOW_UP_DAY_30', 'REACHED_IN_TREATMENT')).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    done(await agree(late, false));
    expect(await asked(late)).toEqual(ENDED);
    done(await agree(late, true));
    done(await answer('FOLLOW_UP_DAY_30', 'DECLINED_CONTACT'));
    expect((await asked(late)).slice(2)).toEqual(['DECLINED_CONTACT', 'CANCELLED']);
    done(await cases().optOut(ross.worker, late, command));
    expect(await agree(late, true)).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
  });

  it('is that somebody has died, and that they have not', async () => {
    const person = withPhone();
    const caseId = await followed(person, 2, true);
    const death = { person, occurredAt: daysAgo(0.1), where: { countyFips: ROSS }, isFatal: true };
    const reportId = await buildOverdoseReport(app, medic, death);
    expect(await asked(caseId)).toEqual(['DECEASED', 'DECEASED']);
    for (const mayContactAgain of [false, true]) {
      done(await cases().update(ross.worker, { caseId, mayContactAgain }, command));
    }
    expect((await asked(caseId)).slice(2)).toEqual(['DECEASED', 'DECEASED']);
    const retract = { reportId, because: 'WRONG_PERSON' } as const;
    done(await app.app.get(OverdoseCorrectionsService).retract(medic, retract, command));
    expect((await asked(caseId)).slice(4)).toEqual(RUN);
  });

  it('is where a family lives: nobody told it with the death, and the team has been there', async () => {
    const person = withPhone();
    const residence = { countyFips: ROSS, address: '8 Earlier Street' };
    await rowOf(person, 5, { residence });
    const death = { where: { countyFips: ROSS, place: 'A park' }, isFatal: true };
    const caseId = await rowOf(person, 0.1, death);
    const address = async () =>
      (await safeOf(app, ross, caseId)) as { readonly address: string; readonly addressBasis: string };
    expect(await address()).toMatchObject({ address: residence.address, addressBasis: 'RESIDENCE' });
    // The hospital tells of the same death, and where the family lives now.
    const told = { ...death, person, occurredAt: daysAgo(0.1), residence: { ...residence, address: '9 Later Street' } };
    await buildOverdoseReport(app, nurse, told);
    expect(await address()).toMatchObject({ address: '9 Later Street' });
  });

  it('is of a week that begins on a Monday', async () => {
    const query = `query ($id: ID!, $week: Date!, $since: DateTime!) { outreachMeeting(programId: $id, week: $week, since: $since) { week } }`;
    const ask = await app.as(ross.worker);
    const variables = { id: ross.programId, since: daysAgo(1), week: '2026-11-25' };
    const { errors } = await ask(query, variables);
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'week' });
    expect((await ask(query, { ...variables, week: '2026-11-23' })).errors).toEqual([]);
  });
});
