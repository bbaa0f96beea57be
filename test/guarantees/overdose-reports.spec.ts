import type { Actor } from '../../src/access';
import { buildActor, buildStaff } from '../builders/agencies';
import { anOverdose, CHILLICOTHE } from '../builders/overdoses';
import { openApp, type Ask, type TestApp } from '../setup/app';

const FIELDS = `__typename
  ... on OverdoseReport {
    id clientId revision occurredAt isTimeKnown latitude place isFatal isNaloxoneGiven doses { by count } suspectedSubstances
    hasChildrenPresent hasOthersPresent transport residence ageYears sex retractedAt isApart
    county { fips } residenceCounty { fips } person { givenName familyName } episode { id pathway } revisions { revision because changed }
  }
  ... on Refused { code field remedy details }`;
const REPORT = `mutation ($input: ReportOverdoseInput!) { reportOverdose(input: $input) { ${FIELDS} } }`;
const MANY = `mutation ($input: ReportOverdosesInput!) { reportOverdoses(input: $input) { ${FIELDS} } }`;
const CORRECT = `mutation ($input: CorrectOverdoseReportInput!) { correctOverdoseReport(input: $input) { ${FIELDS} } }`;
const RETRACT = `mutation ($input: RetractOverdoseReportInput!) { retractOverdoseReport(input: $input) { ${FIELDS} } }`;
const READ = `query ($id: ID!) { overdoseReport(id: $id) { ${FIELDS.replace('__typename', '')
  .replace('... on OverdoseReport {', '')
  .replace(/\}\s*\.\.\. on Refused.*$/s, '')} } }`;

type Shown = Record<string, unknown> & {
  id: string;
  code?: string;
  field?: string;
  remedy?: string;
  details: Record<string, unknown>;
};

let app: TestApp;
let officer: Actor;
let medic: Actor;
let asOfficer: Ask;
let asMedic: Ask;

beforeAll(async () => {
  app = await openApp();
  officer = await buildActor(app.database, 'LAW_ENFORCEMENT', 'OFFICER');
  medic = await buildActor(app.database, 'EMS', 'MEDIC');
  asOfficer = await app.as(officer);
  asMedic = await app.as(medic);
});
afterAll(() => app.close());

const sent = async (ask: Ask, query: string, input: object): Promise<Shown> => {
  const { data, errors } = await ask<Record<string, Shown>>(query, { input });
  if (!data) throw new Error(JSON.stringify(errors));
  return Object.values(data)[0] as Shown;
};

const FOUR = {
  occurredAt: '2026-03-01T14:00:00Z',
  where: { countyFips: '39141' },
  isFatal: false,
  isNaloxoneGiven: true,
};
const EVERYTHING = {
  ...FOUR,
  where: { ...CHILLICOTHE, place: 'Behind the bakery' },
  doses: [
    { by: 'BYSTANDER', count: 1 },
    { by: 'LAW_ENFORCEMENT', count: 3 },
  ],
  suspectedSubstances: ['FENTANYL'],
  hasChildrenPresent: true,
  hasOthersPresent: false,
  transport: 'REFUSED',
  residence: { countyFips: '39131', address: '12 Example Street' },
  person: { givenName: 'Jo', familyName: 'Doe', birthDate: '1990-05-01', sex: 'FEMALE', phone: '740-555-0100' },
};

