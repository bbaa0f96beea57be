import { EVERYONE, REFERRERS, type FieldClass, type Resource } from '../policy';

const classed = <Class extends FieldClass>(fieldClass: Class, fields: readonly string[]): Record<string, Class> =>
  Object.fromEntries(fields.map((field) => [field, fieldClass]));

/** Who recorded it, and the agency it names (`KNOWN`): the latter may use it, so it must see how far it reaches. */
const byRecorderAndNamed = [
  { relation: 'OWN_AGENCY', roles: REFERRERS, classes: ['CONSENT'] },
  { relation: 'KNOWN', roles: REFERRERS, classes: ['CONSENT'] },
] as const;

const byWhoKnowsThem = [
  { relation: 'KNOWN', roles: REFERRERS },
  { relation: 'KNOWN_BY_CONSENT', roles: REFERRERS },
] as const;

export const consentResources = {
  Consent: {
    fields: classed('CONSENT', [
      'id',
      'kind',
      'scope',
      'permits',
      'inForce',
      'disclosers',
      'information',
      'recipientKind',
      'recipientAgency',
      'recipientName',
      'purposes',
      'expiry',
      'expiresAt',
      'signedAt',
      'signedBy',
      'coSignedBy',
      'signatureMethod',
      'textVersion',
      'textHash',
      'stateRules',
      'recordedBy',
      'revokedAt',
      'isActive',
      'revocations',
    ]),
    leadsTo: { revocations: 'ConsentRevocation' },
    grants: byRecorderAndNamed,
    commands: {
      read: [{ relation: 'ANYONE', roles: REFERRERS }],
      // A person signs with, and takes back from, whoever knows them.
      record: byWhoKnowsThem,
      revoke: [{ relation: 'OWN_AGENCY', roles: REFERRERS }, ...byWhoKnowsThem],
    },
    source: { subject: 'Person', subjectIn: 'personId', from: { CONSENT: ['recordedByAgencyId'] } },
  },
  ConsentRevocation: {
    fields: classed('CONSENT', ['scopes', 'isWhole', 'askedBy', 'method', 'revokedAt']),
    grants: byRecorderAndNamed,
    commands: {},
    source: { subject: 'Person', subjectIn: 'personId', from: { CONSENT: ['recordedByAgencyId'] } },
  },
  /** What is shown to a person before they sign: no person in it. */
  ConsentText: {
    fields: classed('DIRECTORY', [
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
    ]),
    grants: [{ relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] }],
    commands: { read: [{ relation: 'ANYONE', roles: EVERYONE }] },
  },
} as const satisfies Record<string, Resource>;
