import type { Role } from './actor';
import type { Purpose } from './purpose';

/** What a field is, not where it is stored. */
export const fieldClasses = {
  RECEIPT: 'Keys, kinds, times of receipt: what any party may know of a record it takes part in.',
  DIRECTORY: 'Facts of agencies, programs and room, with no person in them.',
  STAFF: 'Who works at an agency.',
  CARE: 'Where in treatment the person is: states, offers, holds.',
  OUTCOME: 'Where the person was taken and whether they arrived.',
  IDENTITY: 'Name, birth date, contact.',
  INCIDENT: 'What happened to a person and where, as it was reported: an overdose, its doses, its place.',
  NEED: 'Signals of need: substances, medication, pregnancy and the like.',
  DANGER: 'What danger somebody was seen in, and what to do at once: for whoever saw it.',
  ROUTING: 'How matching decided, person-free.',
  CONSENT: 'Consent on file.',
  CHILD: 'A child that something happened around: who it is and who keeps it safe.',
  CUSTODY: 'What was handed in, how it is sealed and who had it when. No person.',
  EXPOSURE: 'What a responder was exposed to at work, and how they are: their own.',
  COUNTS: 'Counts over places and times, and what they ask agencies to do: no person in them.',
  TRAIL: 'Who did, was refused or saw what: the audit trail, ids and codes only.',
} as const;
export type FieldClass = keyof typeof fieldClasses;

/** What the actor is to this record. Computed in SQL by the owning feature, one line each. */
export const relations = {
  ANYONE: 'Any signed-in actor, whatever the record.',
  OWN_AGENCY: 'The record belongs to the actor’s agency (its own staff, programs, pools, settings).',
  KNOWN: 'The actor’s agency took the person in, or accepted them.',
  KNOWN_BY_CONSENT:
    'The actor’s agency was shown name and contact because the person agreed to that, and for nothing else.',
  SENDER: 'The actor’s agency submitted the referral.',
  COORDINATING: 'The actor’s agency coordinates the sender, by agreement.',
  STANDING_IN:
    'The actor’s agency is the outreach team that coordinates the referral, and nobody is left at the program the person is with: its agency was closed, or none of its intake works there any more.',
  OFFERED: 'A program of the actor’s agency was offered the referral and has not answered at all.',
  ACKNOWLEDGED: 'A program of the actor’s agency has acknowledged the referral and not ended its part in it.',
  RECEIVER: 'A program of the actor’s agency has accepted the referral: the receiving side.',
  SELF: 'The record is of the actor themselves.',
  SUPPLIER: 'The actor’s agency is asked to send what another needs.',
  OWN_COUNTY: 'The alert is of a county in which the actor’s agency works.',
  NEXT_COUNTY: 'The alert is of a county next to one of the actor’s agency, which was told of it.',
  TOLD: 'The actor’s agency was told of the warning.',
  ON_TEAM: 'The actor’s agency works in the team of the outreach program that has the case.',
  GOES_ALONG: 'The actor’s agency works in that team, and its people go along on visits.',
  TAKES_OVER: 'The case was handed to a program in whose team the actor’s agency works; it has not acknowledged.',
  HANDED_ON: 'A program in whose team the actor’s agency works handed the case on.',
  EMERGENCY: 'The actor’s agency broke the glass for this person in a medical emergency, and the time has not run out.',
} as const;
export type Relation = keyof typeof relations;

/** What the person agreed to in writing, as far as it decides over fields or steps. */
export const consentScopes = {
  IDENTITY_BEFORE_ACCEPTANCE: 'A program that acknowledged the referral may see name and contact before it accepts.',
  OUTCOME_TO_SENDER: 'The sending agency, named, may learn where the person was taken and whether they arrived.',
  IDENTITY_TO_COORDINATOR: 'The coordinating team may see name and contact.',
  CARE_TO_COORDINATOR: 'The coordinating team, named, may follow where in treatment the person is.',
  TREATMENT_PAYMENT_OPERATIONS:
    'Treating providers may use and pass on treatment records for treatment, payment and operations.',
} as const;
export type ConsentScope = keyof typeof consentScopes;

/** Classes that tell something of a person in need. */
export const PROTECTED: ReadonlySet<FieldClass> = new Set<FieldClass>([
  'IDENTITY',
  'INCIDENT',
  'NEED',
  'DANGER',
  'CARE',
  'OUTCOME',
  'CONSENT',
  'CHILD',
]);

/**
 * Classes that are shown only with a row in the audit trail, and one on the ledger when the words are another agency’s: those that tell
 * of a person, what anybody did or saw, and what befell a colleague.
 */
