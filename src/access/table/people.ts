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
    grants: [{ relation: 'KNOWN', roles: CASE_ROLES, classes: ['IDENTITY'] }],
    commands: {},
  },
  Episode: {
    // That an episode stays open tells that treatment goes on.
    fields: { id: 'RECEIPT', pathway: 'RECEIPT', openedAt: 'RECEIPT', closedAt: 'CARE', referrals: 'RECEIPT' },
    grants: [
      { relation: 'KNOWN', roles: CASE_ROLES, classes: ['RECEIPT'] },
      { relation: 'KNOWN', roles: CARE_REFERRERS, classes: ['CARE'] },
    ],
    commands: {},
  },
} as const satisfies Record<string, Resource>;
