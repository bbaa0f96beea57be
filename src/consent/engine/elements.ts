import type { AgencyKind } from '../../kernel/vocabulary';
import {
  isScopeOf,
  NAMED_IN_WORDS,
  recipientKindOf,
  statementsOf,
  type ConsentExpiry,
  type ConsentKind,
  type ConsentPurpose,
  type DiscloserClass,
  type InformationClass,
  type PermittedScope,
  type RecipientKind,
  type SignatureMethod,
  type Signer,
  type StatementElement,
} from './vocabulary';

export interface Recipient {
  readonly kind: RecipientKind | null;
  readonly agencyId: string | null;
  /** Of the agency, where one is named. */
  readonly agencyKind: AgencyKind | null;
  /** In words, where the recipient is no agency. */
  readonly name: string | null;
}

/** A consent as it is to be recorded; whatever is not known is null or empty. */
export interface ConsentDraft {
  readonly isPersonNamed: boolean;
  /** One sort only: a second one is a combination, which 2.31(b) and (d) forbid for two of them. */
  readonly kinds: readonly ConsentKind[];
  readonly permits: readonly PermittedScope[];
  readonly disclosers: readonly DiscloserClass[];
  readonly information: readonly InformationClass[];
  readonly recipient: Recipient;
  readonly purposes: readonly ConsentPurpose[];
  /** What the text that was shown says. */
  readonly statements: readonly StatementElement[];
  readonly expiry: ConsentExpiry | null;
  readonly expiresAt: Date | null;
  readonly signedBy: Signer | null;
  readonly signatureMethod: SignatureMethod | null;
  /** Version, language and hash of the text that was shown. */
  readonly textVersion: string | null;
  readonly signedAt: Date | null;
}

export type ConsentElement = StatementElement | '2.31(a)(8)' | '2.31(a)(9)' | '2.31(b)' | '2.31(d)';

/** An element that is missing or faulty: which one, where it was to be sent, and what to send. */
export interface ElementFlaw {
  readonly element: ConsentElement;
  /** Argument, relative to the consent. */
  readonly field: string;
  readonly message: string;
  readonly remedy: string;
}
type Rule = ElementFlaw & { readonly isFaulty: (draft: ConsentDraft) => boolean };

const isFor = (draft: ConsentDraft, kind: ConsentKind): boolean => draft.kinds.includes(kind);
const isCombined = (draft: ConsentDraft, kind: ConsentKind): boolean => isFor(draft, kind) && draft.kinds.length > 1;

const isRecipientDesignated = ({ kinds, recipient: { kind, agencyId, name } }: ConsentDraft): boolean => {
  if (kind === null) return false;
  if (kind === 'TREATING_PROVIDERS') return kinds.includes('TREATMENT_PAYMENT_OPERATIONS');
  if (NAMED_IN_WORDS.has(kind)) return agencyId === null && name !== null && name.trim() !== '';
  return agencyId !== null;
};

/** The agency is what the text says it is, and a consent for treatment, payment, operations goes to nobody outside of them. */
const isRecipientOfItsKind = ({ kinds, recipient: { kind, agencyKind } }: ConsentDraft): boolean => {
  if (kind === null) return true;
  if (agencyKind !== null && recipientKindOf[agencyKind] !== kind) return false;
  return !kinds.includes('TREATMENT_PAYMENT_OPERATIONS') || kind === 'TREATING_PROVIDERS' || kind === 'CARE';
};

const isExpirySaid = (draft: ConsentDraft): boolean =>
  draft.expiry === 'ON_DATE'
    ? draft.expiresAt !== null
    : draft.expiry === 'NONE' && draft.expiresAt === null && isFor(draft, 'TREATMENT_PAYMENT_OPERATIONS');

const SHOW_TEXT = 'Show the person a text of `consentTexts` and send its version.';
const saidIn = (element: StatementElement, what: string): Rule => ({
  element,
  field: 'textVersion',
  message: `The text the person signed does not say ${what}.`,
  remedy: SHOW_TEXT,
  isFaulty: ({ kinds, statements }) =>
    kinds.some((kind) => statementsOf(kind).includes(element)) && !statements.includes(element),
});

