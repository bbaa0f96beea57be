import { tellingWords, type TellingWords } from '../../kernel/plain-words';

/** What a description must not tell. Data: `rules/description-words.json`. */
export interface DescriptionWords {
  /** Of tests and their results. */
  readonly results: TellingWords;
  /** What it may be: a guess, unless it is read from a label. */
  readonly substances: TellingWords;
  /** What is printed on tablets and bottles: a guess where it is said that there is no label. */
  readonly medicines: TellingWords;
  /** Ordinary words that are a guess where there are no others but `units`. */
  readonly alone: readonly string[];
  readonly units: readonly string[];
  /** Words of labels. */
  readonly labels: readonly string[];
}

// Thirty-two hexadecimal digits, however they are set apart: the id of any record.
const RECORD_ID = /(?<![0-9a-f])(?:[0-9a-f][\s_.:-]*){31}[0-9a-f](?![0-9a-f])/i;
const MAIL = /[^\s@]+@[^\s@]+\.\p{L}{2,}/u;
// As numbers of telephones are written in North America; ten digits in a row may be anything’s.
const TELEPHONE =
  /(?<!\d)(?:\+?1[\s.-]*)?(?:\([2-9]\d{2}\)\s*|[2-9]\d{2}[\s.-])[2-9]\d{2}[\s.-]\d{4}(?!\d)|\+1\d{10}(?!\d)/;
const SOCIAL_SECURITY = /(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)/;
const BIRTH = /(?<!\p{L})(?:d\.?\s?o\.?\s?b|born|birth\s?dates?|dates? of birth)(?!\p{L})/iu;

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Pd}/gu, '-');

/** Whether the id of a record or an address stands in it: also in a number of the property room’s own. */
export const hasRecordId = (text: string): boolean => [RECORD_ID, MAIL].some((one) => one.test(plain(text)));

/** Whether words tie it to a person or a record. */
export const tiesToPerson = (text: string): boolean =>
  hasRecordId(text) || [TELEPHONE, SOCIAL_SECURITY, BIRTH].some((one) => one.test(plain(text)));

/** Words so far from the word of a label are read from it. */
const BEFORE_LABEL = 2;
const BEHIND_LABEL = 4;
/** Beside the word of a label: there is none, or none that can be read. */
const NO_LABEL =
  /^(no|not|non|nothing|without|w|never|missing|lacks?|lacking|un|sin|torn|removed|illegible|unreadable|blank|gone|faded|peeled|scratched|scraped|ripped|worn|smeared|off)$/;
/** Or it is the property room’s. */
const OWN_LABEL = /^(property|evidence|custody|room|our)$/;
const ON_BAG = /^on (the |this |our |a )?(bag|baggie|envelope|seal)\b/;
const NEVER_LABELLED = /^un(label|mark|stamp|print)/;

interface Letters {
  readonly words: readonly string[];
  /** Where each word of letters stands among all. */
  readonly places: readonly number[];
}

const lettersOf = (text: string): Letters => {
  const words = text.split(/(?<=\p{L})(?=[^\p{L}])|(?<=[^\p{L}])(?=\p{L})/u);
  return { words, places: words.flatMap((word, index) => (/\p{L}/u.test(word) ? [index] : [])) };
};

/** The words from one place to another, in small letters. */
const wordsIn = ({ words, places }: Letters, from: number, to: number): string[] =>
  places.slice(Math.max(0, from), to).map((one) => (words[one] as string).toLowerCase());

/** Where a word of a label stands, with the words next to it. */
const labelsIn = (letters: Letters, labels: readonly string[]) =>
  letters.places.flatMap((_, at) =>
    labels.includes(wordsIn(letters, at, at + 1)[0] as string)
      ? [{ at, near: wordsIn(letters, at - BEFORE_LABEL, at + 3), behind: wordsIn(letters, at + 1, at + 4).join(' ') }]
      : [],
  );

/** The text without what is read from labels. */
const unlabelled = (text: string, labels: readonly string[]): string => {
  const letters = lettersOf(text);
  const read = new Set<number>();
  for (const { at, near, behind } of labelsIn(letters, labels)) {
    if (ON_BAG.test(behind) || near.some((word) => NO_LABEL.test(word) || OWN_LABEL.test(word))) continue;
    for (const one of letters.places.slice(Math.max(0, at - BEFORE_LABEL), at + BEHIND_LABEL + 1)) read.add(one);
  }
  return letters.words.filter((_, index) => !read.has(index)).join('');
};

