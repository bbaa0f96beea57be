import type { Actor } from '../../src/access';
import { consent } from '../../src/cli/walkthrough/people';
import { buildActor } from '../builders/agencies';
import { buildOverdoseReport } from '../builders/overdoses';
import { buildProgramOf, buildSubmission, type Program } from '../builders/referrals';
import { buildCluster, buildReporter, buildTeam, goToThursday, type BuiltTeam } from '../builders/roster';
import { openApp, type Ask, type TestApp } from '../setup/app';

const ROSS = '39141';
/** No program looks after it, until one does. */
const NOWHERE = '39171';
const HOUR = 3_600_000;
const FLAG = `id reasons consentState wantsContact medicationStarted dischargeAt hasOutreach reachedAt referral { id progress }`;
const CARD = 'id kind state name phone address dueAt stopAt riskReasons endReason overdoses { doses }';

interface Card {
  readonly id: string;
  readonly [field: string]: unknown;
}
type Answered = Record<string, { readonly id?: string; readonly code?: string; readonly field?: string } | null>;

/** Before it turns fatal: a hospital flags who is at risk, and somebody goes to see them. */
describe('a patient whom a hospital flags', () => {
  let app: TestApp;
  let nurse: Actor;
  let hospital: Ask;
  let team: BuiltTeam;
  let worker: Ask;
  let clinic: Program;
  let officer: Actor;

  beforeAll(async () => {
    app = await openApp();
    goToThursday(app);
    nurse = await buildReporter(app, 'HOSPITAL');
    hospital = await app.as(nurse);
    clinic = await buildProgramOf(app, { staffed: 5, program: { latitude: 39.33, longitude: -82.98 } });
    officer = await buildReporter(app, 'LAW_ENFORCEMENT');
    team = await buildTeam(app, [ROSS], {
      teamAgencyIds: [officer.agencyId],
      visitorKinds: ['OUTREACH_TEAM', 'LAW_ENFORCEMENT'],
    });
    worker = await app.as(team.worker);
  });
  afterAll(() => app.close());

  const inHours = (hours: number) => new Date(app.clock.now().getTime() + hours * HOUR);
  const give = async (ask: Ask, mutation: string, input: object, of: string) => {
    const Input = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
    const { data, errors } = await ask<Answered>(
      `mutation ($input: ${Input}!) { ${mutation}(input: $input) { ... on ${of} { id } ... on Refused { code field } } }`,
      { input },
    );
    return errors[0] ? { code: String(errors[0].extensions['code']) } : (data?.[mutation] ?? {});
  };
  const wish = { reasons: ['WITHDRAWAL'], consentState: 'SPOKEN', wantsContact: true, opens: ['OUTREACH'] };
  const flag = (input: object) =>
    give(
      hospital,
      'flagAtRisk',
      { ...wish, countyFips: ROSS, person: { givenName: 'Sample' }, ...input },
      'AtRiskFlag',
    );
  const refused = async (input: object, field: string) =>
    expect(await flag(input)).toMatchObject({ code: 'INVALID_INPUT', field });
  const flags = async (ask: Ask) => {
    const { data } = await ask<{ atRiskFlags: { nodes: Card[] } } | null>(`{ atRiskFlags { nodes { ${FLAG} } } }`);
    return data?.atRiskFlags.nodes ?? [];
  };
  const roster = async (ask: Ask) => {
    const { data } = await ask<{ outreachRoster: { nodes: Card[] } } | null>(
      `query ($programId: ID!) { outreachRoster(programId: $programId) { nodes { ${CARD} } } }`,
      { programId: team.programId },
    );
    return data?.outreachRoster.nodes ?? [];
  };
  const caseOf = async (familyName: string): Promise<Card> => {
    const found = (await roster(worker)).find(({ name }) => name === familyName);
    if (!found) throw new Error(`${familyName} is not on the roster`);
    return found;
  };
  const optOut = async (caseId: string) => {
    const { data } = await worker<Answered>(
      'mutation ($id: ID!) { optOutOfOutreach(caseId: $id) { ... on OutreachCase { id } ... on Refused { code } } }',
      { id: caseId },
    );
    expect(data?.['optOutOfOutreach']).toEqual({ id: caseId });
  };

  it('is referred and visited in one step, and the clock runs from the discharge', async () => {
    const dischargeAt = inHours(20);
    const { id } = await flag({
      person: { familyName: 'One', ageYears: 34, sex: 'MALE', phone: '740-555-0101' },
      ...{
        reasons: ['OVERDOSE_IN_EMERGENCY_DEPARTMENT', 'REPEATED_VISITS'],
        consentState: 'WRITTEN',
        mayTellBack: true,
      },
      ...{
        opens: ['REFERRAL', 'OUTREACH'],
        medicationStarted: 'BUPRENORPHINE',
        dischargeAt,
        address: '1 First Street',
      },
      need: buildSubmission({}, { preferredProgramIds: [clinic.pool.programId] }).need,
      consents: [consent('OUTCOME_TO_SENDER')],
    });
    const [flagged] = await flags(hospital);
    expect(flagged).toMatchObject({ id, hasOutreach: true, reachedAt: null, medicationStarted: 'BUPRENORPHINE' });
    expect(flagged?.['referral']).toMatchObject({ progress: expect.any(String) as string });
    expect(await caseOf('One')).toMatchObject({
      ...{ kind: 'AT_RISK', state: 'OPEN', phone: '740-555-0101', address: '1 First Street', overdoses: [] },
      riskReasons: ['OVERDOSE_IN_EMERGENCY_DEPARTMENT', 'REPEATED_VISITS'],
      dueAt: new Date(dischargeAt.getTime() + 48 * HOUR).toISOString(),
    });
  });

  it('is told to the team, on the ledger, and to no police, school, provider or other hospital', async () => {
    const school = await buildActor(app.database, 'SCHOOL', 'SCHOOL_LIAISON');
    const other = await buildReporter(app, 'HOSPITAL');
    for (const outsider of [officer, school, clinic.intake, other]) {
      const ask = await app.as(outsider);
      expect(await flags(ask)).toEqual([]);
      const { data } = await ask<{ outreachCase: Card | null } | null>(
        `query ($id: ID!) { outreachCase(id: $id) { ${CARD} } }`,
        { id: (await caseOf('One')).id },
      );
      expect(data?.outreachCase ?? null).toBeNull();
      expect((await roster(ask)).filter((one) => Object.values(one).some((value) => value !== null))).toEqual([]);
    }
    const told = await app.owner<{ agency: string }>(
      `select distinct from_agency_id as agency from disclosure where subject_type = 'OutreachCase' and to_agency_id = $1`,
      [team.worker.agencyId],
    );
    expect(told).toEqual([{ agency: nurse.agencyId }]);
  });

  it('lets the hospital know that they were reached, where they agreed in writing and nowhere else', async () => {
    await flag({ person: { familyName: 'Two' } });
    for (const name of ['One', 'Two']) {
      const input = { caseId: (await caseOf(name)).id, result: 'ENGAGED' };
      expect(await give(worker, 'recordVisitAttempt', input, 'OutreachCase')).toEqual({ id: input.caseId });
      expect(await caseOf(name)).toMatchObject({ state: 'REACHED' });
    }
    const [two, one] = await flags(hospital);
    expect(one?.['reachedAt']).toEqual(expect.any(String));
    expect(two).toMatchObject({ consentState: 'SPOKEN', reachedAt: null });
  });

  it('is left alone who opted out, as a survivor or as a patient, and the hospital is not told', async () => {
    const home = { address: '3 Third Street', countyFips: ROSS };
    const report = {
      ...{ occurredAt: inHours(-5), where: { countyFips: ROSS }, isFatal: false, isNaloxoneGiven: true },
      ...{ residence: home },
    };
    await give(await app.as(officer), 'reportOverdose', report, 'OverdoseReport');
    const survivor = (await roster(worker)).find(({ kind }) => kind === 'SURVIVOR');
    await optOut(survivor?.id ?? '');
    const known = await flag({ person: { familyName: 'Three' }, ...home });
    const [flagged] = await flags(hospital);
    expect(flagged).toMatchObject({ id: known.id, hasOutreach: true, reachedAt: null });
    // A home counts for whoever is not named; a person for themselves.
    expect(await caseOf('Three')).toMatchObject({ state: 'CLOSED', endReason: 'OPTED_OUT' });

    await flag({ person: { familyName: 'Four' } });
    await optOut((await caseOf('Four')).id);
    const [row] = await app.owner<{ episode: string }>('select episode_id as episode from at_risk_flag where id = $1', [
      (await flags(hospital))[0]?.id,
    ]);
    await flag({ person: undefined, episodeId: row?.episode });
    const fours = (await roster(worker)).filter(({ name }) => name === 'Four');
    expect(fours.map(({ endReason }) => endReason)).toEqual(['OPTED_OUT', 'OPTED_OUT']);
  });

  it('is visited once, whichever hospitals say so, and each hospital sees its own flag', async () => {
    const person = { familyName: 'Seven', givenName: 'Sample', birthDate: '1988-07-07', phone: '740-555-0177' };
    const elsewhere = await app.as(await buildReporter(app, 'HOSPITAL'));
    const dischargeAt = inHours(30);
    const first = await flag({ person, reasons: ['WITHDRAWAL'] });
    const input = {
      ...wish,
      person,
      countyFips: ROSS,
      reasons: ['PREGNANT'],
      dischargeAt,
      address: '7 Seventh Street',
    };
    const second = await give(elsewhere, 'flagAtRisk', input, 'AtRiskFlag');
    const cards = (await roster(worker)).filter(({ name }) => name === 'Sample Seven');
    expect(cards).toMatchObject([
      {
        ...{ kind: 'AT_RISK', state: 'OPEN', address: '7 Seventh Street', riskReasons: ['WITHDRAWAL', 'PREGNANT'] },
        dueAt: new Date(dischargeAt.getTime() + 48 * HOUR).toISOString(),
      },
    ]);
    expect((await flags(hospital))[0]).toMatchObject({ id: first.id, reasons: ['WITHDRAWAL'] });
    expect(await flags(elsewhere)).toMatchObject([{ id: second.id, reasons: ['PREGNANT'] }]);
  });

  it('is one case once two records are known to be one person, and two again when they are not', async () => {
    const caseIds = async () =>
      (await roster(worker)).filter(({ name, state }) => String(name).endsWith('Eight') && state === 'OPEN');
    await flag({ person: { givenName: 'Sample', familyName: 'Eight' } });
    await flag({ person: { givenName: 'Another', familyName: 'Eight' }, reasons: ['PREGNANT'] });
    expect(await caseIds()).toHaveLength(2);
    const people = await app.owner<{ id: string }>(
      `select person_id as id from at_risk_flag order by flagged_at desc, id desc limit 2`,
    );
    const [one = '', other = ''] = people.map(({ id }) => id);
    await buildCluster(app, [one, other]);
    await app.runDue();
    expect(await caseIds()).toMatchObject([{ riskReasons: ['WITHDRAWAL', 'PREGNANT'] }]);
    await app.owner('delete from person_cluster where person_id = any($1)', [[one, other]]);
    await app.runDue();
    expect(await caseIds()).toHaveLength(2);
  });

  it('waits where no program looks after the county, and is visited by the team that takes it on', async () => {
    const person = { familyName: 'Nine' };
    await flag({ person, countyFips: NOWHERE, dischargeAt: inHours(30), address: '9 Ninth Street' });
    const coordinator = await app.as(team.coordinator);
    const waiting = async () => {
      const { data } = await coordinator<{ unassignedOutreachCases: { nodes: Card[] } }>(
        '{ unassignedOutreachCases { nodes { id state county { fips } } } }',
      );
      return data?.unassignedOutreachCases.nodes ?? [];
    };
    expect(await waiting()).toMatchObject([{ state: 'UNASSIGNED', county: { fips: NOWHERE } }]);
    const [known] = await waiting();
    expect((await roster(worker)).map(({ id }) => id)).not.toContain(known?.id);
    const area = { id: team.programId, countyFips: [ROSS, NOWHERE] };
    expect(await give(coordinator, 'updateOutreachProgram', area, 'OutreachProgram')).toEqual({ id: team.programId });
    expect(await waiting()).toEqual([]);
    expect(await caseOf('Nine')).toMatchObject({ id: known?.id, state: 'OPEN', address: '9 Ninth Street' });
    const running = await app.owner<{ kind: string }>(
      'select kind from clock where subject_id = $1 and ended_at is null order by kind',
      [known?.id],
    );
    expect(running.map(({ kind }) => kind)).toEqual(['OUTREACH_AT_RISK_VISIT', 'OUTREACH_STOP']);
    const seen = { caseId: known?.id, result: 'ENGAGED' };
    expect(await give(worker, 'recordVisitAttempt', seen, 'OutreachCase')).toEqual({ id: known?.id });
  });

  it('is referred alone where nobody is to come', async () => {
    const { need } = buildSubmission({}, { preferredProgramIds: [clinic.pool.programId] });
    const alone = { opens: ['REFERRAL'], need, countyFips: undefined, consentState: 'NOT_ASKED', wantsContact: false };
    const { id } = await flag({ person: { familyName: 'Five' }, ...alone });
    expect((await flags(hospital))[0]).toMatchObject({ id, hasOutreach: false, referral: { id: expect.any(String) } });
    expect((await roster(worker)).filter(({ name }) => name === 'Five')).toEqual([]);
  });

  it('is referred with what the flag says of the need: the medication begun, and that she is pregnant', async () => {
    const { need } = buildSubmission({}, { currentMedications: ['NALTREXONE'] });
    const alone = { opens: ['REFERRAL'], countyFips: undefined, consentState: 'NOT_ASKED', wantsContact: false };
    const about = { ...alone, reasons: ['PREGNANT'], medicationStarted: 'BUPRENORPHINE' };
    const { id } = await flag({ person: { familyName: 'Five', sex: 'FEMALE' }, ...about, need });
    const [row] = await app.owner<{ need: object }>(
      'select need from referral where id = (select referral_id from at_risk_flag where id = $1)',
      [id],
    );
    expect(row?.need).toMatchObject({ currentMedications: ['NALTREXONE', 'BUPRENORPHINE'], pregnant: true });
    await refused({ ...about, need: { ...need, pregnant: false } }, 'input.need.pregnant');
  });

  it.each([
    [-3 * 24, 24, 4 * 24],
    [-7 * 24 + 1, 24, 24],
  ])('who left %i hours ago is due within %i hours and not in the past', async (left, due, stop) => {
    const familyName = `Left${String(left)}`;
    await flag({ person: { familyName }, dischargeAt: inHours(left) });
    const { dueAt, stopAt } = await caseOf(familyName);
    const hoursTo = (moment: unknown) => Math.round((Date.parse(String(moment)) - app.clock.now().getTime()) / HOUR);
    expect([dueAt, stopAt].map(hoursTo)).toEqual([due, stop]);
  });

  it.each([
    ['Seven', false],
    ['Eight', true],
  ])('is not visited once dead, also where the death is told late: %s', async (familyName, isTimeKnown) => {
    await flag({ person: { familyName } });
    const death = { occurredAt: inHours(-2), isTimeKnown, isFatal: true, person: { familyName } };
    await buildOverdoseReport(app, officer, { ...death, where: { countyFips: ROSS } });
    const records = await app.owner<{ id: string }>('select id from person where family_name = $1', [familyName]);
    const ids = records.map(({ id }) => id);
    await buildCluster(app, ids);
    await app.runDue();
    const rows = (await roster(worker)).filter(({ name }) => name === familyName);
    expect(rows.map(({ kind, state, endReason }) => [kind, state, endReason]).sort()).toEqual([
      ['AT_RISK', 'CLOSED', 'DECEASED'],
      ['FAMILY', 'OPEN', null],
    ]);
  });

  it('ends at the stop where nobody came, with a reason', async () => {
    await flag({ person: { familyName: 'Six' }, dischargeAt: inHours(-24) });
    app.clock.advance(6 * 24 * 60 + 1);
    await app.runDue();
    expect(await caseOf('Six')).toMatchObject({ state: 'CLOSED', endReason: 'NOT_TRIED_IN_TIME' });
  });

  it('is refused with the field and what to do, and nothing is kept', async () => {
    const before = await flags(hospital);
    const { need } = buildSubmission();
    await refused({ consentState: 'REFUSED' }, 'input.consentState');
    await refused({ mayTellBack: true }, 'input.mayTellBack');
    await refused({ wantsContact: false }, 'input.opens');
    await refused({ consentState: 'NOT_ASKED' }, 'input.opens');
    await refused({ countyFips: undefined }, 'input.countyFips');
    await refused({ opens: ['REFERRAL'], need }, 'input.opens');
    await refused({ opens: ['OUTREACH'], need }, 'input.opens');
    await refused({ opens: ['OUTREACH', 'REFERRAL'] }, 'input.need');
    await refused({ dischargeAt: inHours(-7 * 24 - 1) }, 'input.dischargeAt');
    await refused({ dischargeAt: inHours(91 * 24) }, 'input.dischargeAt');
    await refused({ person: undefined }, 'input.person');
    const stranger = { person: undefined, episodeId: '00000000-0000-4000-8000-000000000000' };
    expect(await flag(stranger)).toMatchObject({ code: 'NOT_FOUND' });
    const wrongRole = await give(worker, 'flagAtRisk', { ...wish, person: {} }, 'AtRiskFlag');
    expect(wrongRole.code).toBe('FORBIDDEN');
    expect(await flags(hospital)).toEqual(before);
  });
});
