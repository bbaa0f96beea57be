import { CARE_REFERRERS, CASE_ROLES, EVERYONE, type FieldClass, type Resource } from '../policy';

const classed = (fieldClass: FieldClass, fields: readonly string[]): Record<string, FieldClass> =>
  Object.fromEntries(fields.map((field) => [field, fieldClass]));

/** Who decides who is who: those who take people in, but for schools, which see their notices and receipts. */
const LINKERS = ['OFFICER', ...CARE_REFERRERS] as const;
const byKnowing = [{ relation: 'KNOWN', roles: LINKERS }] as const;
const byConsent = [
  { relation: 'KNOWN_BY_CONSENT', roles: ['PROVIDER_STAFF'], consent: 'IDENTITY_BEFORE_ACCEPTANCE' },
  { relation: 'KNOWN_BY_CONSENT', roles: ['COORDINATOR'], consent: 'IDENTITY_TO_COORDINATOR' },
] as const;
/** Part of what is shown whole or not at all. */
const partOf = (fields: readonly string[]) =>
  ({
    fields: classed('DIRECTORY', fields),
    grants: [{ relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] }],
    commands: {},
  }) as const satisfies Resource;

export const peopleResources = {
  /** The one who needs help. Reached only through a record the actor takes part in. */
  Person: {
    fields: {
      id: 'IDENTITY',
      givenName: 'IDENTITY',
      familyName: 'IDENTITY',
      birthDate: 'IDENTITY',
      sex: 'IDENTITY',
      phone: 'IDENTITY',
      language: 'IDENTITY',
      links: 'IDENTITY',
    },
    leadsTo: { links: 'PersonLink' },
    grants: [
      { relation: 'KNOWN', roles: LINKERS, classes: ['IDENTITY'] },
      // Who else may be the same person is nothing that a school has to settle.
      { relation: 'KNOWN', roles: ['SCHOOL_LIAISON'], classes: ['IDENTITY'], redacts: ['links'] },
      // Agreed to are name and contact; a birth date would be more than that.
      ...byConsent.map((one) => ({ ...one, classes: ['IDENTITY'] as const, redacts: ['birthDate', 'sex', 'links'] })),
    ],
    commands: {},
    source: { subject: 'Person', subjectIn: 'id', from: { IDENTITY: ['sourceAgencyId'] } },
  },
  /** Two records of one person, as far as an agency knows both; that others have one is shown to nobody. */
  PersonLink: {
    fields: classed('IDENTITY', [
      'id',
      'state',
      'person',
      'otherPerson',
      'strength',
      'evidence',
      'conflict',
      'policyVersion',
      'foundAt',
      'decidedAt',
      'decidedBy',
      'decisions',
    ]),
    leadsTo: { person: 'Person', otherPerson: 'Person' },
    grants: [{ relation: 'KNOWN', roles: LINKERS, classes: ['IDENTITY'] }],
    commands: {
      read: [{ relation: 'ANYONE', roles: LINKERS }],
      confirm: byKnowing,
      reject: byKnowing,
      merge: byKnowing,
      split: byKnowing,
      reopen: byKnowing,
    },
    source: { subject: 'Person', subjectIn: 'aboutPersonId', from: { IDENTITY: ['sourceAgencyId'] } },
  },
  /** Somebody known who may be the one looked for. */
  PersonMatch: {
    fields: classed('IDENTITY', ['person', 'strength', 'evidence']),
    leadsTo: { person: 'Person' },
    grants: [{ relation: 'KNOWN', roles: LINKERS, classes: ['IDENTITY'] }],
    commands: { find: [{ relation: 'ANYONE', roles: LINKERS }] },
    source: { subject: 'Person', subjectIn: 'personId', from: { IDENTITY: ['sourceAgencyId'] } },
  },
  PersonEvidence: partOf(['comparison', 'agreement', 'bits']),
  PersonLinkDecision: partOf(['at', 'step', 'toState', 'byWhom', 'policyVersion']),
  Episode: {
    // That an episode stays open tells that treatment goes on.
    fields: { id: 'RECEIPT', pathway: 'RECEIPT', openedAt: 'RECEIPT', closedAt: 'CARE', referrals: 'RECEIPT' },
    leadsTo: { referrals: 'Referral' },
    grants: [
      { relation: 'KNOWN', roles: CASE_ROLES, classes: ['RECEIPT'] },
      ...byConsent.map((one) => ({ ...one, classes: ['RECEIPT'] as const })),
      { relation: 'KNOWN', roles: CARE_REFERRERS, classes: ['CARE'] },
    ],
    commands: {},
    source: { subject: 'Person', subjectIn: 'personId', from: { CARE: ['openedByAgencyId'] } },
  },
} as const satisfies Record<string, Resource>;