describe('reportOverdose', () => {
  it('takes four fields', async () => {
    expect(await sent(asOfficer, REPORT, FOUR)).toMatchObject({
      __typename: 'OverdoseReport',
      revision: 1,
      county: { fips: '39141' },
      doses: null,
      person: null,
      episode: null,
      revisions: [{ revision: 1, because: 'REPORTED', changed: [] }],
    });
  });

  it('takes everything else, and shows it to its own agency', async () => {
    const report = await sent(asOfficer, REPORT, EVERYTHING);
    expect(report).toMatchObject({
      place: 'Behind the bakery',
      doses: EVERYTHING.doses,
      transport: 'REFUSED',
      residence: '12 Example Street',
      ageYears: 35,
      county: { fips: '39141' },
      residenceCounty: { fips: '39131' },
      person: { givenName: 'Jo', familyName: 'Doe' },
      episode: { pathway: 'NALOXONE_PLUS' },
    });
    const sealed = await app.owner<{ plain: boolean }>(
      `select position('bakery'::bytea in place_sealed) + position('Example'::bytea in residence_sealed) > 0 as plain
       from overdose_report where id = $1`,
      [report.id],
    );
    expect(sealed).toEqual([{ plain: false }]);
  });

  it.each([
    ['no place', { where: {} }, 'input.where'],
    ['an unknown county', { where: { countyFips: '39000' } }, 'input.where.countyFips'],
    ['half a point', { where: { latitude: 39 } }, 'input.where.latitude'],
    ['a point at sea', { where: { latitude: 35, longitude: -60 } }, 'input.where.latitude'],
    ['a point in a county far away', { where: { ...CHILLICOTHE, countyFips: '39035' } }, 'input.where.countyFips'],
    ['the future', { occurredAt: '2100-01-01T00:00:00Z' }, 'input.occurredAt'],
    ['doses that nobody gave', { isNaloxoneGiven: false, doses: [{ by: 'EMS' }] }, 'input.doses'],
    ['a giver twice', { doses: [{ by: 'EMS' }, { by: 'EMS', count: 2 }] }, 'input.doses[1].by'],
    ['a death of somebody who lives', { transport: 'DIED_AT_SCENE' }, 'input.transport'],
    ['a refusal of somebody who died', { isFatal: true, transport: 'REFUSED' }, 'input.transport'],
    ['an unknown county of residence', { residence: { countyFips: '39000' } }, 'input.residence.countyFips'],
    ['a birth date in the future', { person: { birthDate: '2100-01-01' } }, 'input.person.birthDate'],
    ['a birth after it', { person: { givenName: 'Jo', birthDate: '2026-03-03' } }, 'input.person.birthDate'],
    ['a birth date that stands for none', { person: { birthDate: '1900-01-01' } }, 'input.person.birthDate'],
    [
      'a person twice',
      { person: { givenName: 'Jo' }, personId: '018f0000-0000-7000-8000-000000000001' },
      'input.person',
    ],
  ])('refuses %s and keeps nothing', async (_what, change, field) => {
    const before = await app.owner('select id from overdose_report');
    const refusal = { code: 'INVALID_INPUT', field };
    expect(await sent(asOfficer, REPORT, { ...FOUR, ...change })).toMatchObject(refusal);
    expect(await app.owner('select id from overdose_report')).toHaveLength(before.length);
  });

  it('is for those who respond, and a stranger’s person does not exist', async () => {
    const provider = await app.as(await buildActor(app.database, 'TREATMENT_PROVIDER', 'PROVIDER_STAFF'));
    const { errors } = await provider(REPORT, { input: FOUR });
    expect(errors[0]?.extensions['code']).toBe('FORBIDDEN');
    const theirs = await sent(asOfficer, REPORT, EVERYTHING);
    const [row] = await app.owner<{ personId: string }>(
      'select person_id as "personId" from overdose_report where id = $1',
      [theirs.id],
    );
    expect(await sent(asMedic, REPORT, { ...FOUR, personId: row?.personId })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await sent(asOfficer, REPORT, { ...FOUR, personId: row?.personId })).toMatchObject({
      person: { givenName: 'Jo' },
    });
  });

  it('of one key is one report, however often and however late it comes', async () => {
    const input = { ...EVERYTHING, clientId: 'phone-7:1' };
    const first = await sent(asOfficer, REPORT, input);
    const together = await Promise.all([1, 2, 3].map(() => sent(asOfficer, REPORT, input)));
    expect(new Set([first, ...together].map(({ id }) => id)).size).toBe(1);
    await sent(asOfficer, CORRECT, { reportId: first.id, because: 'LATE_FACT', isFatal: true });
    expect((await sent(asOfficer, REPORT, input)).id).toBe(first.id);
    const fatal = { isFatal: true, transport: null, person: { givenName: 'Al' } };
    expect(await sent(asOfficer, REPORT, { ...input, ...fatal })).toMatchObject({
      code: 'ALREADY_EXISTS',
      details: { reportId: first.id, differing: ['isFatal', 'transport', 'ageYears', 'sex', 'person'] },
    });
    const other = await sent(asMedic, REPORT, { ...input, person: null });
    expect(other.id).not.toBe(first.id);
  });

  it('of one key and another person on file is another report', async () => {
    const personOf = async (report: object) => {
      const { id } = await sent(asOfficer, REPORT, { ...EVERYTHING, ...report });
      const [row] = await app.owner<{ id: string }>('select person_id as id from overdose_report where id = $1', [id]);
      return row?.id;
    };
    const [one, other] = [await personOf({}), await personOf({ person: { givenName: 'Xu', familyName: 'Zed' } })];
    const keyed = (personId: string | undefined) => sent(asOfficer, REPORT, { ...FOUR, clientId: 'of-one', personId });
    const { id } = await keyed(one);
    expect(await keyed(one)).toMatchObject({ id });
    expect(await keyed(other)).toMatchObject({ code: 'ALREADY_EXISTS', details: { differing: ['person'] } });
  });

  it('of two at once with one key is one', async () => {
    const input = { ...FOUR, clientId: 'phone-7:2' };
    const made = await Promise.all([1, 2, 3, 4].map(() => sent(asOfficer, REPORT, input)));
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
  });
});

