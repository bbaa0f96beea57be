import type { AgencyKind } from '../kernel/vocabulary';
import type { Purpose } from './purpose';

/** What a person or a system does at its agency. No role sees a person by rank alone. */
export const roles = {
  OFFICER: 'Police officer or sheriff’s deputy',
  EVIDENCE_CUSTODIAN: 'Keeper of the property room: has custody records, and sees no person',
  MEDIC: 'Emergency medical responder',
  HOSPITAL_STAFF: 'Hospital staff',
  PROVIDER_STAFF: 'Intake staff of a treatment provider',
  OUTREACH_WORKER: 'Member of an outreach team',
  COORDINATOR: 'Coordinator of an outreach team: watches referrals and clocks of the agencies it coordinates',
  SAFETY_OFFICER:
    'Designated officer of an agency for its responders: their exposures, and the naloxone they carry; sees no person who was helped',
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
  LAW_ENFORCEMENT: ['OFFICER', 'EVIDENCE_CUSTODIAN', 'SAFETY_OFFICER', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  EMS: ['MEDIC', 'SAFETY_OFFICER', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  HOSPITAL: ['HOSPITAL_STAFF', 'SAFETY_OFFICER', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  TREATMENT_PROVIDER: ['PROVIDER_STAFF', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  OUTREACH_TEAM: ['OUTREACH_WORKER', 'COORDINATOR', 'SAFETY_OFFICER', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  SCHOOL: ['SCHOOL_LIAISON', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  CHILD_SERVICES: ['CHILD_SERVICES_WORKER', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
  PUBLIC_HEALTH: ['ANALYST', 'SAFETY_OFFICER', 'PRIVACY_OFFICER', 'AGENCY_ADMIN'],
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
  /** Why they ask, when the request says it; else the first purpose of the role. */
  readonly purpose?: Purpose;
  /** At work in what is kept apart of this agency; `agencyId` is then the annex, which has nothing of the agency’s. */
  readonly annexOf?: string;
}

/** What a role may look for; the first is meant where a request names none. */
export const purposesOfRole: Readonly<Record<Role, readonly [Purpose, ...Purpose[]]>> = {
  OFFICER: ['DEFLECTION'],
  EVIDENCE_CUSTODIAN: ['CUSTODY'],
  MEDIC: ['TREATMENT', 'MEDICAL_EMERGENCY'],
  HOSPITAL_STAFF: ['TREATMENT', 'MEDICAL_EMERGENCY'],
  PROVIDER_STAFF: ['TREATMENT', 'MEDICAL_EMERGENCY'],
  OUTREACH_WORKER: ['CARE_COORDINATION'],
  COORDINATOR: ['CARE_COORDINATION'],
  SAFETY_OFFICER: ['STAFF_SAFETY'],
  SCHOOL_LIAISON: ['CHILD_SAFETY'],
  CHILD_SERVICES_WORKER: ['CHILD_SAFETY'],
  ANALYST: ['PUBLIC_HEALTH'],
  PRIVACY_OFFICER: ['OVERSIGHT'],
  AGENCY_ADMIN: ['ADMINISTRATION'],
  PLATFORM_ADMIN: ['ADMINISTRATION'],
  SYSTEM: ['CARE_COORDINATION'],
};

/** The purpose the request named, or the first of the role. */
export const purposeOf = ({ role, purpose }: Actor): Purpose => purpose ?? purposesOfRole[role][0];

/** A purpose a request names, when the role may have it. */
export const isPurposeOf = (role: Role, purpose: string): purpose is Purpose =>
  (purposesOfRole[role] as readonly string[]).includes(purpose);
