import type { ConsentScope } from '../access';
import { invalid, Refusal } from '../kernel/refusal';
import type { AgencyKind } from '../kernel/vocabulary';
import type { ShownText } from './consent-texts';
import type { SignedConsent } from './consents.store';
import { flawsOf, type ConsentDraft, type ElementFlaw, type Recipient } from './engine/elements';
import { mayConsent, type StateRules } from './engine/may-consent';
import {
  NAMED_IN_WORDS,
  recipientKindOf,
  type ConsentExpiry,
  type SignatureMethod,
  type Signer,
} from './engine/vocabulary';

const DAY_MS = 24 * 3_600_000;

/** A signature and the blanks that were filled in, as a client sends them. */
export interface Signature {
  readonly textVersion?: string | null | undefined;
  readonly signedAt?: Date | null | undefined;
  readonly signedBy?: Signer | null | undefined;
  readonly coSignedBy?: Signer | null | undefined;
  readonly signatureMethod?: SignatureMethod | null | undefined;
  readonly expiry?: ConsentExpiry | null | undefined;
  readonly expiresAt?: Date | null | undefined;
}

export interface NamedAgency {
  readonly id: string;
  readonly kind: AgencyKind;
}

/** Whom the consent names: an agency, somebody in words, or nobody for a general designation. */
export interface Named {
  readonly agency: NamedAgency | null;
  readonly name: string | null;
}

/** What is to be signed, by whom, and where in the input it stands. */
export interface Signing {
  readonly signature: Signature;
  readonly text: ShownText | null;
  readonly named: Named;
  /** What the consent is sent for; null: for whatever its text says. */
  readonly scope: ConsentScope | null;
  readonly isPersonNamed: boolean;
  /** Completed years on the day of the signature; null: not known. */
  readonly ageSigned: number | null;
  /** Of that day. */
  readonly rules: StateRules;
  readonly asOf: Date;
  /** Path of the consent in the input, for example `input.consents[0]`. */
  readonly field: string;
}

const recipientOf = ({ recipientKinds }: ShownText, { agency, name }: Named): Recipient => {
  const own = agency && recipientKindOf[agency.kind];
  const wanted = agency
    ? recipientKinds.find((kind) => kind === own)
    : name && recipientKinds.find((kind) => NAMED_IN_WORDS.has(kind));
  return {
    kind: wanted || (recipientKinds[0] ?? null),
    agencyId: agency?.id ?? null,
    agencyKind: agency?.kind ?? null,
    name,
  };
};

/** `null` where it ends in no way that the text offers. */
const endOf = ({ signature, text, asOf }: Signing): Pick<ConsentDraft, 'expiry' | 'expiresAt'> => {
  const { expiry: wanted, expiresAt = null } = signature;
  const expiry = wanted ?? 'ON_DATE';
  if (!text?.expiries.includes(expiry)) return { expiry: null, expiresAt };
  if (expiry !== 'ON_DATE' || expiresAt) return { expiry, expiresAt };
  return { expiry, expiresAt: new Date((signature.signedAt ?? asOf).getTime() + text.defaultDays * DAY_MS) };
};

type SaidByText = Pick<
  ConsentDraft,
  'kinds' | 'permits' | 'disclosers' | 'information' | 'purposes' | 'statements' | 'recipient' | 'textVersion'
>;
const SAID_NOTHING: SaidByText = {
  kinds: [],
  permits: [],
  disclosers: [],
  information: [],
  purposes: [],
  statements: [],
  recipient: { kind: null, agencyId: null, agencyKind: null, name: null },
  textVersion: null,
};
const saidBy = (text: ShownText, named: Named): SaidByText => {
  const { kind, permits, disclosers, information, purposes, statements, version: textVersion } = text;
  const recipient = recipientOf(text, named);
  return { kinds: [kind], permits, disclosers, information, purposes, statements, recipient, textVersion };
};

