import type { Resource } from '../policy';

/** The own agency’s trail, for whoever answers for it; admins have no part in what they do themselves. */
const ownTrail = [{ relation: 'OWN_AGENCY', roles: ['PRIVACY_OFFICER'], classes: ['TRAIL'] }] as const;
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
  },
  AuditExport: { fields: { events: 'TRAIL', pageInfo: 'TRAIL' }, grants: ownTrail, commands: {} },
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
    grants: ownTrail,
    commands: {},
  },
  AuditProofStep: { fields: { side: 'TRAIL', hash: 'TRAIL' }, grants: ownTrail, commands: {} },
} as const satisfies Record<string, Resource>;