/** The text first, for it says most of the rest; then in the order of 42 CFR 2.31(a), as amended in 2024 (89 FR 12472); then what may not be combined. */
const rules: readonly Rule[] = [
  {
    element: '2.31(a)(8)',
    field: 'textVersion',
    message: 'A signature stands under a text: which one was shown is not said.',
    remedy: SHOW_TEXT,
    isFaulty: ({ textVersion }) => textVersion === null,
  },
  {
    element: '2.31(a)(1)',
    field: 'person',
    message: 'A consent carries the name of the person.',
    remedy: 'Send the person’s given or family name with the referral, or leave the consent out.',
    isFaulty: ({ isPersonNamed }) => !isPersonNamed,
  },
  {
    element: '2.31(a)(2)',
    field: 'textVersion',
    message: 'A consent says who may disclose.',
    remedy: SHOW_TEXT,
    isFaulty: ({ disclosers }) => disclosers.length === 0,
  },
  {
    element: '2.31(a)(3)',
    field: 'textVersion',
    message: 'A consent says how much and what kind of information may be disclosed.',
    remedy: SHOW_TEXT,
    isFaulty: ({ information }) => information.length === 0,
  },
  {
    element: '2.31(a)(4)(i)',
    field: 'recipient',
    message: 'A consent says to whom; police, schools, courts, volunteers and teams are named.',
    remedy: 'Name the agency, or the court or volunteer in words; leave the consent out where there is none.',
    isFaulty: (draft) => !isRecipientDesignated(draft),
  },
  {
    element: '2.31(a)(4)(i)',
    field: 'recipientName',
    message: 'This text means a kind of recipient, or an agency, and nobody named in words.',
    remedy: 'Leave recipientName out, or show the person a text for a court or a volunteer.',
    isFaulty: ({ recipient: { kind, name } }) => name !== null && kind !== null && !NAMED_IN_WORDS.has(kind),
  },
  {
    element: '2.31(a)(4)(i)',
    field: 'recipient',
    message: 'The recipient is not of the kind that the text names.',
    remedy: 'Show the person the text for this kind of recipient, or name another agency.',
    isFaulty: (draft) => !isRecipientOfItsKind(draft),
  },
  {
    element: '2.31(a)(3)',
    field: 'scope',
    message: 'A consent of this kind does not permit this.',
    remedy: 'Ask for the two in consents of their own.',
    isFaulty: ({ kinds, permits }) => permits.some((scope) => !kinds.some((kind) => isScopeOf(kind, scope))),
  },
  {
    element: '2.31(a)(5)',
    field: 'textVersion',
    message: 'A consent says for what purpose.',
    remedy: SHOW_TEXT,
    isFaulty: ({ purposes }) => purposes.length === 0,
  },
  saidIn('2.31(a)(6)', 'that the person may revoke it, and how'),
  {
    element: '2.31(a)(7)',
    field: 'expiresAt',
    message: 'A consent says when it ends; one for treatment, payment and operations may say “none”.',
    remedy: 'Send `expiresAt`, or `expiry`.',
    isFaulty: (draft) => !isExpirySaid(draft),
  },
  {
    element: '2.31(a)(8)',
    field: 'signedBy',
    message: 'A consent says who signed.',
    remedy: 'Send `signedBy`, for example PERSON.',
    isFaulty: ({ signedBy }) => signedBy === null,
  },
  {
    element: '2.31(a)(8)',
    field: 'signatureMethod',
    message: 'A consent says how it was signed.',
    remedy: 'Send `signatureMethod`, for example ON_SCREEN.',
    isFaulty: ({ signatureMethod }) => signatureMethod === null,
  },
  {
    element: '2.31(a)(9)',
    field: 'signedAt',
    message: 'A consent carries the date of the signature.',
    remedy: 'Send `signedAt`.',
    isFaulty: ({ signedAt }) => signedAt === null,
  },
  saidIn('2.31(a)(4)(iii)', 'that it may be redisclosed as HIPAA permits, but not for proceedings'),
  saidIn('2.31(a)(10)', 'that it may be redisclosed, and what follows from not signing'),
  {
    element: '2.31(b)',
    field: 'scope',
    message: 'A consent for counseling notes stands alone.',
    remedy: 'Ask for the two in consents of their own.',
    isFaulty: (draft) => isCombined(draft, 'COUNSELING_NOTES'),
  },
  {
    element: '2.31(d)',
    field: 'scope',
    message: 'A consent for proceedings against the person stands alone.',
    remedy: 'Ask for the two in consents of their own.',
    isFaulty: (draft) => isCombined(draft, 'LEGAL_PROCEEDINGS'),
  },
];

/** Every element of 42 CFR 2.31 that the draft misses or gets wrong; none: it is complete. */
export const flawsOf = (draft: ConsentDraft): ElementFlaw[] =>
  rules
    .filter(({ isFaulty }) => isFaulty(draft))
    .map(({ element, field, message, remedy }) => ({ element, field, message, remedy }));

/** The codes of the elements that are missing or faulty, each once. */
export const missingElements = (draft: ConsentDraft): ConsentElement[] => [
  ...new Set(flawsOf(draft).map(({ element }) => element)),
];
