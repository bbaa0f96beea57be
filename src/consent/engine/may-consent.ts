import type { Signer } from './vocabulary';

/** A rule with where it comes from; a source that was not read at its place says “(check)”. */
interface Sourced {
  readonly source: string;
}

/** What one state lays down, as data: `rules/states/<ST>.json`. Part 2 leaves these to state law (42 CFR 2.14, 2.15). */
export interface StateRules {
  /** For example `OH/1`. Recorded with every consent that was decided by it. */
  readonly version: string;
  /** Applies from this calendar day on, `YYYY-MM-DD`. */
  readonly validFrom: string;
  readonly ageOfMajority: Sourced & { readonly years: number };
  /**
   * From which age a minor may apply for treatment of a substance use disorder alone. From there on nobody but the minor signs
   * (2.14(b)); below it both sign, minor and parent or guardian (2.14(c)). Null: minors never may.
   */
  readonly minorConsent: Sourced & { readonly fromAge: number | null };
  /** Who signs beside a minor that may not alone. */
  readonly besideMinor: Sourced & { readonly signers: readonly Signer[] };
  /** Whether a person of unknown age is taken for an adult. */
  readonly unknownAge: Sourced & { readonly isTakenForAdult: boolean };
  /** What emergency medical services tell police of a person who was given naloxone; null: nothing without consent. */
  readonly naloxoneDisclosure: (Sourced & { readonly onRequest: readonly ('NAME' | 'ADDRESS')[] }) | null;
}

export interface Signing {
  /** Completed years; null: not known. */
  readonly age: number | null;
  readonly signedBy: Signer;
  /** Who signed beside, where two sign. */
  readonly coSignedBy: Signer | null;
}

/** Why the signature does not hold: by which rule, from where. */
export interface SigningFault extends Sourced {
  readonly rule: 'UNKNOWN_AGE' | 'ADULT_SIGNS' | 'MINOR_SIGNS_ALONE' | 'PARENT_SIGNS_TOO';
  readonly message: string;
  readonly remedy: string;
}

const ADULT_SIGNERS: readonly Signer[] = ['PERSON', 'LEGAL_REPRESENTATIVE', 'PERSONAL_REPRESENTATIVE'];

const adultFault = ({ signedBy, coSignedBy }: Signing): SigningFault | null =>
  ADULT_SIGNERS.includes(signedBy) && coSignedBy === null
    ? null
    : {
        rule: 'ADULT_SIGNS',
        source: '42 CFR 2.15, 2.31(a)(8)',
        message: 'An adult signs alone, or who acts for them by law.',
        remedy: 'Send signedBy PERSON, LEGAL_REPRESENTATIVE or PERSONAL_REPRESENTATIVE, and no coSignedBy.',
      };

const minorAloneFault = ({ signedBy, coSignedBy }: Signing, { minorConsent }: StateRules): SigningFault | null =>
  signedBy === 'PERSON' && coSignedBy === null
    ? null
    : {
        rule: 'MINOR_SIGNS_ALONE',
        source: `42 CFR 2.14(b); ${minorConsent.source}`,
        message: 'At this age nobody but the person may sign.',
        remedy: 'Ask the person; send signedBy PERSON and no coSignedBy.',
      };

const bothFault = ({ signedBy, coSignedBy }: Signing, { besideMinor }: StateRules): SigningFault | null =>
  signedBy === 'PERSON' && coSignedBy !== null && besideMinor.signers.includes(coSignedBy)
    ? null
    : {
        rule: 'PARENT_SIGNS_TOO',
        source: `42 CFR 2.14(c); ${besideMinor.source}`,
        message: 'At this age the person and a parent or guardian both sign.',
        remedy: `Send signedBy PERSON and coSignedBy ${besideMinor.signers.join(' or ')}.`,
      };

/** Whether who signed may consent at this age under the rules of this state; null: they may. */
export const mayConsent = (signing: Signing, rules: StateRules): SigningFault | null => {
  const { age } = signing;
  if (age === null && !rules.unknownAge.isTakenForAdult) {
    return {
      rule: 'UNKNOWN_AGE',
      source: rules.unknownAge.source,
      message: 'Who may sign depends on the person’s age, and it is not known.',
      remedy: 'Send birthDate or ageYears, or leave the consent out.',
    };
  }
  if (age === null || age >= rules.ageOfMajority.years) return adultFault(signing);
  const { fromAge } = rules.minorConsent;
  return fromAge !== null && age >= fromAge ? minorAloneFault(signing, rules) : bothFault(signing, rules);
};

/**
 * Whether who asks may take a consent back: the person always, others where they could sign for the person or beside them;
 * null: they may.
 */
export const mayRevoke = (age: number | null, askedBy: Signer, rules: StateRules): SigningFault | null => {
  if (askedBy === 'PERSON') return null;
  const alone = mayConsent({ age, signedBy: askedBy, coSignedBy: null }, rules);
  const beside = mayConsent({ age, signedBy: 'PERSON', coSignedBy: askedBy }, rules);
  return (
    alone &&
    beside && {
      ...alone,
      message: 'Who takes a consent back is the person, or who may sign for or beside them.',
      remedy: 'Ask the person; send askedBy PERSON.',
    }
  );
};

/** The rules in force on a day: the latest that have begun. */
export const rulesOn = (versions: readonly StateRules[], day: string): StateRules | undefined =>
  versions
    .filter(({ validFrom }) => validFrom <= day)
    .sort((one, other) => (one.validFrom < other.validFrom ? 1 : -1))[0];

const isYears = (years: number): boolean => Number.isInteger(years) && years >= 0 && years <= 25;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** What is wrong with a version of a pack, for its operator. */
export const problemsOfRules = (rules: StateRules): string[] => {
  const { ageOfMajority, minorConsent, besideMinor, unknownAge, naloxoneDisclosure } = rules;
  const sources = [
    ageOfMajority,
    minorConsent,
    besideMinor,
    unknownAge,
    ...(naloxoneDisclosure ? [naloxoneDisclosure] : []),
  ];
  return [
    ...(DAY.test(rules.validFrom) ? [] : ['validFrom is no day']),
    ...(isYears(ageOfMajority.years) ? [] : ['ageOfMajority.years is no age']),
    ...(minorConsent.fromAge === null || isYears(minorConsent.fromAge) ? [] : ['minorConsent.fromAge is no age']),
    ...(besideMinor.signers.length > 0 ? [] : ['besideMinor.signers is empty']),
    ...(sources.every(({ source }) => source.trim() !== '') ? [] : ['a rule has no source']),
  ];
};
