import type { AgencyKind } from '../kernel/vocabulary';

/** What a person or a system does at its agency. No role sees a person by rank alone. */
export const roles = {
  OFFICER: 'Police officer or sheriff’s deputy',
  MEDIC: 'Emergency medical responder',
  HOSPITAL_STAFF: 'Hospital staff',
  PROVIDER_STAFF: 'Intake staff of a treatment provider',
  OUTREACH_WORKER: 'Member of an outreach team',
  COORDINATOR: 'Coordinator of an outreach team: watches referrals and clocks of the agencies it coordinates',
  SCHOOL_LIAISON: 'School liaison',
  CHILD_SERVICES_WORKER: 'Child-services worker',
  ANALYST: 'Public-health analyst: sees counts, never people',
  PRIVACY_OFFICER: 'Reads the audit trail and answers accounting requests',
  AGENCY_ADMIN: 'Manages users, programs and agreements of one agency; sees no person by being admin',
  PLATFORM_ADMIN: 'Manages agencies; sees no person by being admin',
  SYSTEM: 'Handrail itself: routing, clocks and deliveries',
} as const;
export type Role = keyof typeof roles;

/** Which roles an agency of a kind may give. A person or service account holds exactly one role per membership. */
export const rolesOfAgencyKind: Readonly<Record<AgencyKind, readonly Role[]>> = {
  LAW_ENFORCEMENT: ['OFFICER', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  EMS: ['MEDIC', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  HOSPITAL: ['HOSPITAL_STAFF', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  TREATMENT_PROVIDER: ['PROVIDER_STAFF', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  OUTREACH_TEAM: ['OUTREACH_WORKER', 'COORDINATOR', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  SCHOOL: ['SCHOOL_LIAISON', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  CHILD_SERVICES: ['CHILD_SERVICES_WORKER', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  PUBLIC_HEALTH: ['ANALYST', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  PLATFORM: ['PLATFORM_ADMIN', 'PRIVACY_OFFICER'],
};

/** Who is asking. Built from a verified token and a live membership, never from the request’s own words. */
export interface Actor {
  readonly kind: 'STAFF' | 'SERVICE_ACCOUNT' | 'SYSTEM';
  /** The staff user or the service account. */
  readonly id: string;
  readonly membershipId: string;
  readonly agencyId: string;
  readonly agencyKind: AgencyKind;
  readonly role: Role;
  /** `null`: not limited (people). A list: what a partner system may do below its agency’s rights. */
  readonly scopes: readonly string[] | null;
}
