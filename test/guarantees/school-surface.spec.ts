import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, isObjectType } from 'graphql';
import { isOpenField, mayCall, mayRead, resources, type Actor, type Facts } from '../../src/access';
import { consentScopes } from '../../src/access';
import { relations, type ConsentScope, type Relation } from '../../src/access/policy';
import { buildAgency, buildStaff } from '../builders/agencies';
import { reachAt } from '../builders/nudges';
import { buildRegion, buildSubmission } from '../builders/referrals';
import { tell } from '../builders/surrenders';
import { openApp, type TestApp } from '../setup/app';
import { answersTo, rowsFor, type Found } from '../setup/what-is-readable';

const schema = buildSchema(readFileSync(join(__dirname, '../../schema.graphql'), 'utf8'));
const liaison: Actor = {
  ...{ kind: 'STAFF', id: 'a', membershipId: 'm', agencyId: 'g' },
  ...{ agencyKind: 'SCHOOL', role: 'SCHOOL_LIAISON', scopes: null },
};
/** As much as a school could ever be to a record, with everything agreed. */
const everything: Facts = {
  relations: Object.keys(relations) as Relation[],
  consents: Object.keys(consentScopes) as ConsentScope[],
};

const fieldsOfPeople = (): string[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .flatMap((type) =>
      Object.keys(resources[type.name]?.fields ?? {})
        .filter((field) => !isOpenField(type.name, field) && mayRead(liaison, type.name, field, everything))
        .map((field) => `${type.name}.${field}`),
    );
const NOTICE = ['id', 'childName', 'ageYears', 'grade', 'school', 'sendingAgency', 'sentAt', 'readAt'];
/** What a school sent itself, to ask for help for a family: its own words, and that they were received. */
const SENT_BY_ITSELF = [
  'Referral',
  'Person',
  'Episode',
  'HandOff',
  'Consent',
  'ConsentRevocation',
  'WeighedConsent',
  'AccountingRequest',
];
/** Made of records, which are shown or withheld one by one: nothing by itself. */
const AROUND_RECORDS = ['AccessExplanation', 'OutreachPlan', 'OutreachStop', 'OutreachMeeting'];
/** Nobody in it: who works at the school, what it rations itself, what there is near a family. */
const WITHOUT_PEOPLE = [
  ...['Viewer', 'HoldQuota', 'ProgramMatch', 'SupportMeeting', 'ClosestMeeting', 'MeetingTime'],
  // Where it is told that something waits, and of which of its own records.
  ...['NudgeSettings', 'NudgeAddress', 'Nudge'],
  ...AROUND_RECORDS,
];

describe('all that a school can reach', () => {
  it('of children is the notice, field by field', () => {
    const notice = fieldsOfPeople().filter((field) => field.startsWith('HandleWithCare'));
    expect(notice).toEqual(NOTICE.map((field) => `HandleWithCareNotice.${field}`));
    const type = schema.getType('HandleWithCareNotice');
    const declared = isObjectType(type) ? Object.keys(type.getFields()) : [];
    expect(declared.sort()).toEqual([...NOTICE, 'withheld'].sort());
  });

  it('beside that is what it sent itself, and the directory', () => {
    const types = new Set(fieldsOfPeople().map((field) => field.split('.')[0] ?? ''));
    const others = [...types].filter(
      (type) => type !== 'HandleWithCareNotice' && !SENT_BY_ITSELF.includes(type) && !WITHOUT_PEOPLE.includes(type),
    );
    expect(others).toEqual([]);
  });

  it('takes no step on anything but its notices, its bells and what it sends', () => {
    const steps = Object.entries(resources).flatMap(([name, { commands }]) =>
      Object.keys(commands)
        .filter((command) => command !== 'read' && mayCall(liaison, name, command))
        .map((command) => `${name}:${command}`),
    );
    const own = ['HandleWithCareNotice:acknowledge', 'SchoolCalendar:set', 'ProgramMatch:match', 'Packet:make'];
    const isOfItsOwn = (step: string) =>
      own.includes(step) || /^(Referral|Consent|AccountingRequest|NudgeSettings):/.test(step);
    expect(steps.filter((step) => !isOfItsOwn(step))).toEqual([]);
  });
});

describe('whatever happened', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  /** A school and its police; an event of one kind or another; one notice. All that the school then has. */
  const after = async (event: (officer: Actor) => Promise<void>): Promise<Found[]> => {
    const { officer } = await buildRegion(app);
    const school = await buildAgency(app.database, { kind: 'SCHOOL', state: 'WV' });
    const reader = await buildStaff(app.database, school, 'SCHOOL_LIAISON');
    await reachAt(app, reader);
    await event(officer);
    const sent = await tell(await app.as(officer), 'sendHandleWithCare', {
      ...{ schoolId: school.id, childName: 'Sample Child', grade: 'GRADE_3' },
    });
    expect(sent.code).toBeNull();
    await app.runDue();
    const ask = await app.as(reader);
    const rows = (await rowsFor(app, reader)).filter(
      ({ at }) => !/agency|program|pool|account|membership|quota|migrations/.test(at),
    );
    return [...(await answersTo(ask)).filter(({ at }) => /HandleWithCare/i.test(at)), ...rows];
  };

  /** Ids, times and who it was left out: what is left is what a school could tell one cause from another by. */
  const shapeOf = (found: readonly Found[]): unknown =>
    found.map(({ at, row }) => [
      at,
      Object.entries(row as object).map(([field, value]) => [field, value === null ? null : typeof value]),
    ]);

  it('the school has the same: as many rows, of the same shape, from the same sender', async () => {
    const nothing = () => Promise.resolve();
    const overdose = async (officer: Actor) => {
      const referral = buildSubmission({ pathway: 'NALOXONE_PLUS' });
      expect((await tell(await app.as(officer), 'submitReferral', referral)).code).toBeNull();
    };
    const [burglary, revived] = [await after(nothing), await after(overdose)];
    expect(shapeOf(revived)).toEqual(shapeOf(burglary));
    expect(JSON.stringify(revived)).not.toMatch(/NALOXONE|overdose/i);
    expect(burglary.filter(({ at }) => at === 'SQL handle_with_care_notice')).toHaveLength(1);
  });
});