describe('reportOverdoses', () => {
  it('of no rows is refused', async () => {
    const { errors } = await asOfficer(MANY, { input: { reports: [] } });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('answers row by row, and a bad row takes no other with it', async () => {
    const rows = [
      { ...FOUR, clientId: 'row-1' },
      { ...FOUR, clientId: 'row-2', where: { countyFips: '39000' } },
      FOUR,
      { ...FOUR, clientId: 'row-4' },
    ];
    const { data } = await asOfficer<{ reportOverdoses: Shown[] }>(MANY, { input: { reports: rows } });
    const answers = data?.reportOverdoses ?? [];
    expect(answers.map(({ code = null }) => code)).toEqual([null, 'INVALID_INPUT', 'INVALID_INPUT', null]);
    expect(answers.slice(1, 3).map(({ field }) => field)).toEqual([
      'input.reports[1].where.countyFips',
      'input.reports[2].clientId',
    ]);
    const again = await asOfficer<{ reportOverdoses: Shown[] }>(MANY, { input: { reports: rows } });
    expect(again.data?.reportOverdoses.map(({ id }) => id)).toEqual(answers.map(({ id }) => id));
  });
});

describe('correctOverdoseReport', () => {
  it('keeps whom it named before, for those who may see who it is', async () => {
    const person = { givenName: 'Wrong', familyName: 'Roe', birthDate: '1980-02-03' };
    const { id } = await sent(asOfficer, REPORT, { ...FOUR, person });
    const right = { ...person, givenName: 'Right', birthDate: '1980-03-02' };
    for (const named of [right, null]) {
      await sent(asOfficer, CORRECT, { reportId: id, because: 'MISTAKE', person: named });
    }
    const query = `query ($id: ID!) { overdoseReport(id: $id) { revisions { person { givenName familyName birthDate } } } }`;
    const { data } = await asOfficer<{ overdoseReport: object }>(query, { id });
    expect(data?.overdoseReport).toEqual({ revisions: [{ person }, { person: right }, { person: null }] });
    expect((await asMedic<{ overdoseReport: null }>(query, { id })).data?.overdoseReport).toBeNull();
  });

  it('changes what is sent, keeps the rest and what was', async () => {
    const { id } = await sent(asOfficer, REPORT, EVERYTHING);
    const corrected = await sent(asOfficer, CORRECT, {
      reportId: id,
      because: 'LATE_FACT',
      isFatal: true,
      transport: 'DIED_AT_SCENE',
      hasChildrenPresent: null,
      where: { countyFips: '39141', place: 'In the yard' },
    });
    expect(corrected).toMatchObject({
      id,
      revision: 2,
      isFatal: true,
      hasChildrenPresent: null,
      latitude: null,
      place: 'In the yard',
      doses: EVERYTHING.doses,
      residence: '12 Example Street',
      person: { givenName: 'Jo' },
    });
    expect(corrected['revisions']).toEqual([
      { revision: 1, because: 'REPORTED', changed: [] },
      {
        revision: 2,
        because: 'LATE_FACT',
        changed: ['latitude', 'longitude', 'isFatal', 'hasChildrenPresent', 'transport', 'place'],
      },
    ]);
  });

  it('moves no overdose before the birth of whoever it was', async () => {
    const { id } = await sent(asOfficer, REPORT, EVERYTHING);
    const correct = (change: object) => sent(asOfficer, CORRECT, { reportId: id, because: 'MISTAKE', ...change });
    expect(await correct({ occurredAt: '1989-01-01T00:00:00Z' })).toMatchObject({ field: 'input.occurredAt' });
    const person = { givenName: 'Jo', birthDate: '2026-03-03' };
    expect(await correct({ person })).toMatchObject({ field: 'input.person.birthDate' });
  });

  it('keeps what is left out of the home and of the person, and takes back what is null', async () => {
    const told = { person: { ageYears: 34, sex: 'FEMALE' }, residence: EVERYTHING.residence };
    const { id } = await sent(asOfficer, REPORT, { ...FOUR, ...told });
    const correct = (change: object) => sent(asOfficer, CORRECT, { reportId: id, because: 'LATE_FACT', ...change });
    const named = await correct({ person: { givenName: 'Al', familyName: 'Roe' }, residence: { countyFips: '39141' } });
    expect(named).toMatchObject({ ageYears: 34, sex: 'FEMALE', residence: '12 Example Street' });
    expect(named).toMatchObject({ person: { givenName: 'Al' }, residenceCounty: { fips: '39141' } });
    expect(await correct({ person: { ageYears: null, sex: 'MALE' }, residence: { address: null } })).toMatchObject({
      ...{ ageYears: null, sex: 'MALE', person: { givenName: 'Al' } },
      ...{ residence: null, residenceCounty: { fips: '39141' } },
    });
    expect(await correct({ residence: null })).toMatchObject({ residenceCounty: null, sex: 'MALE' });
  });

  it('names somebody later, and takes a name back', async () => {
    const { id } = await sent(asOfficer, REPORT, FOUR);
    const named = await sent(asOfficer, CORRECT, {
      reportId: id,
      because: 'LATE_FACT',
      person: { givenName: 'Al', familyName: 'Roe' },
    });
    expect(named).toMatchObject({ person: { givenName: 'Al' }, episode: { pathway: 'NALOXONE_PLUS' } });
    expect(await sent(asOfficer, CORRECT, { reportId: id, because: 'MISTAKE', person: null })).toMatchObject({
      person: null,
      episode: null,
    });
  });

  it('refuses what changes nothing, what makes no sense, and what was taken back', async () => {
    const { id } = await sent(asOfficer, REPORT, FOUR);
    const of = (change: object) => sent(asOfficer, CORRECT, { reportId: id, because: 'MISTAKE', ...change });
    expect(await of({})).toMatchObject({ code: 'INVALID_INPUT', field: 'input' });
    expect(await of({ isNaloxoneGiven: false, doses: [{ by: 'EMS' }] })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await of({ where: { countyFips: '39000' } })).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await sent(asOfficer, RETRACT, { reportId: id, because: 'NOT_AN_OVERDOSE' })).toMatchObject({ id });
    expect(await of({ isFatal: true })).toMatchObject({ code: 'ILLEGAL_TRANSITION' });
    expect(await sent(asOfficer, RETRACT, { reportId: id, because: 'DUPLICATE' })).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
    });
  });
});

