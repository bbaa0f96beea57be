import type { Substance } from '../../kernel/vocabulary';
import type { Need } from './need';

/** What a signal may depend on besides the need. */
export interface SignalTerms {
  /** Completed years: below `adultFrom` an adolescent, up to `youngAdultUntil` a young adult, from `seniorFrom` a senior. */
  readonly adultFrom: number;
  readonly youngAdultUntil: number;
  readonly seniorFrom: number;
}

type SignalTest = (need: Need, terms: SignalTerms) => boolean;

const used =
  (...substances: readonly Substance[]): SignalTest =>
  (need) =>
    substances.some((substance) => need.substances.includes(substance));

const usedRecently = (...substances: readonly Substance[]): SignalTest => {
  const wasUsed = used(...substances);
  return (need, terms) =>
    (need.lastUse === 'WITHIN_24_HOURS' || need.lastUse === 'WITHIN_72_HOURS') && wasUsed(need, terms);
};

const usedAtUnknownTime = (...substances: readonly Substance[]): SignalTest => {
  const wasUsed = used(...substances);
  return (need, terms) => need.lastUse === 'UNKNOWN' && wasUsed(need, terms);
};

/**
 * Named yes-or-no facts a policy row can hang on, so that a policy stays plain data: it can be stored with the run and read
 * by people who do not read code. An unknown never raises a signal, except the one that is named for it.
 */
export const signals = {
  ALWAYS: () => true,
  ALCOHOL_WITHIN_72_HOURS: usedRecently('ALCOHOL'),
  BENZODIAZEPINES_WITHIN_72_HOURS: usedRecently('BENZODIAZEPINES'),
  ALCOHOL_OR_BENZODIAZEPINES_WITHIN_72_HOURS: usedRecently('ALCOHOL', 'BENZODIAZEPINES'),
  ALCOHOL_OR_BENZODIAZEPINES_LAST_USE_UNKNOWN: usedAtUnknownTime('ALCOHOL', 'BENZODIAZEPINES'),
  OPIOIDS_WITHIN_72_HOURS: usedRecently('OPIOIDS'),
  USES_OPIOIDS: used('OPIOIDS'),
  MEDICAL_COMPLAINT: (need) => need.hasMedicalComplaint,
  PSYCHIATRIC_CONCERN: (need) => need.hasPsychiatricConcern,
  PREGNANT: (need) => need.pregnant === true,
  PREGNANT_AND_USES_OPIOIDS: (need) => need.pregnant === true && need.substances.includes('OPIOIDS'),
  INJECTS: (need) => need.injects === true,
  CHILDREN_COME_ALONG: (need) => need.childrenWithThem > 0,
  VETERAN: (need) => need.isVeteran,
  ADOLESCENT: (need, terms) => need.age !== null && need.age < terms.adultFrom,
  YOUNG_ADULT: (need, terms) => need.age !== null && need.age >= terms.adultFrom && need.age <= terms.youngAdultUntil,
  SENIOR: (need, terms) => need.age !== null && need.age >= terms.seniorFrom,
  REFERRED_BY_OFFICER: (need) => need.pathway === 'OFFICER_INTERVENTION',
  SURVIVED_OVERDOSE: (need) => need.pathway === 'NALOXONE_PLUS',
} as const satisfies Record<string, SignalTest>;

export type Signal = keyof typeof signals;

export const isRaised = (signal: Signal, need: Need, terms: SignalTerms): boolean => {
  const test: SignalTest = signals[signal];
  return test(need, terms);
};
