import type { Actor } from '../../src/access';
import { HandOversService } from '../../src/outreach/roster/hand-overs.service';
import { OptOutDecisionsService } from '../../src/outreach/roster/opt-out-decisions.service';
import { OutreachCasesService } from '../../src/outreach/roster/outreach-cases.service';
import type { ReportOverdoseInput } from '../../src/overdoses/report-overdose.inputs';
import { buildAgency, buildStaff } from '../builders/agencies';
import { buildOverdoseReport } from '../builders/overdoses';
import { done } from '../builders/referrals';
import { buildReporter, buildTeam, goToThursday, rowOfReport, type BuiltTeam } from '../builders/roster';
import { openApp, type TestApp } from '../setup/app';
import { byHospital, byOfficer, forMethadone, identityToCoordinator, programId, Region } from './region';

const somali = { ...byHospital, need: { ...byOfficer.need, language: 'so' } };

describe('a coordinator', () => {
  let region: Region;

  beforeAll(async () => {
    region = await Region.open();
  });
  afterAll(() => region.close());

  it('sees the path of what their agencies sent, and names with consent only', async () => {
    const id = await region.refer('officer', byOfficer);
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'ACCEPTED', person: null, need: {} });
    expect(await region.look('outreach', id)).toBeNull();
    const named = await region.refer('officer', { ...byOfficer, consents: [identityToCoordinator] });
    expect(await region.look('coordinator', named)).toMatchObject({ person: { familyName: 'Sample' } });
  });

  it('is told why a need is unmet, and no hard rule can be passed over', async () => {
    const id = await region.refer('hospital', somali);
    expect(await region.look('hospital', id)).toMatchObject({ unmetNeed: { rules: ['LANGUAGE'] } });
    const seen = await region.look('coordinator', id);
    expect(seen).toMatchObject({ state: 'WAITLISTED' });
    const detox = seen?.matchRuns?.[0]?.verdicts?.find(({ program }) => program?.id === programId('detox'));
    expect(detox).toMatchObject({ isEligible: false, removedBy: [{ rule: 'LANGUAGE' }] });
    const offer = { referralId: id, programId: programId('detox') };
    expect(await region.give('coordinator', 'offerReferral', offer)).toMatchObject({ code: 'NOT_ELIGIBLE' });
    expect(await region.give('hospital', 'offerReferral', offer)).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('has a waiting referral routed again after room was posted', async () => {
    await region.postRoom('provider-otp', 'otp', 0);
    const id = await region.refer('hospital', forMethadone);
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'WAITLISTED' });
    expect((await region.look('hospital', id))?.unmetNeed?.rules).toContain('OPEN_PLACE');
    await region.postRoom('provider-otp', 'otp', 2);
    expect(await region.take('coordinator', 'routeReferral', { id })).toMatchObject({ code: null });
    expect(await region.look('coordinator', id)).toMatchObject({ state: 'OFFERED' });
    expect(await region.take('coordinator', 'routeReferral', { id })).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    const twice = { referralId: id, programId: programId('otp') };
    expect(await region.give('coordinator', 'offerReferral', twice)).toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await region.look('coordinator', id)).toMatchObject({ unmetNeed: { resolvedAt: null } });
    const offer = await region.offerIdOf('provider-otp', id);
    expect(await region.take('provider-otp', 'acceptOffer', { id: offer })).toMatchObject({ code: null });
    expect((await region.look('coordinator', id))?.unmetNeed?.resolvedAt).not.toBeNull();
    expect((await region.look('hospital', id))?.unmetNeed?.resolvedAt).toBeNull();
  });

  it('puts a referral to a program of their choice', async () => {
    await region.postRoom('provider-women', 'women', 0);
    const id = await region.refer('hospital', byHospital);
    expect(await region.offerOf('provider-women', id)).toBeNull();
    await region.postRoom('provider-women', 'women', 1);
    const choice = { referralId: id, programId: programId('women') };
    expect(await region.give('coordinator', 'offerReferral', choice)).toMatchObject({ code: null });
    expect(await region.offerOf('provider-women', id)).not.toBeNull();
    expect(await region.offerOf('provider-residential', id)).not.toBeNull();
  });
});

