import {
  accessMatrix,
  consentScopes,
  explain,
  grantedCommands,
  isOpenField,
  isOpenType,
  mayCall,
  mayCount,
  mayDo,
  mayRead,
  NO_FACTS,
  reading,
  resources,
  roles,
  rolesOfAgencyKind,
  scopesOf,
  type Actor,
  type ConsentScope,
  type Facts,
  type Relation,
  type Role,
} from '.';
import { relations } from './policy';

const actor = (role: Role, scopes: readonly string[] | null = null): Actor => ({
  kind: scopes === null ? 'STAFF' : 'SERVICE_ACCOUNT',
  id: 'a',
  membershipId: 'm',
  agencyId: 'g',
  agencyKind: 'LAW_ENFORCEMENT',
  role,
  scopes,
});
const facts = (relations: Facts['relations'], consents: Facts['consents'] = []): Facts => ({ relations, consents });
const fieldsOf = (role: Role, given: Facts): string[] =>
  Object.keys(resources['Referral']?.fields ?? {}).filter((field) => mayRead(actor(role), 'Referral', field, given));

const RECEIPT = [
  'id',
  'pathway',
  'progress',
  'submittedAt',
  'acknowledgedAt',
  'closedAt',
  'missing',
  'nextStep',
  'allowedActions',
  'sender',
  'handOffs',
];
const CARE_ONLY = [
  'state',
  'offers',
  'hold',
  'scheduledFor',
  'admittedAt',
  'noShows',
  'outcome',
  'endReason',
  'changes',
];

describe('the one-way valve', () => {
  it('lets police and schools see that it was sent, acknowledged and closed, and whom they referred', () => {
    for (const role of ['OFFICER', 'SCHOOL_LIAISON'] as const) {
      const seen = fieldsOf(role, facts(['SENDER']));
      expect(new Set(seen)).toEqual(new Set([...RECEIPT, 'emergencyInstruction', 'person', 'episode', 'consents']));
    }
  });

  it('adds where they were taken and whether they arrived with the person’s consent, and nothing more', () => {
    const more = fieldsOf('OFFICER', facts(['SENDER'], ['OUTCOME_TO_SENDER'])).filter(
      (field) => !fieldsOf('OFFICER', facts(['SENDER'])).includes(field),
    );
    expect(new Set(more)).toEqual(new Set(['destination', 'arrivedAt']));
  });

  it('never shows police or schools treatment content, whatever relation and consent come together', () => {
    const all = facts(
      ['OWN_AGENCY', 'KNOWN', 'SENDER', 'COORDINATING', 'OFFERED', 'ACKNOWLEDGED', 'RECEIVER'],
      ['IDENTITY_BEFORE_ACCEPTANCE', 'OUTCOME_TO_SENDER', 'IDENTITY_TO_COORDINATOR'],
    );
    for (const role of ['OFFICER', 'SCHOOL_LIAISON'] as const) {
      const seen = fieldsOf(role, all);
      expect([...CARE_ONLY, 'need', 'matchRuns', 'unmetNeed'].filter((field) => seen.includes(field))).toEqual([]);
      for (const resource of ['Offer', 'Hold', 'ReferralChange', 'MatchRun']) {
        expect(
          Object.keys(resources[resource]?.fields ?? {}).filter((field) => mayRead(actor(role), resource, field, all)),
        ).toEqual([]);
      }
    }
  });

  it('shows a program the need and no name until the person or acceptance allows it', () => {
    expect(new Set(fieldsOf('PROVIDER_STAFF', facts(['OFFERED'])))).toEqual(
      // Which danger was seen stands in the need.
      new Set([...RECEIPT, 'need']),
    );
    expect(fieldsOf('PROVIDER_STAFF', facts(['OFFERED'], ['IDENTITY_BEFORE_ACCEPTANCE']))).not.toContain('person');
    expect(fieldsOf('PROVIDER_STAFF', facts(['ACKNOWLEDGED']))).not.toContain('person');
    expect(fieldsOf('PROVIDER_STAFF', facts(['ACKNOWLEDGED'], ['IDENTITY_BEFORE_ACCEPTANCE']))).toContain('person');
    expect(fieldsOf('PROVIDER_STAFF', facts(['RECEIVER']))).toContain('person');
  });

  it('shows no person to admins, analysts and privacy officers, whatever else is true', () => {
    const all = facts(
      ['OWN_AGENCY', 'KNOWN', 'SENDER', 'COORDINATING', 'OFFERED', 'ACKNOWLEDGED', 'RECEIVER'],
      ['OUTCOME_TO_SENDER'],
    );
    for (const role of [
      'AGENCY_ADMIN',
      'PLATFORM_ADMIN',
      'ANALYST',
      'PRIVACY_OFFICER',
      'CHILD_SERVICES_WORKER',
      'SYSTEM',
    ] as const) {
      expect(fieldsOf(role, all)).toEqual([]);
      expect(
        Object.keys(resources['Person']?.fields ?? {}).filter((field) => mayRead(actor(role), 'Person', field, all)),
      ).toEqual([]);
    }
  });

  it('shows nothing at all without a relation', () => {
    for (const role of Object.keys(roles) as Role[]) expect(fieldsOf(role, NO_FACTS)).toEqual([]);
  });
});

