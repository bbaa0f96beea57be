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

/** Whether words tie it to a person or a record. Numbers of seals and bags may look so, and are not asked. */
export const tiesToPerson = (text: string): boolean =>
  hasRecordId(text) || [TELEPHONE, SOCIAL_SECURITY, BIRTH].some((one) => one.test(plain(text)));

/** Whether it says what was found, or guesses it. A word may be read from a label. */
export const tellsResult = (text: string, { results, substances, labels }: DescriptionWords): boolean => {
  if (tellingWords(text, results).length > 0) return true;
  const isLabelled = (text.toLowerCase().match(/\p{L}+/gu) ?? []).some((word) => labels.includes(word));
  return !isLabelled && tellingWords(text, substances).length > 0;
};
