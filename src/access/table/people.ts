import { CARE_REFERRERS, CASE_ROLES, type Resource } from '../policy';

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
    },
    grants: [
      { relation: 'KNOWN', roles: CASE_ROLES, classes: ['IDENTITY'] },
      // Agreed to are name and contact; a birth date would be more than that.
      { relation: 'KNOWN_BY_CONSENT', roles: CASE_ROLES, classes: ['IDENTITY'], redacts: ['birthDate', 'sex'] },
    ],
    commands: {},
    source: { subject: 'Person', subjectIn: 'id', from: { IDENTITY: ['sourceAgencyId'] } },
  },
  Episode: {
    // That an episode stays open tells that treatment goes on.
    fields: { id: 'RECEIPT', pathway: 'RECEIPT', openedAt: 'RECEIPT', closedAt: 'CARE', referrals: 'RECEIPT' },
    grants: [
      { relation: 'KNOWN', roles: CASE_ROLES, classes: ['RECEIPT'] },
      { relation: 'KNOWN_BY_CONSENT', roles: CASE_ROLES, classes: ['RECEIPT'] },
      { relation: 'KNOWN', roles: CARE_REFERRERS, classes: ['CARE'] },
    ],
    commands: {},
    source: { subject: 'Person', subjectIn: 'personId', from: { CARE: ['openedByAgencyId'] } },
  },
} as const satisfies Record<string, Resource>;