describe('what a coordinator decides of a home that opted out', () => {
  const [ROSS, PIKE] = ['39141', '39131'] as const;
  const command = { name: 'test' };
  let app: TestApp;
  let officer: Actor;
  let ross: BuiltTeam;
  let pike: BuiltTeam;
  const cases = () => app.app.get(OutreachCasesService);
  const report = (residence: { countyFips: string; address: string }, countyFips: string = ROSS) => {
    const occurredAt = new Date(app.clock.now().getTime() - 3_600_000);
    return buildOverdoseReport(app, officer, { occurredAt, where: { countyFips }, residence });
  };
  const home = '8 N Crane St, Chillicothe OH 45601';
  const part = '8 Crane, Chillicothe';
  const inPike = async (address: string) => rowOfReport(app, await report({ countyFips: PIKE, address }, PIKE));
  const look = async (id: string, worker = pike.worker) => {
    const query = `query ($id: ID!) { outreachCase(id: $id) { state endReason heldBecause optedOutAddress allowedActions } }`;
    const { data } = await (
      await app.as(worker)
    )<{ outreachCase: { state: string; allowedActions: string[] } }>(query, { id });
    return data?.outreachCase;
  };
  const type = async (caseId: string, address: string) =>
    done(await cases().update(pike.worker, { caseId, address }, command));
  const over = () => app.app.get(HandOversService);
  const handedOver = async (address: string) => {
    const { id: caseId } = await rowOfReport(app, await report({ countyFips: ROSS, address }));
    done(await over().handOver(ross.worker, { caseId, programId: pike.programId }, command));
    done(await over().acknowledge(pike.worker, caseId, command));
    return caseId;
  };
  const nextNight = async () => {
    app.clock.advance(24 * 60);
    await app.runDue();
  };
  const held = { state: 'OPEN', heldBecause: 'OPT_OUT_IN_DOUBT', optedOutAddress: null };
  const free = { state: 'OPEN', heldBecause: null };
  const optedOut = { state: 'CLOSED', endReason: 'OPTED_OUT' };

  beforeAll(async () => {
    app = await openApp();
    goToThursday(app);
    officer = await buildReporter(app, 'LAW_ENFORCEMENT');
    ross = await buildTeam(app, [ROSS]);
    pike = await buildTeam(app, [PIKE]);
    const first = await report({ countyFips: ROSS, address: home });
    done(await cases().optOut(ross.worker, (await rowOfReport(app, first)).id, command));
    await app.runDue();
  });

  afterAll(() => app.close());

  it('holds the visit, shows no address, and is not theirs to decide', async () => {
    const { id } = await inPike(part);
    const seen = await look(id);
    expect(seen).toMatchObject(held);
    expect(seen?.allowedActions).not.toEqual(expect.arrayContaining(['decideOptOut']));
    expect(seen?.allowedActions).not.toEqual(expect.arrayContaining(['recordVisitAttempt']));
    for (const isSameHome of [true, false]) {
      const decided = await app.app
        .get(OptOutDecisionsService)
        .decide(pike.worker, { caseId: id, isSameHome }, command);
      expect(decided).toMatchObject({ code: 'ILLEGAL_TRANSITION', details: { reason: 'OPT_OUT_IN_DOUBT' } });
    }
    await type(id, '8 S Crane, Chillicothe');
    expect(await look(id)).toMatchObject(held);
    await nextNight();
    expect(await look(id)).toMatchObject(free);
  });

  it('answers the first address that a team types, whole or in part, and none after it before the night', async () => {
    const id = await handedOver('900 Elsewhere Rd');
    const tried = { caseId: id, channel: 'PHONE', result: 'NO_ANSWER', leftBehind: 'NEVER' } as const;
    await type(id, '901 Elsewhere Rd');
    for (const address of [part, '8 Crane, Chillicothe 45601', home]) {
      await type(id, address);
      expect(await look(id)).toMatchObject(free);
    }
    await type(id, part);
    done(await cases().attempt(pike.worker, { ...tried, services: [] }, command));
    await nextNight();
    expect(await look(id)).toMatchObject({ ...held, state: 'TRIED' });
    expect(await cases().attempt(pike.worker, { ...tried, services: [] }, command)).toMatchObject({
      details: { reason: 'OPT_OUT_IN_DOUBT', remedy: expect.not.stringContaining('optedOutAddress') as string },
    });
    await type(id, home);
    expect(await look(id)).toMatchObject({ ...held, state: 'TRIED' });
    const [whole, half] = [await handedOver('902 Elsewhere Rd'), await handedOver('903 Elsewhere Rd')];
    await type(whole, home);
    expect(await look(whole)).toMatchObject(optedOut);
    await type(half, part);
    expect(await look(half)).toMatchObject(held);
    const visit = { ...tried, caseId: half, services: [] };
    expect(await cases().attempt(pike.worker, visit, command)).toMatchObject({
      details: { reason: 'OPT_OUT_IN_DOUBT' },
    });
    await type(half, '904 Elsewhere Rd');
    expect(await look(half)).toMatchObject(held);
    await nextNight();
    expect(await look(half)).toMatchObject(free);
  });

  it('goes along with no case that is handed over, and is there again where that comes back', async () => {
    const residence = { countyFips: ROSS, address: part };
    const { id: caseId } = await rowOfReport(app, await report(residence));
    const own = { heldBecause: 'OPT_OUT_IN_DOUBT', optedOutAddress: home };
    expect(await look(caseId, ross.worker)).toMatchObject(own);
    done(await over().handOver(ross.worker, { caseId, programId: pike.programId }, command));
    expect(await look(caseId)).toMatchObject({ ...held, state: 'HANDED_OVER' });
    done(await over().giveBack(ross.worker, caseId, command));
    expect(await look(caseId, ross.worker)).toMatchObject(own);
    done(await over().handOver(ross.worker, { caseId, programId: pike.programId }, command));
    done(await over().acknowledge(pike.worker, caseId, command));
    expect(await look(caseId)).toMatchObject(held);
  });

  it('is the father’s and not the son’s; and one person whom two agencies spell differently is visited once', async () => {
    const medic = await buildReporter(app, 'EMS');
    const tell = async (who: Actor, person: object, where: object) => {
      const occurredAt = new Date(app.clock.now().getTime() - 9 * 3_600_000).toISOString();
      const input = { occurredAt, where, isFatal: false, isNaloxoneGiven: true, person };
      const mutation = `mutation ($input: ReportOverdoseInput!) { reportOverdose(input: $input) { ... on OverdoseReport { id } } }`;
      const ask = await app.as(who);
      const { data } = await ask<{ reportOverdose: { id: string } }>(mutation, {
        input: { ...input, residence: { countyFips: ROSS, address: '7 Seventh Street' } },
      });
      return (await rowOfReport(app, data?.reportOverdose.id ?? '')).id;
    };
    const there = { latitude: 39.35, longitude: -83 };
    const father = await tell(officer, { givenName: 'Sample', familyName: 'Seven Sr.' }, there);
    const son = await tell(medic, { givenName: 'Sample', familyName: 'Seven Jr.' }, there);
    expect(son).not.toBe(father);
    const ask = await app.as(ross.worker);
    await ask(`mutation { optOutOfOutreach(caseId: "${father}") { __typename } }`);
    expect(await look(father, ross.worker)).toMatchObject(optedOut);
    expect(await look(son, ross.worker)).toMatchObject(free);
    const heard = await tell(officer, { givenName: 'John', familyName: 'Octagon' }, there);
    expect(await tell(medic, { givenName: 'Jon', familyName: 'Octogon' }, there)).toBe(heard);
    const own = 'query { overdoseReports(first: 9) { nodes { person { familyName } } } }';
    const seen = JSON.stringify((await (await app.as(medic))(own)).data);
    expect([seen.includes('Octogon'), seen.includes('Octagon')]).toEqual([true, false]);
  });

  it('police who go along learn neither that a home may have opted out, nor that somebody was reached', async () => {
    const JACKSON = '39079';
    const cases = app.app.get(OutreachCasesService);
    const hoursAgo = (hours: number) => new Date(app.clock.now().getTime() - hours * 3_600_000);
    const report = (told: Partial<ReportOverdoseInput>) =>
      buildOverdoseReport(app, officer, { occurredAt: hoursAgo(1), where: { countyFips: JACKSON }, ...told });
    const sheriff = await buildAgency(app.database, { kind: 'LAW_ENFORCEMENT' });
    const deputy = await buildStaff(app.database, sheriff, 'OFFICER');
    const visitorKinds = ['OUTREACH_TEAM', 'LAW_ENFORCEMENT'];
    const { worker, programId } = await buildTeam(app, [JACKSON], { teamAgencyIds: [sheriff.id], visitorKinds });
    const at = async (address: string) =>
      rowOfReport(app, await report({ residence: { countyFips: JACKSON, address } }));
    done(await cases.optOut(worker, (await at('7 N Left Alone St')).id, command));
    const { id: heldId } = await at('7 Left Alone');
    const { id: caseId } = await rowOfReport(
      app,
      await report({ person: { givenName: 'Kept', familyName: 'Rostered' } }),
    );
    const base = { caseId, channel: 'PHONE', result: 'CALL_BACK', leftBehind: 'NEVER' } as const;
    done(await cases.attempt(worker, { ...base, services: [], callBackAt: hoursAgo(-12) }, command));
    const lists = async (who: Actor) => {
      const { data, errors } = await (
        await app.as(who)
      )<Readonly<Record<'outreachPlan' | 'outreachMeeting', Record<string, { id: string }[]>>>>(
        `query ($id: ID!, $day: Date!, $week: Date!, $since: DateTime!) {
         outreachPlan(programId: $id, day: $day, latitude: 39, longitude: -83) { held { id } unlocated { id } }
         outreachMeeting(programId: $id, week: $week, since: $since) { due { id } } }`,
        { id: programId, day: hoursAgo(-36).toISOString().slice(0, 10), week: '2026-01-05', since: hoursAgo(0) },
      );
      expect(errors).toEqual([]);
      const ids = (of: readonly { id: string }[] | undefined) => of?.map(({ id }) => id);
      const { held, unlocated } = data?.outreachPlan ?? {};
      return { held: ids(held) ?? [], toCall: ids(unlocated), due: ids(data?.outreachMeeting['due']) };
    };
    expect(await lists(worker)).toEqual({ held: [heldId], toCall: [caseId], due: [caseId] });
    expect(await lists(deputy)).toEqual({ held: [], toCall: [], due: [] });
    const { data } = await (
      await app.as(deputy)
    )<{ recordVisitAttempt: object }>(
      `mutation ($input: RecordVisitAttemptInput!) { recordVisitAttempt(input: $input) { ... on Refused { code message field remedy } } }`,
      { input: { caseId: heldId, result: 'NO_ONE_HOME' } },
    );
    const actions = async (who: Actor, id: string) =>
      (
        await (
          await app.as(who)
        )<{ outreachCase: { allowedActions: string[] } }>(
          'query ($id: ID!) { outreachCase(id: $id) { allowedActions } }',
          { id },
        )
      ).data?.outreachCase.allowedActions;
    const { id: freeId } = await at('11 Open Rd');
    expect(await actions(worker, heldId)).not.toContain('recordVisitAttempt');
    expect([await actions(deputy, heldId), await actions(deputy, freeId)]).toEqual([
      ['recordVisitAttempt'],
      ['recordVisitAttempt'],
    ]);
    const message = 'This case is not open for a visit now.';
    const told = { field: 'input.caseId', remedy: 'Ask the coordinator of your team.' };
    expect(data?.recordVisitAttempt).toEqual({ code: 'ILLEGAL_TRANSITION', message, ...told });
  });
});
