import { EVERYONE, REFERRERS, type Resource } from '../policy';

/** The own agency’s trail, for whoever answers for it; admins have no part in what they do themselves. */
const ownTrail = [{ relation: 'OWN_AGENCY', roles: ['PRIVACY_OFFICER'], classes: ['TRAIL'] }] as const;
/** The agency whose trail it is: a reading of it is an entry of it. */
const source = { subject: 'Agency', subjectIn: 'agencyId', from: { TRAIL: [] } } as const;
const openToAll = { relation: 'ANYONE', roles: EVERYONE, classes: ['DIRECTORY'] } as const;
const byPrivacyOfficer = [{ relation: 'OWN_AGENCY', roles: ['PRIVACY_OFFICER'] }] as const;

export const auditResources = {
  AuditEntry: {
    fields: {
      id: 'TRAIL',
      decisionId: 'TRAIL',
      at: 'TRAIL',
      kind: 'TRAIL',
      action: 'TRAIL',
      refusal: 'TRAIL',
      actorKind: 'TRAIL',
      actorId: 'TRAIL',
      role: 'TRAIL',
      subjectType: 'TRAIL',
      subjectId: 'TRAIL',
      details: 'TRAIL',
      purpose: 'TRAIL',
      requestId: 'TRAIL',
    },
    grants: ownTrail,
    commands: { read: byPrivacyOfficer, export: byPrivacyOfficer },
    source,
  },
  AuditExport: {
    fields: { events: 'TRAIL', pageInfo: 'TRAIL' },
    grants: ownTrail,
    commands: {},
    source: { ...source, idsIn: 'entryIds' },
  },
  AuditProof: {
    fields: {
      entry: 'TRAIL',
      content: 'TRAIL',
      leaf: 'TRAIL',
      path: 'TRAIL',
      root: 'TRAIL',
      block: 'TRAIL',
      blockHash: 'TRAIL',
      sealedAt: 'TRAIL',
    },
    leadsTo: { entry: 'AuditEntry', content: 'AuditEntry', path: 'AuditProofStep' },
    grants: ownTrail,
    commands: {},
    source,
  },
  /** What the policy says of one field to one actor: nothing of the record but what the actor is to it. */
  AccessExplanation: {
    fields: Object.fromEntries(
      [
        'type',
        'field',
        'fieldClass',
        'scopes',
        'isAllowed',
        'reason',
        'rule',
        'considered',
        'prohibition',
        'purpose',
        'relations',
        'consents',
        'weighedConsents',
        'consentsNotOnFile',
        'isFromPart2',
        'isAccountedFor',
      ].map((field) => [field, 'DIRECTORY' as const]),
    ),
    leadsTo: { weighedConsents: 'WeighedConsent', consentsNotOnFile: 'WeighedConsent' },
    grants: [openToAll],
    commands: { read: [{ relation: 'ANYONE', roles: EVERYONE }], readOfMember: byPrivacyOfficer },
  },
  /** Ids and codes of a consent, for who may see it and for their privacy officer: `OWN_AGENCY` recorded it, `KNOWN` is named in it. */
  WeighedConsent: {
    fields: { id: 'TRAIL', kind: 'TRAIL', scope: 'TRAIL', state: 'TRAIL', since: 'TRAIL' },
    grants: [
      { relation: 'OWN_AGENCY', roles: [...REFERRERS, 'PRIVACY_OFFICER'], classes: ['TRAIL'] },
      { relation: 'KNOWN', roles: [...REFERRERS, 'PRIVACY_OFFICER'], classes: ['TRAIL'] },
    ],
    commands: {},
    source: { subject: 'Person', subjectIn: 'personId', from: { TRAIL: ['recordedByAgencyId'] } },
  },
  AccessRule: {
    fields: Object.fromEntries(
      ['relation', 'roles', 'classes', 'consent', 'purposes', 'isOnlyWhileOpen', 'redacts', 'failsBy'].map((field) => [
        field,
        'DIRECTORY' as const,
      ]),
    ),
    grants: [openToAll],
    commands: {},
  },
  AuditProofStep: { fields: { side: 'TRAIL', hash: 'TRAIL' }, grants: ownTrail, commands: {}, source },
} as const satisfies Record<string, Resource>;