describe('another agency', () => {
  it('finds, lists, corrects and retracts nothing', async () => {
    const { id } = await sent(asOfficer, REPORT, EVERYTHING);
    expect((await asMedic(READ, { id })).data).toEqual({ overdoseReport: null });
    const none = { code: 'NOT_FOUND' };
    expect(await sent(asMedic, CORRECT, { reportId: id, because: 'MISTAKE', isFatal: true })).toMatchObject(none);
    expect(await sent(asMedic, RETRACT, { reportId: id, because: 'DUPLICATE' })).toMatchObject(none);
    const list = await asMedic<{ overdoseReports: { nodes: Shown[] } }>(
      '{ overdoseReports(first: 100) { nodes { id } } }',
    );
    expect(list.data?.overdoseReports.nodes.map((node) => node.id)).not.toContain(id);
    const colleague = await app.as(
      await buildStaff(app.database, { id: officer.agencyId, kind: 'LAW_ENFORCEMENT' }, 'OFFICER'),
    );
    expect((await colleague<{ overdoseReport: Shown }>(READ, { id })).data?.overdoseReport.id).toBe(id);
  });
});

it('keeps the four fields as the smallest report', () => {
  expect(Object.keys(anOverdose()).sort()).toEqual(['isFatal', 'isNaloxoneGiven', 'occurredAt', 'where']);
});