describe('an explanation', () => {
  const restsOn = (role: Role, field: string, given: Facts) => explain(actor(role), 'Referral', field, given)?.restsOn;

  it('names the consents that decide: of the rows that fail by nothing else', () => {
    expect(restsOn('OFFICER', 'arrivedAt', facts(['SENDER']))).toEqual(['OUTCOME_TO_SENDER']);
    expect(restsOn('OFFICER', 'arrivedAt', facts(['SENDER'], ['OUTCOME_TO_SENDER']))).toEqual(['OUTCOME_TO_SENDER']);
    expect(restsOn('OFFICER', 'arrivedAt', NO_FACTS)).toEqual([]);
    expect(restsOn('OFFICER', 'sender', facts(['SENDER']))).toEqual([]);
  });

  it('tells nobody of the record what is out of their scope', () => {
    const partner = actor('COORDINATOR', ['Referral:read']);
    const [agreed, nothing] = [facts(['COORDINATING'], ['IDENTITY_TO_COORDINATOR']), NO_FACTS].map((given) =>
      explain(partner, 'Referral', 'person', given),
    );
    expect(agreed).toEqual(nothing);
    expect(agreed).toMatchObject({ isAllowed: false, reason: 'SCOPE', restsOn: [] });
    expect(explain(partner, 'Referral', 'pathway', facts(['COORDINATING']))?.isAllowed).toBe(true);
  });

  it('names the one that words of a Part 2 program need beyond the row', () => {
    const coordinating = facts(['COORDINATING']);
    expect(restsOn('COORDINATOR', 'state', coordinating)).toEqual([]);
    expect(restsOn('COORDINATOR', 'state', { ...coordinating, part2: ['CARE'] })).toEqual(['CARE_TO_COORDINATOR']);
    const offered: Facts = { ...facts(['OFFERED']), part2: ['NEED'] };
    expect(restsOn('PROVIDER_STAFF', 'need', offered)).toEqual(['TREATMENT_PAYMENT_OPERATIONS']);
    const medic = { ...actor('MEDIC'), purpose: 'MEDICAL_EMERGENCY' } as const;
    const opened: Facts = { ...facts(['EMERGENCY']), part2: ['NEED'] };
    expect(explain(medic, 'EmergencyRecord', 'substances', opened)).toMatchObject({ isFromPart2: true, restsOn: [] });
  });
});

