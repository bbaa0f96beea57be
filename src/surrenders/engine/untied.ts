import { tellingWords, type TellingWords } from '../../kernel/plain-words';

/** What a description must not tell. Data: `rules/description-words.json`. */
export interface DescriptionWords {
  /** Of tests and their results. */
  readonly results: TellingWords;
  /** What it may be: a guess, unless it is read from a label. */
  readonly substances: TellingWords;
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
/** Beside the word of a label: there is none, none that can be read, or it is the property room’s. */
const NO_LABEL =
  /^(no|not|non|without|w|never|missing|lacks?|lacking|un|sin|property|evidence|custody|room|our|torn|removed|illegible|unreadable|blank|gone|faded)$/;

/** The text without what is read from labels. */
const unlabelled = (text: string, labels: readonly string[]): string => {
  const words = text.split(/(?<=\p{L})(?=[^\p{L}])|(?<=[^\p{L}])(?=\p{L})/u);
  const letters = words.flatMap((word, index) => (/\p{L}/u.test(word) ? [index] : []));
  const read = new Set<number>();
  for (const [at, index] of letters.entries()) {
    const near = letters
      .slice(Math.max(0, at - BEFORE_LABEL), at + 3)
      .map((one) => (words[one] as string).toLowerCase());
    if (!labels.includes((words[index] as string).toLowerCase()) || near.some((word) => NO_LABEL.test(word))) continue;
    for (const one of letters.slice(Math.max(0, at - BEFORE_LABEL), at + BEHIND_LABEL + 1)) read.add(one);
  }
  return words.filter((_, index) => !read.has(index)).join('');
};

/** Whether it says what was found, or guesses it. A word may be read from a label that is beside it. */
export const tellsResult = (text: string, { results, substances, labels }: DescriptionWords): boolean =>
  tellingWords(text, results).length > 0 || tellingWords(unlabelled(text, labels), substances).length > 0;

/** Words that stand beside the number of a bag or a seal, or in its place. */
const NUMBER_WORDS =
  /^(property|evidence|item|case|seal|bag|box|lot|tag|number|no|nr|num|locker|shelf|room|unit|station|lobby|drop|incident|report|year|lab|safe|vault|barcode|serial|drawer|cabinet|bin|none|missing|broken|torn|cut|absent|open|unreadable|illegible)s?$/i;
const isWordOfName = (word: string): boolean =>
  /\p{L}{3}/u.test(word) && /[aeiouy]/i.test(word) && !NUMBER_WORDS.test(word);

/** Whether a number of the property room names somebody: by a telephone, a social security number, or words that are none of a number. */
export const namesSomebody = (text: string): boolean => {
  const words = plain(text).match(/(?<![\p{L}\d])\p{L}+(?![\p{L}\d])/gu) ?? [];
  const names = words.filter(isWordOfName);
  return (
    hasRecordId(text) ||
    [TELEPHONE, SOCIAL_SECURITY, BIRTH].some((one) => one.test(plain(text))) ||
    names.length > 1 ||
    names.some((word) => /\p{Ll}/u.test(word))
  );
};
