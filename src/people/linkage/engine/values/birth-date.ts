export interface BirthDate {
  /** `YYYYMMDD`. */
  readonly digits: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

type Parts = readonly [year: string, month: string, day: string];

const PARTS = /^(\d+)[-/.](\d{1,2})[-/.](\d+)(?:[T ]|$)/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})$/;
const MONTHS = 12;

const yearFirst = (text: string): Parts | null => {
  const [, year, month, day] = (DIGITS.exec(text) ?? PARTS.exec(text) ?? []) as (string | undefined)[];
  return year?.length === 4 ? [year, month as string, day as string] : null;
};

const yearLast = (text: string): Parts | null => {
  const [, first, second, year] = (PARTS.exec(text) ?? []) as (string | undefined)[];
  if (year?.length !== 4) return null;
  return Number(first) > MONTHS ? [year, second as string, first as string] : [year, first as string, second as string];
};

/**
 * `YYYY-MM-DD`, `YYYYMMDD`, or `MM/DD/YYYY` as it is written in the United States (`DD/MM/YYYY` where the first cannot be a month). A date
 * that no calendar has is kept: one wrong digit of it is still evidence. Anything else is `null`, missing.
 */
export const birthDate = (text: string): BirthDate | null => {
  const [year, month, day] = yearFirst(text) ?? yearLast(text) ?? ['0', '', ''];
  if (Number(year) === 0 || month.length > 2 || day.length > 2) return null;
  const digits = `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`;
  return { digits, year: Number(year), month: Number(month), day: Number(day) };
};
