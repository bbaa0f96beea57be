import { invalid, Refusal } from '../../kernel/refusal';

/** What sort of emergency it is (42 CFR 2.51(c)(4)): codes, because a diagnosis in words would itself be a record. */
export const emergencyNatures = {
  OVERDOSE: 'Overdose or poisoning.',
  UNRESPONSIVE: 'Cannot be woken, or not able to speak for themselves.',
  BREATHING: 'Trouble breathing, or none.',
  CARDIAC: 'Chest pain, arrest or another emergency of the heart.',
  SEIZURE: 'Seizure.',
  SEVERE_WITHDRAWAL: 'Withdrawal that threatens life, delirium among it.',
  TRAUMA: 'Severe injury or bleeding.',
  OBSTETRIC: 'Emergency of a pregnancy or a birth.',
  PSYCHIATRIC: 'Suicide attempt or another psychiatric emergency that needs medical care at once.',
  MEDICATION_INTERACTION: 'A medication that must be given now could do harm with what the person takes.',
  OTHER_THREAT_TO_LIFE: 'Another immediate threat to life or health.',
} as const;
export type EmergencyNature = keyof typeof emergencyNatures;

/** What the medical personnel attest to: why consent is not asked for (42 CFR 2.51(a)(1)). */
export const emergencyGrounds = {
  CONSENT_CANNOT_BE_OBTAINED:
    'It is a bona fide medical emergency and the person’s prior written consent cannot be obtained, 2.51(a)(1)(i).',
  PROGRAM_CLOSED_IN_DISASTER:
    'The program is closed and cannot obtain consent in a temporary state of emergency declared after a disaster, 2.51(a)(1)(ii).',
} as const;
export type EmergencyGround = keyof typeof emergencyGrounds;

export interface Documentation {
  readonly nature?: EmergencyNature | null | undefined;
  readonly ground?: EmergencyGround | null | undefined;
  /** The name of the individual making the disclosure. */
  readonly discloser?: string | null | undefined;
}
export type Documented = { readonly [Name in keyof Documentation]-?: NonNullable<Documentation[Name]> };

const lacking = (field: keyof Documentation, element: string, message: string, remedy: string) =>
  new Refusal('EMERGENCY_INCOMPLETE', message, { field: `input.${field}`, element, remedy });

/** Name and affiliation of the medical personnel and the time come from the sign-in and the clock; the rest has to be said. */
export const documentedIn = (input: Documentation): Documented | Refusal<'EMERGENCY_INCOMPLETE'> => {
  const { nature, ground, discloser } = input;
  if (!nature) {
    return lacking('nature', '42 CFR 2.51(c)(4)', 'The nature of the emergency is missing.', 'Send `nature`.');
  }
  if (!ground) {
    return lacking('ground', '42 CFR 2.51(a)(1)', 'Why consent is not asked for is not attested.', 'Send `ground`.');
  }
  if (discloser) return { nature, ground, discloser };
  return lacking(
    'discloser',
    '42 CFR 2.51(c)(2)',
    'The name of the individual making the disclosure is missing.',
    'Send who told you or looked it up; your own name where you look it up yourself.',
  );
};

/** How the person is looked for: one exact way. */
export interface Lookup {
  readonly referralId: string | null;
  readonly phone: string | null;
  readonly identity: { readonly givenName: string; readonly familyName: string; readonly birthDate: string } | null;
}
type LookupInput = {
  readonly [Name in 'referralId' | 'phone' | keyof NonNullable<Lookup['identity']>]?: string | null | undefined;
};

export const lookupIn = (input: LookupInput): Lookup | Refusal<'INVALID_INPUT'> => {
  const { givenName, familyName, birthDate, referralId = null, phone = null } = input;
  const isNamed = [givenName, familyName, birthDate].some(Boolean);
  if ([Boolean(referralId), Boolean(phone), isNamed].filter(Boolean).length !== 1) {
    return invalid(
      'input',
      'A person is looked for in one exact way.',
      'Send `referralId`, or `phone`, or `givenName` with `familyName` and `birthDate`.',
    );
  }
  if (!isNamed) return { referralId, phone, identity: null };
  if (!givenName || !familyName || !birthDate) {
    return invalid('input.birthDate', 'A name alone is not exact.', 'Send given name, family name and birth date.');
  }
  return { referralId: null, phone: null, identity: { givenName, familyName, birthDate } };
};

/** What a privacy officer found. */
export const reviewFindings = {
  JUSTIFIED: 'It was a bona fide medical emergency, and the record was needed.',
  NOT_JUSTIFIED: 'It was not; the agency’s own procedure for breaches begins.',
  NEEDS_FOLLOW_UP: 'Not clear yet: another finding is to follow.',
} as const;
export type ReviewFinding = keyof typeof reviewFindings;

/** A finding stands, unless it said that another is to follow. */
export const mayFind = (before: ReviewFinding | null, now: ReviewFinding): boolean =>
  before === null || (before === 'NEEDS_FOLLOW_UP' && now !== 'NEEDS_FOLLOW_UP');
