import type { Actor } from '../../src/access';
import { buildAgency, buildStaff, buildActor } from '../builders/agencies';
import { buildProgramOf, buildSubmission, offerAt, type Program } from '../builders/referrals';
import { brokenRows, buildReporter, buildTeam, rowOfReport, type BuiltTeam } from '../builders/roster';
import { openApp, type Ask, type TestApp } from '../setup/app';

const ROSS = '39141';
const PIKE = '39131';
const CARD = `id kind week state program { id } handedTo { id } name phone address addressBasis latitude longitude language safetyNote isFamilyAware
  mayContactAgain leaveBehind dueAt dueBecause stopAt changedAt closedAt endReason outcome residenceCounty { fips } overdoses { occurredAt doses isFatal hasChildrenPresent }
  attempts { id at channel leftBehind result services naloxoneKits note } history { command toState reason isByHandrail } allowedActions
  referral { id progress } followUps { kind dueAt answer }`;

interface Card {
  readonly id: string;
  readonly [field: string]: unknown;
}
type Answered = Record<string, { readonly id?: string; readonly code?: string } | null>;

/** The week of a small county: what police, medics and a hospital report, and what its team makes of it. */
describe('Ross County’s week', () => {
  let app: TestApp;
  let officer: Actor;
  let medic: Actor;
  let nurse: Actor;
  let deputy: Actor;
  let port: BuiltTeam;
  let pike: BuiltTeam;
  let clinic: Program;
  let worker: Ask;
  const caseOf = new Map<string, string>();
  const reports = new Map<string, string>();

  beforeAll(async () => {
    app = await openApp();
    officer = await buildReporter(app, 'LAW_ENFORCEMENT');
    medic = await buildReporter(app, 'EMS');
    nurse = await buildReporter(app, 'HOSPITAL');
    const sheriff = await buildAgency(app.database, { kind: 'LAW_ENFORCEMENT' });
    deputy = await buildStaff(app.database, sheriff, 'OFFICER');
    const protocol = {
      leaveBehind: 'BAG',
      teamAgencyIds: [sheriff.id],
      visitorKinds: ['OUTREACH_TEAM', 'LAW_ENFORCEMENT'],
    };
    port = await buildTeam(app, [ROSS], protocol);
    pike = await buildTeam(app, [PIKE]);
    clinic = await buildProgramOf(app, { staffed: 5, program: { latitude: 39.33, longitude: -82.98 } });
    worker = await app.as(port.worker);
  });
  afterEach(async () => expect(await brokenRows(app)).toEqual([]));
  afterAll(() => app.close());

  const hoursAgo = (hours: number) => new Date(app.clock.now().getTime() - hours * 3_600_000).toISOString();
  const give = async (ask: Ask, mutation: string, input: object, of = 'OutreachCase') => {
    const Input = `${mutation[0]?.toUpperCase() ?? ''}${mutation.slice(1)}Input`;
    const { data, errors } = await ask<Answered>(
      `mutation ($input: ${Input}!) { ${mutation}(input: $input) { ... on ${of} { id } ... on Refused { code } } }`,
      { input },
    );
    return errors[0] ? { code: String(errors[0].extensions['code']) } : (data?.[mutation] ?? {});
  };
  const card = async (ask: Ask, caseId: string): Promise<Card | null> => {
    const asked = `query ($id: ID!) { outreachCase(id: $id) { ${CARD} } }`;
    const { data, errors } = await ask<{ outreachCase: Card | null }>(asked, { id: caseId });
    expect(errors.filter(({ extensions }) => extensions['code'] !== 'FORBIDDEN')).toEqual([]);
    return data?.outreachCase ?? null;
  };
  const tell = async (who: Actor, name: string, input: object) => {
    const base = {
      occurredAt: hoursAgo(30),
      where: { latitude: 39.3331, longitude: -82.9824 },
      isFatal: false,
      isNaloxoneGiven: true,
    };
    const { id = '' } = await give(await app.as(who), 'reportOverdose', { ...base, ...input }, 'OverdoseReport');
    reports.set(name, id);
    caseOf.set(name, (await rowOfReport(app, id)).id);
  };
  const id = (name: string): string => caseOf.get(name) ?? '';
  const tried = (caseId: string, result: string, more: object = {}) =>
    give(worker, 'recordVisitAttempt', { caseId, result, ...more });

  it('puts six people on the roster as they are reported, one of them with two events on one row', async () => {
    const at = (place: string, latitude: number, longitude: number) => ({
      where: { latitude, longitude, place },
      residence: { countyFips: ROSS, address: place },
    });
    const doses = [{ by: 'EMS', count: 4 }];
    await tell(medic, 'four doses', {
      ...at('1 First Street', 39.34, -82.99),
      doses,
      person: { givenName: 'Sample', familyName: 'One' },
    });
    await tell(officer, 'family', {
      ...at('2 Second Street', 39.33, -82.97),
      person: { givenName: 'Sample', familyName: 'Two' },
    });
    await tell(officer, 'next county', {
      residence: { countyFips: PIKE, address: '3 Third Street' },
      person: { familyName: 'Three' },
      occurredAt: hoursAgo(25),
    });
    await tell(nurse, 'hospital', {
      ...at('4 Fourth Street', 39.36, -82.95),
      person: { familyName: 'Four', phone: '740-555-0144' },
      occurredAt: hoursAgo(20),
    });
    await tell(officer, 'nobody', { where: { countyFips: ROSS, place: 'Under the bridge' }, occurredAt: hoursAgo(15) });
    await tell(officer, 'opts out', {
      ...at('6 Sixth Street', 39.31, -83.01),
      person: { familyName: 'Six' },
      occurredAt: hoursAgo(10),
    });
    // The medics were at the same scene as the police.
    await tell(medic, 'family, by EMS', {
      where: { latitude: 39.33, longitude: -82.97 },
      doses: [{ by: 'EMS', count: 1 }],
    });
    expect(id('family, by EMS')).toBe(id('family'));
    const { data, errors } = await worker<{ outreachRoster: { nodes: Card[] } }>(
      `query ($programId: ID!) { outreachRoster(programId: $programId) { nodes { ${CARD} } } }`,
      { programId: port.programId },
    );
    expect(errors).toEqual([]);
    const listed = new Map(data?.outreachRoster.nodes.map((one) => [one.id, one]));
    expect(listed.size).toBe(6);
    expect(listed.get(id('four doses'))).toMatchObject({
      name: 'Sample One',
      address: '1 First Street',
      overdoses: [{ doses: 4 }],
    });
    expect(listed.get(id('next county'))).toMatchObject({ state: 'HANDED_OVER', handedTo: { id: pike.programId } });
  });

  it('tells what was reported to the team, on the ledger, and to nobody else', async () => {
    const outsiders = [officer, medic, nurse, clinic.intake];
    for (const role of ['SCHOOL_LIAISON', 'ANALYST', 'PLATFORM_ADMIN'] as const) {
      const kind = ({ SCHOOL_LIAISON: 'SCHOOL', ANALYST: 'PUBLIC_HEALTH', PLATFORM_ADMIN: 'PLATFORM' } as const)[role];
      if (kind !== 'PLATFORM') outsiders.push(await buildActor(app.database, kind, role));
    }
    for (const outsider of outsiders) {
      const ask = await app.as(outsider);
      for (const caseId of caseOf.values()) expect(await card(ask, caseId)).toBeNull();
      const { data } = await ask<{ outreachRoster: { nodes: Card[] } } | null>(
        'query ($programId: ID!) { outreachRoster(programId: $programId) { nodes { id name state } } }',
        { programId: port.programId },
      );
      expect(data?.outreachRoster.nodes ?? []).toEqual([]);
    }
    const told = await app.owner<{ agency: string }>(
      `select distinct from_agency_id as agency from disclosure where subject_type = 'OutreachCase' and to_agency_id = $1`,
      [port.worker.agencyId],
    );
    expect(told.map(({ agency }) => agency).sort()).toEqual(
      [officer, medic, nurse].map(({ agencyId }) => agencyId).sort(),
    );
  });

  it('plans the day: an order from the station, and apart who is nowhere yet', async () => {
    const { data } = await worker<{ outreachPlan: { miles: number; stops: { case: Card }[]; unlocated: Card[] } }>(
      `query ($programId: ID!, $day: Date!) { outreachPlan(programId: $programId, day: $day, latitude: 39.3331, longitude: -82.9824) {
         miles stops { position miles case { id address safetyNote } } unlocated { id address } } }`,
      { programId: port.programId, day: app.clock.now().toISOString().slice(0, 10) },
    );
    const plan = data?.outreachPlan;
    const order = plan?.stops.map((stop) => [...caseOf].find(([, caseId]) => caseId === stop.case.id)?.[0]);
    expect(order).toEqual(
      ['opts out', 'four doses', 'family', 'hospital'].sort(
        (a, b) => (order ?? []).indexOf(a) - (order ?? []).indexOf(b),
      ),
    );
    expect(plan?.unlocated.map((one) => one.id)).toEqual([id('nobody')]);
    const why = await worker<{ outreachCase: { riskPoints: number; riskBecause: string[] } }>(
      'query ($id: ID!) { outreachCase(id: $id) { riskPoints riskBecause } }',
      { id: id('four doses') },
    );
    expect(why.data?.outreachCase.riskPoints).toBeGreaterThan(3);
    expect(why.data?.outreachCase.riskBecause).toContain('Needed 4 doses of naloxone in one overdose.');
    expect(plan?.miles).toBeGreaterThan(3);
  });

  it('leaves nothing where the family may not know, and tells the deputy who goes along what to know at the door', async () => {
    const caseId = id('family');
    expect(
      await give(worker, 'updateOutreachCase', { caseId, isFamilyAware: false, safetyNote: 'A large dog' }),
    ).toEqual({ id: caseId });
    expect(await tried(caseId, 'THIRD_PARTY_ONLY', { leftBehind: 'BAG' })).toEqual({ code: 'INVALID_INPUT' });
    expect(await tried(caseId, 'THIRD_PARTY_ONLY', { note: 'The mother opened' })).toEqual({ id: caseId });
    const along = await app.as(deputy);
    const seen = await card(along, caseId);
    expect(seen).toMatchObject({ address: '2 Second Street', safetyNote: 'A large dog', leaveBehind: 'NEVER' });
    // Nor how it stands: tried, reached by telephone or ended are one to the police.
    const hidden = ['outcome', 'endReason', 'history', 'followUps', 'mayContactAgain', 'referral', 'attempts'];
    const standing = ['state', 'changedAt', 'closedAt', 'dueBecause'];
    expect([...hidden, ...standing].filter((field) => seen?.[field] !== null)).toEqual([]);
    expect(seen?.['allowedActions']).toEqual(['recordVisitAttempt']);
    expect(await give(along, 'recordVisitAttempt', { caseId, result: 'ENGAGED' })).toEqual({ code: 'FORBIDDEN' });
    expect(await give(along, 'closeOutreachCase', { caseId, reason: 'UNSAFE' })).toEqual({ code: 'FORBIDDEN' });
    expect(await give(along, 'recordVisitAttempt', { caseId, result: 'NO_ONE_HOME' })).toEqual({ id: caseId });
    const asked = async (field: string) => (await along(`{ ${field} }`)).errors[0]?.extensions['code'];
    const roster = `outreachRoster(programId: "${port.programId}", first: 1`;
    expect(await asked(`${roster}) { nodes { id } }`)).toBeUndefined();
    expect(await asked(`${roster}, states: [REACHED]) { nodes { id } }`)).toBe('FORBIDDEN');
  });

  it('hands the neighbour over, and the neighbour’s team says that it has them', async () => {
    const next = await app.as(pike.worker);
    expect(await card(next, id('four doses'))).toBeNull();
    expect(await card(next, id('next county'))).toMatchObject({ name: 'Three', state: 'HANDED_OVER' });
    const { data } = await next<Answered>(
      'mutation ($id: ID!) { acknowledgeOutreachCase(caseId: $id) { ... on OutreachCase { id } ... on Refused { code } } }',
      { id: id('next county') },
    );
    expect(data?.['acknowledgeOutreachCase']).toEqual({ id: id('next county') });
    expect(await card(next, id('next county'))).toMatchObject({ state: 'OPEN', program: { id: pike.programId } });
    const receipt = await card(worker, id('next county'));
    const hidden = { name: null, state: null, attempts: null };
    expect(receipt).toMatchObject({ id: id('next county'), program: { id: pike.programId }, ...hidden });
    const args = 'programId: $id, week: "2026-01-05", since: "2020-01-01T00:00:00Z"';
    const query = `query ($id: ID!) { outreachMeeting(${args}) { changed { id name acknowledgedAt } } }`;
    const { data: met } = await worker<Record<string, { changed: Card[] }>>(query, { id: port.programId });
    const told = { id: id('next county'), name: null, acknowledgedAt: expect.any(String) as string };
    expect(met?.['outreachMeeting']?.changed).toContainEqual(told);
  });

  it('refers from the door, and the program takes the person the same day', async () => {
    const caseId = id('four doses');
    expect(
      await tried(caseId, 'NALOXONE_GIVEN', {
        services: ['NALOXONE', 'PACKET'],
        naloxoneKits: 2,
        leftBehind: 'BAG',
        mayContactAgain: true,
      }),
    ).toEqual({ id: caseId });
    const { need } = buildSubmission({}, { preferredProgramIds: [clinic.pool.programId] });
    expect(await give(worker, 'referFromOutreach', { caseId, need })).toEqual({ id: caseId });
    const referred = await card(worker, caseId);
    const referral = referred?.['referral'] as { id: string; progress: string };
    expect(referred).toMatchObject({
      state: 'REACHED',
      attempts: [{ naloxoneKits: 2 }, { result: 'TREATMENT_REQUESTED' }],
    });
    expect(await give(worker, 'referFromOutreach', { caseId, need })).toEqual({ code: 'ALREADY_EXISTS' });
    const along = await app.as(deputy);
    const seenWhenReached = await card(along, caseId);
    expect(seenWhenReached).toMatchObject({ name: expect.any(String) as string, allowedActions: [] });
    const noVisit = await give(along, 'recordVisitAttempt', { caseId, result: 'NO_ONE_HOME' });
    expect(noVisit).toEqual({ code: 'ILLEGAL_TRANSITION' });
    const intake = await app.as(clinic.intake);
    const offer = { id: await offerAt(app, referral.id, clinic.intake.agencyId) };
    for (const step of ['acknowledgeOffer', 'acceptOffer']) {
      const { data } = await intake<Answered>(
        `mutation ($id: ID!) { ${step}(id: $id) { ... on Offer { id } ... on Refused { code } } }`,
        offer,
      );
      expect(data?.[step]?.code).toBeUndefined();
    }
    const [taken] = await app.owner<{ state: string; name: string }>(
      'select r.state, p.family_name as name from referral r join person p on p.id = r.person_id where r.id = $1',
      [referral.id],
    );
    expect(taken).toEqual({ state: 'ACCEPTED', name: 'One' });
    expect(await give(worker, 'closeOutreachCase', { caseId })).toEqual({ id: caseId });
    // Reached or ended: to the police it is a case that nobody is to visit.
    expect(await card(along, caseId)).toEqual(seenWhenReached);
    expect(await card(worker, caseId)).toMatchObject({
      state: 'CLOSED',
      outcome: 'TREATMENT_REQUESTED',
      followUps: [{ kind: 'FOLLOW_UP_DAY_30' }, { kind: 'FOLLOW_UP_DAY_90' }],
    });
  });

  it('respects who opted out, whatever is reported later', async () => {
    const { data } = await worker<Answered>(
      'mutation ($id: ID!) { optOutOfOutreach(caseId: $id) { ... on OutreachCase { id } ... on Refused { code } } }',
      { id: id('opts out') },
    );
    expect(data?.['optOutOfOutreach']).toEqual({ id: id('opts out') });
    await tell(medic, 'again, unnamed', {
      where: { countyFips: ROSS },
      residence: { countyFips: ROSS, address: '6 Sixth St' },
      occurredAt: hoursAgo(1),
    });
    expect(await card(worker, id('again, unnamed'))).toMatchObject({ state: 'CLOSED', endReason: 'OPTED_OUT' });
    expect(await tried(id('again, unnamed'), 'NO_ONE_HOME')).toEqual({ code: 'ILLEGAL_TRANSITION' });
  });

  it('ends the week with an outcome or a reason for everybody', async () => {
    expect(await give(worker, 'closeOutreachCase', { caseId: id('hospital') })).toEqual({ code: 'INVALID_INPUT' });
    expect(await give(worker, 'closeOutreachCase', { caseId: id('hospital'), reason: 'HOSPITALISED' })).toEqual({
      id: id('hospital'),
    });
    const met = app.clock.now().toISOString();
    app.clock.advance(8 * 24 * 60);
    await app.runDue();
    const { data } = await worker<{ outreachMeeting: { people: Card[]; due: Card[]; changed: Card[] } }>(
      `query ($programId: ID!, $week: Date!, $since: DateTime!) { outreachMeeting(programId: $programId, week: $week, since: $since) {
         people { id state outcome endReason attempts { result } } due { id } changed { id } } }`,
      { programId: port.programId, week: (await card(worker, id('hospital')))?.['week'], since: met },
    );
    const meeting = data?.outreachMeeting;
    for (const one of meeting?.people ?? []) {
      expect([one['state'], one['outcome'] ?? one['endReason']]).toEqual(['CLOSED', expect.any(String)]);
    }
    expect(meeting?.due).toEqual([]);
    const changed = meeting?.changed.map((one) => one.id).sort();
    expect(changed).toEqual([id('family'), id('nobody')].sort());
    expect(await card(worker, id('family'))).toMatchObject({ endReason: 'NOT_REACHED_IN_TIME' });
    expect(await card(worker, id('nobody'))).toMatchObject({ endReason: 'NOT_TRIED_IN_TIME' });
  });
});
