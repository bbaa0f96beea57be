import { auditKinds } from '../platform/audit/audit-entry';
import { enumOf } from '../platform/graphql';

export const AuditKindEnum = enumOf('AuditKind', auditKinds, 'What an entry of the audit trail tells of.');

export const auditActorKinds = {
  STAFF: 'A person, signed in.',
  SERVICE_ACCOUNT: 'A partner system.',
  SYSTEM: 'Handrail itself: routing, clocks and deliveries.',
} as const;
export const AuditActorKindEnum = enumOf('AuditActorKind', auditActorKinds, 'Who acted.');

export const proofSides = {
  LEFT: 'Hash it before what you have.',
  RIGHT: 'Hash it after what you have.',
} as const;
export const ProofSideEnum = enumOf('ProofSide', proofSides, 'Where the hash of a step of a proof stands.');
