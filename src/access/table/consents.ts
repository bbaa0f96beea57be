import { EVERYONE, REFERRERS, type Resource } from '../policy';

export const consentResources = {
  Consent: {
    fields: {
      id: 'CONSENT',
      scope: 'CONSENT',
      recipientAgency: 'CONSENT',
      signedAt: 'CONSENT',
      expiresAt: 'CONSENT',
      revokedAt: 'CONSENT',
      isActive: 'CONSENT',
    },
    grants: [{ relation: 'OWN_AGENCY', roles: REFERRERS, classes: ['CONSENT'] }],
    commands: {
      revoke: [{ relation: 'OWN_AGENCY', roles: REFERRERS }],
    },
    source: { subject: 'Person', subjectIn: 'personId', from: { CONSENT: ['recordedByAgencyId'] } },
  },
  /** What is shown to a person before they sign: no person in it. */
  ConsentText: {
    fields: Object.fromEntries(
      [
        'version',
        'language',
        'title',
        'body',
        'hash',
        'kind',
        'permits',
        'recipientKinds',
        'disclosers',
        'information',
        'purposes',
        'expiries',
        'defaultDays',
      ].map((field) => [field, 'DIRECTORY' as const]),
    ),
    grants: [{ relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] }],
    commands: { read: [{ relation: 'ANYONE', roles: EVERYONE }] },
  },
} as const satisfies Record<string, Resource>;