/** Whether it says that nothing can be read from a label. */
const deniesLabel = (text: string, labels: readonly string[]): boolean => {
  const letters = lettersOf(text);
  return (
    wordsIn(letters, 0, letters.places.length).some((word) => NEVER_LABELLED.test(word)) ||
    labelsIn(letters, labels).some(({ near }) => near.some((word) => NO_LABEL.test(word)))
  );
};

const isGuessAlone = (text: string, { alone, units }: DescriptionWords): boolean => {
  const letters = lettersOf(text);
  const own = wordsIn(letters, 0, letters.places.length).filter((word) => !units.includes(word));
  return own.length > 0 && own.every((word) => alone.includes(word));
};

/** Whether it says what was found, or guesses it. A word may be read from a label that is beside it. */
export const tellsResult = (text: string, rules: DescriptionWords): boolean =>
  tellingWords(text, rules.results).length > 0 ||
  tellingWords(unlabelled(text, rules.labels), rules.substances).length > 0 ||
  (deniesLabel(text, rules.labels) && tellingWords(text, rules.medicines).length > 0) ||
  isGuessAlone(text, rules);

/** Words that stand beside the number of a bag or a seal, or in its place. */
const NUMBER_WORDS =
  /^(property|evidence|item|case|seal|bag|box|lot|tag|number|no|nr|num|locker|shelf|room|unit|station|lobby|drop|incident|report|year|lab|safe|vault|barcode|serial|exhibit|voucher|receipt|custody|surrender|takeback|amnesty|control|inventory|intake|kiosk|precinct|district|sector|drawer|cabinet|bin|none|missing|broken|torn|cut|absent|open|unreadable|illegible)s?$/i;
const isWordOfName = (word: string): boolean =>
  /\p{L}{3}/u.test(word) && /[aeiouy]/i.test(word) && !NUMBER_WORDS.test(word);

/** So long a word of letters is no abbreviation of an agency. */
const LONG_NAME = 5;
/** As agencies are abbreviated: police, sheriff’s office, fire. */
const AGENCY = /(?:PD|SO|FD|SD)$/;
/** A word, an initial and a year of birth: `DOE-J-1985`. */
const BORN = /(?<!\p{L})\p{L}{3,}[\s.,_-]+\p{L}[\s.,_-]+(?:19\d\d|200\d)(?!\d)/u;

const isLongName = (word: string): boolean => word.length >= LONG_NAME && !AGENCY.test(word) && !/^[a-f]+$/i.test(word);

/** Whether a number of the property room names somebody: by a telephone, a social security number, or words that are none of a number. */
export const namesSomebody = (text: string): boolean => {
  const read = plain(text);
  const names = (read.match(/(?<![\p{L}\d])\p{L}+(?![\p{L}\d])/gu) ?? []).filter(isWordOfName);
  const glued = (read.match(/\p{L}+/gu) ?? []).filter(isWordOfName);
  return (
    hasRecordId(text) ||
    [TELEPHONE, SOCIAL_SECURITY, BIRTH, BORN].some((one) => one.test(read)) ||
    names.length > 1 ||
    names.some((word) => /\p{Ll}/u.test(word)) ||
    glued.some(isLongName)
  );
};

const ABSENT =
  /(?<!\p{L})(none|no|not|without|missing|unsealed|unknown|broken|torn|cut|absent|open|opened|unreadable|illegible|na|n\/a|tbd|pending)(?!\p{L})/iu;

/** Nothing but zeros, also behind the word of what would bear a number: “0”, “seal 000”. */
const isZero = (text: string): boolean =>
  text.includes('0') &&
  !/[\p{N}]/u.test(text.replace(/0/g, '')) &&
  !/(?<!\p{L})(?!seal|no|nr|number)\p{L}/iu.test(text);

/** Whether it stands where a number should: “none”, “missing”, “-”, “0”. */
export const isNoNumber = (text: string): boolean =>
  !/[\p{L}\p{N}]/u.test(text) || isZero(plain(text)) || (!/\p{N}/u.test(text) && ABSENT.test(plain(text)));

/** 64 digits drawn at random show fewer different ones once in 10^19 times. */
const LEAST_DIGITS = 8;

/** Whether so many hexadecimal digits may have come from chance or a hash: all zeros have not, nor “ab” again and again. */
export const isByChance = (digits: string): boolean => new Set(digits.toLowerCase()).size >= LEAST_DIGITS;
