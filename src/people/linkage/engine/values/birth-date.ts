export interface BirthDate {
  /** `YYYYMMDD`. */
  readonly digits: string;
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

const of = (year: string, month: string, day: string): BirthDate => ({
  digits: `${year}${month.padStart(2, '0')}${day.padStart(2, '0')}`,
  year: Number(year),
  month: Number(month),
  day: Number(day),
});

const YEAR_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ]|$)/;
const YEAR_LAST = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?:[T ]|$)/;
const DIGITS = /^(\d{4})(\d{2})(\d{2})$/;

/**
 * `YYYY-MM-DD`, `YYYYMMDD`, or `MM/DD/YYYY` as it is written in the United States (`DD/MM/YYYY` where the first cannot be a month). A date
 * that no calendar has is kept: one wrong digit of it is still evidence. Anything else is `null`, missing.
 */
export const birthDate = (text: string): BirthDate | null => {
  const [, year = '', month = '', day = ''] = YEAR_FIRST.exec(text) ?? DIGITS.exec(text) ?? [];
  if (Number(year) > 0) return of(year, month, day);
  const [, first = '', second = '', lastYear] = YEAR_LAST.exec(text) ?? [];
  if (lastYear === undefined) return null;
  return Number(first) > 12 ? of(lastYear, second, first) : of(lastYear, first, second);
};
