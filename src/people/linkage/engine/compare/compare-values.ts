import { editDistance } from '../text/damerau-levenshtein';
import { jaroWinkler } from '../text/jaro-winkler';
import type { BirthDate } from '../values/birth-date';
import type { Email } from '../values/contact';
import type { Words } from '../values/words';
import { ALIKE, CLOSE, DIFFERENT, EXACT } from './compare-words';

// Taken out once: in some environments, Jest’s among them, looking up a global costs more than what it computes.
const { abs, max } = Math;

const isSlipOfDate = (a: BirthDate, b: BirthDate): boolean => {
  const isSwapped = a.year === b.year && a.month === b.day && a.day === b.month;
  const isYearOff = abs(a.year - b.year) === 1 && a.month === b.month && a.day === b.day;
  return isSwapped || isYearOff || editDistance(a.digits, b.digits, 1) <= 1;
};

const agreeingParts = (a: BirthDate, b: BirthDate): number =>
  Number(a.year === b.year) + Number(a.month === b.month) + Number(a.day === b.day);

/** Days, in a calendar of twelve months of 31: near enough to say “within a year”. */
const DAYS_A_YEAR = 372;
const dayNumber = ({ year, month, day }: BirthDate): number => year * DAYS_A_YEAR + month * 31 + day;

export const compareDates = (a: BirthDate, b: BirthDate): number => {
  if (a.digits === b.digits) return 0;
  if (isSlipOfDate(a, b)) return 1;
  if (agreeingParts(a, b) === 2) return 2;
  return abs(dayNumber(a) - dayNumber(b)) <= DAYS_A_YEAR ? 3 : 4;
};

const isInitialOf = (a: string, b: string): boolean => (a.length === 1 || b.length === 1) && a[0] === b[0];

const givenLevels: Readonly<Record<number, number>> = { [EXACT]: 0, [CLOSE]: 1, [ALIKE]: 3, [DIFFERENT]: 5 };
export const NICKNAME = 2;
const INITIAL = 4;

/** The level of given names that agree as words so far. */
export const givenLevel = (words: number): number => givenLevels[words] as number;

/** Whether one of two names is used in place of the other, as Bob is for Robert. */
export const standForEachOther = (a: Words | null, b: Words | null): boolean =>
  a !== null && b !== null && a.aliases.some((group) => b.aliases.includes(group));

/** Both are names in use, neither stands for the other nor sounds like it: Maria and Marta are two names and no slip of one. */
const areTwoNames = (a: Words, b: Words): boolean =>
  a.aliases.length > 0 && b.aliases.length > 0 && a.sound !== b.sound;

/** `words` is what comparing the two as words gave. */
export const compareGivenNames = (a: Words, b: Words, words: number): number => {
  if (words === EXACT) return givenLevel(EXACT);
  if (standForEachOther(a, b)) return words > CLOSE ? NICKNAME : givenLevel(CLOSE);
  if (areTwoNames(a, b)) return givenLevel(DIFFERENT);
  if (words === DIFFERENT && isInitialOf(a.text, b.text)) return INITIAL;
  return givenLevel(words);
};

/** Told by one record alone is a level: the other may be the father. */
export const compareSuffixes = (a: string | null, b: string | null): number => {
  if (a === b) return 0;
  return a === null || b === null ? 1 : 2;
};

const SUBSCRIBER_DIGITS = 7;

export const comparePhones = (a: string, b: string): number => {
  if (a === b) return 0;
  const isSameSubscriber = a.slice(-SUBSCRIBER_DIGITS) === b.slice(-SUBSCRIBER_DIGITS);
  return isSameSubscriber || editDistance(a, b, 1) <= 1 ? 1 : 2;
};

/** Letters before the `@` that make the same name at another provider worth a level of its own. */
const TELLING_LOCAL = 5;
const withoutDigits = (text: string): string => text.replace(/\d+/g, '');

/** People of one name tell themselves apart by a number: `ann.lee6` is another’s address than `ann.lee34`, and no slip of it. */
const isOtherNumber = (a: Email, b: Email): boolean =>
  a.local !== b.local && a.domain === b.domain && withoutDigits(a.local) === withoutDigits(b.local);

export const compareEmails = (a: Email, b: Email, alike: number): number => {
  if (a.text === b.text) return 0;
  if (!isOtherNumber(a, b) && editDistance(a.text, b.text, 2) <= 2) return 1;
  if (a.local === b.local && a.local.length >= TELLING_LOCAL) return 2;
  return jaroWinkler(a.text, b.text) >= alike ? 3 : 4;
};

export const compareHouseNumbers = (a: string, b: string): number => {
  if (a === b) return 0;
  const isSlip = max(a.length, b.length) > 1 && editDistance(a, b, 1) <= 1;
  return isSlip ? 1 : 2;
};

const AREA_DIGITS = 3;

export const comparePostalCodes = (a: string, b: string): number => {
  if (a === b) return 0;
  if (editDistance(a, b, 1) <= 1) return 1;
  return a.slice(0, AREA_DIGITS) === b.slice(0, AREA_DIGITS) ? 2 : 3;
};