const draftOf = (signing: Signing): ConsentDraft => {
  const { signature, text, named, isPersonNamed } = signing;
  return {
    ...(text ? saidBy(text, named) : SAID_NOTHING),
    ...endOf(signing),
    isPersonNamed,
    signedBy: signature.signedBy ?? null,
    signatureMethod: signature.signatureMethod ?? null,
    signedAt: signature.signedAt ?? null,
  };
};

const incomplete = ({ element, field, message, remedy }: ElementFlaw, at: string): Refusal =>
  new Refusal('CONSENT_INCOMPLETE', message, { element: `42 CFR ${element}`, field: `${at}.${field}`, remedy });

/** Values that cannot be, whatever the elements are. */
const strangeValue = ({ signature, text, scope, ageSigned, asOf, field }: Signing): Refusal | null => {
  if (signature.textVersion && !text) {
    return invalid(`${field}.textVersion`, 'No consent text has this version.', 'Send a version of `consentTexts`.');
  }
  if (text && scope && !text.permits.includes(scope)) {
    return invalid(`${field}.scope`, 'The text that was shown does not permit this.', 'Show the text of this scope.');
  }
  if (signature.signedAt && signature.signedAt > asOf) {
    return invalid(`${field}.signedAt`, 'A consent cannot be signed in the future.', 'Send the time of the signature.');
  }
  if (ageSigned !== null && ageSigned < 0) {
    return invalid(`${field}.signedAt`, 'The person was not born then.', 'Send the time of the signature.');
  }
  return null;
};

/**
 * By the age and the rules of the day of the signature: what held then still holds when a minor has come of age since, for they signed
 * it themselves; what did not hold then does not begin to.
 */
const wrongSigner = ({ signature, ageSigned: age, rules, field }: Signing): Refusal | null => {
  const { signedBy, coSignedBy = null } = signature;
  const fault = signedBy ? mayConsent({ age, signedBy, coSignedBy }, rules) : null;
  if (!fault) return null;
  const { rule, source, message, remedy } = fault;
  const details = { element: '42 CFR 2.31(a)(8)', rule, source, stateRules: rules.version };
  return new Refusal('CONSENT_INCOMPLETE', message, { ...details, field: `${field}.signedBy`, remedy });
};

/** The consent with every element of 42 CFR 2.31, or the first that is missing. */
export const signedConsent = (signing: Signing): SignedConsent | Refusal => {
  const strange = strangeValue(signing);
  if (strange) return strange;
  const draft = draftOf(signing);
  const [flaw] = flawsOf(draft);
  if (flaw) return incomplete(flaw, signing.field);
  const refused = wrongSigner(signing);
  if (refused) return refused;
  if (draft.expiresAt && draft.expiresAt <= signing.asOf) {
    return invalid(`${signing.field}.expiresAt`, 'This consent has expired.', 'Ask the person to sign again.');
  }
  return recorded(draft, signing);
};

/** A draft without a flaw has every element: what is asserted here was asked above. */
const recorded = (draft: ConsentDraft, { signature, text, rules }: Signing): SignedConsent => {
  const { kinds, permits, disclosers, information, purposes, recipient } = draft;
  const { signedBy, signatureMethod, textVersion, signedAt, expiry } = draft;
  const [kind] = kinds;
  if (!kind || !text || !recipient.kind || !signedBy || !signatureMethod || !textVersion || !signedAt || !expiry) {
    throw new Error('a consent without a flaw lacks an element');
  }
  return {
    kind,
    permits: [...permits],
    disclosers: [...disclosers],
    information: [...information],
    purposes: [...purposes],
    recipientKind: recipient.kind,
    recipientAgencyId: recipient.agencyId,
    recipientName: recipient.name,
    expiry,
    expiresAt: draft.expiresAt,
    signedAt,
    signedBy,
    coSignedBy: signature.coSignedBy ?? null,
    signatureMethod,
    textVersion,
    textHash: text.hash,
    stateRules: rules.version,
  };
};