describe('the table', () => {
  it('denies what it does not name, and names nothing of a prototype', () => {
    expect(mayRead(actor('OFFICER'), 'Nothing', 'id', NO_FACTS)).toBe(false);
    expect(mayRead(actor('OFFICER'), 'toString', 'length', NO_FACTS)).toBe(false);
    expect(mayRead(actor('OFFICER'), 'Referral', 'constructor', facts(['SENDER']))).toBe(false);
    expect([mayDo, mayCall].map((ask) => ask(actor('OFFICER'), 'Referral', 'toString', facts(['SENDER'])))).toEqual([
      false,
      false,
    ]);
    expect(mayCall(actor('OFFICER'), 'valueOf', 'read')).toBe(false);
    expect([isOpenField('Nothing', 'id'), isOpenField('Agency', 'nothing')]).toEqual([false, false]);
    expect(grantedCommands(actor('OFFICER'), 'Nothing', NO_FACTS)).toEqual([]);
  });

  it('opens the directory to everyone signed in', () => {
    expect(isOpenField('Program', 'name')).toBe(true);
    expect(isOpenField('BedPool', 'holds')).toBe(false);
    expect(isOpenField('Referral', 'id')).toBe(false);
    expect(mayRead(actor('ANALYST', []), 'Program', 'name', NO_FACTS)).toBe(true);
  });

  it('gives steps to the side whose step it is', () => {
    const granted = (role: Role, ...relations: Facts['relations']) =>
      grantedCommands(actor(role), 'Referral', facts(relations));
    expect(granted('OFFICER', 'SENDER')).toEqual([
      'read',
      'submit',
      'provideInfo',
      'cancel',
      'recall',
      'recordConsent',
      'releaseHandOff',
    ]);
    expect(granted('PROVIDER_STAFF', 'RECEIVER')).toEqual(
      expect.arrayContaining(['schedule', 'recordArrival', 'admit', 'discharge', 'receiveHandOff']),
    );
    expect(granted('PROVIDER_STAFF', 'OFFERED')).toEqual(['read', 'submit']);
    expect(mayDo(actor('OFFICER'), 'Offer', 'accept', facts(['SENDER', 'OWN_AGENCY']))).toBe(false);
    expect(mayCall(actor('OFFICER'), 'Offer', 'accept')).toBe(false);
    expect(mayCall(actor('PROVIDER_STAFF'), 'Offer', 'accept')).toBe(true);
  });

  it('holds a partner system to its scopes, below its role', () => {
    const partner = actor('OFFICER', ['Referral:submit', 'Offer:accept']);
    expect(mayDo(partner, 'Referral', 'submit', NO_FACTS)).toBe(true);
    expect(mayDo(partner, 'Referral', 'cancel', facts(['SENDER']))).toBe(false);
    expect(mayCall(partner, 'Referral', 'read')).toBe(false);
    expect(mayRead(partner, 'Referral', 'id', facts(['SENDER']))).toBe(false);
    expect(mayRead(actor('OFFICER', ['Referral:read']), 'Referral', 'id', facts(['SENDER']))).toBe(true);
    expect(mayDo(partner, 'Offer', 'accept', facts(['OWN_AGENCY']))).toBe(false);
  });

  it('lets a partner system follow no field to a type beyond its scopes, not even to hear that there is something', () => {
    const everything: Facts = {
      relations: Object.keys(relations) as Relation[],
      consents: Object.keys(consentScopes) as ConsentScope[],
    };
    const withoutTarget: unknown[] = [];
    for (const [type, { fields, leadsTo = {} }] of Object.entries(resources)) {
      for (const [field, target] of Object.entries(leadsTo)) {
        expect([type, field, Object.hasOwn(fields, field), Object.hasOwn(resources, target)]).toEqual([
          ...[type, field, true, true],
        ]);
        for (const role of Object.keys(roles) as Role[]) {
          const words = [[`${type}:read`], [`${target}:read`, `${type}:read`], null].map((scopes) =>
            reading(actor(role, scopes), type, field, everything),
          );
          withoutTarget.push(words[0]);
          expect([type, field, role, words[1]]).toEqual([type, field, role, words[2]]);
        }
        expect(mayCount(actor('COORDINATOR', [`${type}:read`]), target)).toBe(isOpenType(target));
      }
    }
    expect(withoutTarget.length).toBeGreaterThan(500);
    expect(new Set(withoutTarget.map((word) => JSON.stringify(word)))).toEqual(new Set(['{"withheld":"SCOPE"}']));
    expect([isOpenType('BedPool'), isOpenType('Referral'), isOpenType('Nothing')]).toEqual([true, false, false]);
    expect(scopesOf('Referral', 'consents')).toEqual(['Referral:read', 'Consent:read']);
    expect([scopesOf('Program', 'name'), scopesOf('Nothing', 'id')]).toEqual([[], []]);
  });

  it('asks a partner system for the need wherever something is made of it', () => {
    // What an emergency opens, and what a hospital notes of its own patient, are records of their own.
    const apart = ['ReferralNeed', 'EmergencyRecord', 'AtRiskFlag'];
    const made = Object.entries(resources).flatMap(([type, { fields }]) =>
      Object.entries(fields)
        .filter(([, fieldClass]) => ['NEED', 'DANGER'].includes(fieldClass) && !apart.includes(type))
        .map(([field]) => [type, field] as const),
    );
    const unasked = made.filter(([type, field]) => !scopesOf(type, field).includes('ReferralNeed:read'));
    expect([made.length > 15, unasked]).toEqual([true, []]);
  });

  it('gives every grant a class that some field has, and every role an agency that may give it', () => {
    for (const [name, { fields, grants }] of Object.entries(resources)) {
      const classes = new Set(Object.values(fields));
      const idle = grants.flatMap((grant) => grant.classes.filter((given) => !classes.has(given)));
      expect([name, idle]).toEqual([name, []]);
    }
    const given = new Set(Object.values(rolesOfAgencyKind).flat());
    expect((Object.keys(roles) as Role[]).filter((role) => !given.has(role))).toEqual(['SYSTEM']);
  });

  it('prints itself for people', () => {
    const page = accessMatrix();
    for (const name of Object.keys(resources)) expect(page).toContain(`## ${name}\n`);
    expect(page).toContain('| `accept` | OWN_AGENCY | PROVIDER_STAFF |');
  });
});