export const ACCOUNTED: ReadonlySet<FieldClass> = new Set<FieldClass>([...PROTECTED, 'TRAIL', 'EXPOSURE']);

/** Role × relation × purpose × consent × state → classes of fields. Every condition named must hold. */
export interface Grant {
  readonly relation: Relation;
  readonly roles: readonly Role[];
  readonly classes: readonly FieldClass[];
  /** Holds only while the person’s consent of this scope is active. */
  readonly consent?: ConsentScope;
  /** The consent under which it also shows the words of a Part 2 program; absent: the one for treatment, payment, operations. */
  readonly part2Consent?: ConsentScope;
  /** Holds for these purposes only; absent: for every purpose the role may have. */
  readonly purposes?: readonly Purpose[];
  /** Holds only until the record has ended. */
  readonly onlyWhileOpen?: true;
  /** An obligation of the grant: fields of its classes that it does not show. */
  readonly redacts?: readonly string[];
}

export interface CommandGrant {
  readonly relation: Relation;
  readonly roles: readonly Role[];
}

/** Whom a record speaks of and which agency its words come from, as properties of its row: what the ledger writes down. */
export interface Source {
  readonly subject:
    | 'Person'
    | 'Referral'
    | 'OverdoseReport'
    | 'OutreachCase'
    | 'ChildReport'
    | 'CaregiverCandidate'
    | 'HandleWithCareNotice'
    | 'Exposure'
    /** The agency’s own trail. */
    | 'Agency';
  /** The property with the id of the subject. */
  readonly subjectIn: string;
  /** The property with the ids of what it stands for; absent: it is one record, by its `id`. */
  readonly idsIn?: string;
  /** The properties with the agency a class comes from: the first that is set; none: it is the agency’s own. */
  readonly from: Readonly<Partial<Record<FieldClass, readonly string[]>>>;
}

export interface Resource {
  readonly fields: Readonly<Record<string, FieldClass>>;
  /**
   * Fields that show rows of another type, or are worked out from them: who may not read that type is not told that there are any, nor what
   * follows from them.
   */
  readonly leadsTo?: Readonly<Record<string, string>>;
  readonly grants: readonly Grant[];
  readonly commands: Readonly<Record<string, readonly CommandGrant[]>>;
  /** Wherever a field is of an accounted class. */
  readonly source?: Source;
  /** Kept in an annex: neither log nor metrics may say who works on it when. */
  readonly isApart?: true;
}

/** Everybody who signs in, people and partner systems; the system itself is never served fields. */
export const EVERYONE = [
  'OFFICER',
  'EVIDENCE_CUSTODIAN',
  'MEDIC',
  'HOSPITAL_STAFF',
  'PROVIDER_STAFF',
  'OUTREACH_WORKER',
  'COORDINATOR',
  'SAFETY_OFFICER',
  'SCHOOL_LIAISON',
  'CHILD_SERVICES_WORKER',
  'ANALYST',
  'PRIVACY_OFFICER',
  'AGENCY_ADMIN',
  'PLATFORM_ADMIN',
] as const satisfies readonly Role[];

/** Roles that work with people in need and may ask where there is room. */
export const CASE_ROLES = [
  'OFFICER',
  'MEDIC',
  'HOSPITAL_STAFF',
  'PROVIDER_STAFF',
  'OUTREACH_WORKER',
  'COORDINATOR',
  'SCHOOL_LIAISON',
] as const satisfies readonly Role[];

/** Police and schools are never “treatment, payment, operations” (42 CFR 2.12, 2.33; domain §6). */
export const OUTSIDE_TREATMENT = ['OFFICER', 'SCHOOL_LIAISON'] as const satisfies readonly Role[];
/** Those whom a person means by “my treating providers”. */
export const TREATING = ['MEDIC', 'HOSPITAL_STAFF', 'PROVIDER_STAFF'] as const satisfies readonly Role[];
/** Those who are called to an overdose, or receive its survivor. */
export const RESPONDERS = ['OFFICER', 'MEDIC', 'HOSPITAL_STAFF'] as const satisfies readonly Role[];
/** Referrers inside health care or outreach. */
export const CARE_REFERRERS = [
  'MEDIC',
  'HOSPITAL_STAFF',
  'PROVIDER_STAFF',
  'OUTREACH_WORKER',
  'COORDINATOR',
] as const satisfies readonly Role[];
export const REFERRERS = [...OUTSIDE_TREATMENT, ...CARE_REFERRERS] as const;
export const ADMINS = ['AGENCY_ADMIN', 'PLATFORM_ADMIN'] as const satisfies readonly Role[];
