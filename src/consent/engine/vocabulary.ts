import type { AgencyKind } from '../../kernel/vocabulary';

/** The closed lists of a consent. Values are GraphQL enum names and database values alike; sources are 42 CFR Part 2 (2024). */

/** What sort of consent it is. The sorts are never mixed in one consent. */
export const consentKinds = {
  TREATMENT_PAYMENT_OPERATIONS:
    'For treatment, payment and health care operations; the recipient may be a general designation (2.31(a)(4)(i)). Police, schools, courts and volunteers are never among them.',
  NAMED_RECIPIENT:
    'For one recipient that is named: police, school, court, volunteer, outreach team or a care provider (2.31(a)(4)(i)).',
  COUNSELING_NOTES: 'For substance use disorder counseling notes; never combined with another consent (2.31(b)).',
  LEGAL_PROCEEDINGS:
    'For civil, criminal, administrative or legislative proceedings against the person; never combined with another consent (2.31(d)).',
} as const;
export type ConsentKind = keyof typeof consentKinds;

export const recipientKinds = {
  TREATING_PROVIDERS: '“My treating providers, health plans and third-party payers”: a general designation, no name.',
  POLICE: 'A named police department or sheriff’s office.',
  SCHOOL: 'A named school or school district.',
  COURT: 'A named court, written out: courts are no agencies of Handrail.',
  VOLUNTEER: 'A named volunteer, for example a driver or a sponsor, written out.',
  OUTREACH_TEAM: 'A named outreach team.',
  CARE: 'A named hospital, emergency medical service or treatment provider.',
  CHILD_SERVICES: 'A named child-services agency.',
} as const;
export type RecipientKind = keyof typeof recipientKinds;

/** Which sort of recipient an agency is. Public health and the operator receive nobody’s records by consent. */
export const recipientKindOf: Readonly<Record<AgencyKind, RecipientKind | null>> = {
  LAW_ENFORCEMENT: 'POLICE',
  SCHOOL: 'SCHOOL',
  OUTREACH_TEAM: 'OUTREACH_TEAM',
  EMS: 'CARE',
  HOSPITAL: 'CARE',
  TREATMENT_PROVIDER: 'CARE',
  CHILD_SERVICES: 'CHILD_SERVICES',
  PUBLIC_HEALTH: null,
  PLATFORM: null,
};

/** Recipients that are no agency and so are named in words. */
export const NAMED_IN_WORDS: ReadonlySet<RecipientKind> = new Set(['COURT', 'VOLUNTEER']);

/** Which scopes a consent of a kind can permit: no scope of a named recipient ever comes from treatment, payment, operations. */
export const scopesOfKind = {
  TREATMENT_PAYMENT_OPERATIONS: ['TREATMENT_PAYMENT_OPERATIONS', 'IDENTITY_BEFORE_ACCEPTANCE'],
  NAMED_RECIPIENT: ['OUTCOME_TO_SENDER', 'IDENTITY_TO_COORDINATOR', 'CARE_TO_COORDINATOR'],
  COUNSELING_NOTES: [],
  LEGAL_PROCEEDINGS: [],
} as const satisfies Record<ConsentKind, readonly string[]>;
/** The scopes of the access table, as far as a consent can permit them. */
export type PermittedScope = (typeof scopesOfKind)[ConsentKind][number];

export const isScopeOf = (kind: ConsentKind, scope: PermittedScope): boolean =>
  (scopesOfKind[kind] as readonly PermittedScope[]).includes(scope);

/** How much and what kind of information (2.31(a)(3)). */
export const informationClasses = {
  NAME_AND_CONTACT: 'Name, and how to reach the person.',
  NEED: 'What help the person needs: substances, medication, health, payer.',
  OUTCOME: 'Where the person was taken and whether they arrived.',
  CARE_PATH: 'Which programs were asked, and whether the person was accepted, arrived, was admitted or left.',
  TREATMENT_RECORD: 'Records of substance use disorder treatment, without counseling notes.',
  COUNSELING_NOTES: 'Substance use disorder counseling notes.',
} as const;
export type InformationClass = keyof typeof informationClasses;

