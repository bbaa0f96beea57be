export interface BirthDate {
  /** `YYYYMMDD`. */
  readonly digits: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

type Parts = readonly [year: string, month: string, day: string];

const PARTS = /^(\d+)[-/. ](\d{1,2})[-/. ](\d+)(?:[T ]|$)/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})(?:\.0+)?$/;
const NAMED =
  /^(?:(\d{1,2})(?:st|nd|rd|th)?[\s./-]*([a-z]{3})[a-z]*[\s,./-]*|([a-z]{3})[a-z]*[\s./-]*(\d{1,2})(?:st|nd|rd|th)?[\s,./-]+)(\d{4}|\d{2})(?=$|[ :T])/i;
const MONTHS = 12;
const NAMES = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const yearFirst = (text: string): Parts | null => {
  const [, year, month, day] = (DIGITS.exec(text) ?? PARTS.exec(text) ?? []) as (string | undefined)[];
  return year?.length === 4 ? [year, month as string, day as string] : null;
};

/** Nobody is born in the future: `27` is 1927. A figure and no clock, so that a record reads the same tomorrow. */
const LATEST_SHORT_YEAR = 26;
const wholeYear = (year: string): string => {
  if (year.length !== 2) return year;
  return (Number(year) > LATEST_SHORT_YEAR ? '19' : '20') + year;
};

const named = (text: string): Parts | null => {
  const [, dayBefore, monthAfter, monthBefore, dayAfter, year] = (NAMED.exec(text) ?? []) as (string | undefined)[];
  const month = NAMES.indexOf((monthAfter ?? monthBefore ?? '').toLowerCase()) + 1;
  return month === 0 ? null : [wholeYear(year as string), String(month), (dayBefore ?? dayAfter) as string];
};

const yearLast = (text: string): Parts | null => {
  const [, first, second, shortYear] = (PARTS.exec(text) ?? []) as (string | undefined)[];
  const year = wholeYear(shortYear ?? '');
  if (year.length !== 4 || (first as string).length > 2) return null;
  return Number(first) > MONTHS ? [year, second as string, first as string] : [year, first as string, second as string];
};

/**
 * `YYYY-MM-DD`, `YYYYMMDD`, `MM/DD/YYYY` as it is written in the United States (`DD/MM/YYYY` where the first cannot be a month), also
 * with two digits of the year, or `3 Feb 1980`, `03FEB1980` and `Feb 3, 1980`; also with blanks between the parts. A date that no calendar has is kept: one wrong digit of it is still
 * evidence. Anything else is `null`, missing.
 */
export const birthDate = (text: string): BirthDate | null => {
  const [year, month, day] = yearFirst(text) ?? yearLast(text) ?? named(text) ?? ['0', '', ''];
  if (Number(year) === 0 || month.length > 2 || day.length > 2) return null;
  const digits = `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`;
  return { digits, year: Number(year), month: Number(month), day: Number(day) };
};
