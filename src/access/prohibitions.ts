import type { Role } from './actor';
import type { FieldClass } from './policy';

/** What no grant overrides, whatever relation and consent come together. */
export interface Prohibition {
  readonly roles: readonly Role[];
  readonly classes: readonly FieldClass[];
  readonly because: string;
}

export const prohibitions = {
  NO_TREATMENT_CONTENT_TO_POLICE: {
    roles: ['OFFICER'],
    classes: ['NEED', 'CARE', 'ROUTING'],
    because:
      'Nothing of treatment may reach those who could use it in proceedings (42 CFR 2.12(d)); police are never treatment, payment or operations.',
  },
  NOTHING_BUT_THE_NOTICE_TO_SCHOOLS: {
    roles: ['SCHOOL_LIAISON'],
    classes: ['INCIDENT', 'NEED', 'CARE', 'OUTCOME', 'ROUTING'],
    because: 'A school reads its notices and the receipts of what it sent, never a record.',
  },
  NO_PERSON_BY_RANK: {
    roles: ['EVIDENCE_CUSTODIAN', 'SAFETY_OFFICER', 'AGENCY_ADMIN', 'PLATFORM_ADMIN', 'ANALYST', 'SYSTEM'],
    classes: ['IDENTITY', 'INCIDENT', 'NEED', 'DANGER', 'CARE', 'OUTCOME', 'CONSENT', 'ROUTING', 'CHILD'],
    because:
      'Admins see no person by being admin, analysts see counts, a custodian keeps things, and a safety officer looks after colleagues.',
  },
  NO_COLLEAGUE_BY_RANK: {
    roles: ['PRIVACY_OFFICER', 'AGENCY_ADMIN', 'PLATFORM_ADMIN', 'ANALYST', 'SYSTEM'],
    classes: ['EXPOSURE'],
    because: 'How a responder is after an exposure is theirs, and their safety officer’s: nobody sees it by rank.',
  },
  CUSTODY_APART_FROM_PEOPLE: {
    roles: [
      'OFFICER',
      'MEDIC',
      'HOSPITAL_STAFF',
      'PROVIDER_STAFF',
      'OUTREACH_WORKER',
      'COORDINATOR',
      'SCHOOL_LIAISON',
      'CHILD_SERVICES_WORKER',
      'PRIVACY_OFFICER',
    ],
    classes: ['CUSTODY'],
    because:
      'Whoever may see a person’s referral, or the trail of it, sees no record of what was handed in: nothing ties the two.',
  },
} as const satisfies Record<string, Prohibition>;
export type ProhibitionName = keyof typeof prohibitions;

const entries = Object.entries(prohibitions) as [ProhibitionName, Prohibition][];

/** The prohibition that stands between a role and a class of fields, if any. */
export const prohibitionOf = (role: Role, fieldClass: FieldClass): ProhibitionName | null =>
  entries.find(([, { roles, classes }]) => roles.includes(role) && classes.includes(fieldClass))?.[0] ?? null;

/** Whether any role at all is barred from a class of fields. */
export const isEverProhibited = (fieldClass: FieldClass): boolean =>
  entries.some(([, { classes }]) => classes.includes(fieldClass));