/** Why it may be disclosed (2.31(a)(5)). */
export const consentPurposes = {
  TREATMENT_PAYMENT_OPERATIONS: '“For treatment, payment and health care operations” (2.31(a)(5)(ii)).',
  FIND_PLACE: 'To find a place in treatment and get the person there.',
  CLOSE_THE_LOOP: 'To tell who referred the person how it ended.',
  COORDINATE_CARE: 'To accompany the person from one place to the next.',
  TRANSPORT: 'To take the person to a place.',
  COURT_SUPERVISION: 'To report to a court that ordered or supervises treatment.',
  PROCEEDINGS: 'Use in proceedings against the person (2.31(d)).',
  AT_REQUEST_OF_PATIENT: '“At the request of the patient”, who began it and states no other purpose (2.31(a)(5)(i)).',
} as const;
export type ConsentPurpose = keyof typeof consentPurposes;

/** Who discloses, by class (2.31(a)(2)). */
export const discloserClasses = {
  TREATMENT_PROGRAMS: 'The treatment programs that the person is referred to or taken in by.',
  REFERRING_AGENCY: 'The agency that refers the person.',
} as const;
export type DiscloserClass = keyof typeof discloserClasses;

export const signers = {
  PERSON: 'The person.',
  PARENT: 'A parent of a minor.',
  LEGAL_GUARDIAN: 'The guardian of a minor.',
  LEGAL_REPRESENTATIVE: 'Who acts by law for an adult that lacks the capacity (2.15(a)).',
  PERSONAL_REPRESENTATIVE: 'Who acts for a person that has died (2.15(b)).',
} as const;
export type Signer = keyof typeof signers;

export const signatureMethods = {
  ON_SCREEN: 'Written on a screen.',
  TYPED_NAME: 'The name typed and confirmed.',
  CODE: 'Confirmed with a code sent to the person’s telephone or e-mail.',
  PAPER: 'On paper; the sheet stays with the agency that recorded it.',
} as const;
export type SignatureMethod = keyof typeof signatureMethods;

/**
 * When it ends by itself (2.31(a)(7)). Not with the treatment, which the rule would allow: to who may see the consent, its end
 * would tell that treatment has ended.
 */
export const consentExpiries = {
  ON_DATE: 'At `expiresAt`.',
  NONE: '“None”: until it is revoked; for treatment, payment and operations only.',
} as const;
export type ConsentExpiry = keyof typeof consentExpiries;

export const revocationMethods = {
  WRITTEN: 'In writing.',
  ELECTRONIC: 'Electronically.',
  ORAL: 'By word of mouth, noted by who heard it.',
  WITH_RECALL: 'With the recall of a referral.',
} as const;
export type RevocationMethod = keyof typeof revocationMethods;

/** Statements that the text shown must contain, by the element of 2.31 they answer. */
export const statementElements = {
  '2.31(a)(1)': 'whose information it is',
  '2.31(a)(2)': 'who may disclose',
  '2.31(a)(3)': 'what may be disclosed',
  '2.31(a)(4)(i)': 'to whom',
  '2.31(a)(4)(iii)': 'that a recipient under HIPAA may redisclose it as HIPAA permits, but not for proceedings',
  '2.31(a)(5)': 'for what',
  '2.31(a)(6)': 'that it can be revoked, and how',
  '2.31(a)(7)': 'when it ends',
  '2.31(a)(10)': 'that it may be redisclosed, and what follows from not signing',
} as const;
export type StatementElement = keyof typeof statementElements;

const EVERY_TEXT: readonly StatementElement[] = [
  '2.31(a)(1)',
  '2.31(a)(2)',
  '2.31(a)(3)',
  '2.31(a)(4)(i)',
  '2.31(a)(5)',
  '2.31(a)(6)',
  '2.31(a)(7)',
];

/** The statements a consent of the kind must contain. */
export const statementsOf = (kind: ConsentKind): readonly StatementElement[] =>
  kind === 'TREATMENT_PAYMENT_OPERATIONS' ? [...EVERY_TEXT, '2.31(a)(4)(iii)', '2.31(a)(10)'] : EVERY_TEXT;
