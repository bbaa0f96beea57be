import { birthDate } from '../../src/people/linkage/engine/values/birth-date';

const THREE_NUMBERS = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{2,4})(?=$|[ T])/;
const SHORT_YEAR =
  /^(\d{1,2}[-/. ]\d{1,2}[-/. ]|\d{1,2}(?:st|nd|rd|th)?[\s./-]*[a-z]{3,}[\s,./-]*|[a-z]{3,}[\s./-]*\d{1,2}(?:st|nd|rd|th)?[\s,./-]+)(\d{2})(?=$|[ :T])/i;
const SERIAL = /^\d{1,5}(?:\.\d+)?$/;
const MONTHS = 12;
const MOST_DAYS = 31;
const LATEST_SERIAL = 46_387;
const MS_PER_DAY = 86_400_000;
/** Later ones stand for nothing, as 9999 does. A figure and no clock, as in `birthDate`. */
const LATEST_YEAR = 2026;
/** Above it are slips of the pen. */
const SHARE_OF_YEARS = 0.995;

type Order = 'YEAR_FIRST' | 'DAY_FIRST' | 'MONTH_FIRST';

/** How a file orders what it writes with two numbers and a year: more of its dates can be read only so than only another way. */
const orderIn = (texts: readonly string[]): Order => {
  let [years, days] = [0, 0];
  for (const text of texts) {
    const [, first, , second, third] = (THREE_NUMBERS.exec(text) ?? []).map(Number);
    years += Number(Number(first) > MOST_DAYS) - Number(Number(third) > MOST_DAYS);
    days += Number(Number(first) > MONTHS) - Number(Number(second) > MONTHS);
  }
  if (years > 0) return 'YEAR_FIRST';
  return days > 0 ? 'DAY_FIRST' : 'MONTH_FIRST';
};

/** A date that could be read in more than one way, as the rest of its file is to be read. */
const inOrder = (text: string, order: Order): string => {
  const [, first, , second, third] = (THREE_NUMBERS.exec(text) ?? []) as (string | undefined)[];
  if (first === undefined || second === undefined || third === undefined) return text;
  if (order === 'YEAR_FIRST') return third.length === 2 ? `${second}/${third}/${first}` : text;
  return order === 'DAY_FIRST' && Number(first) <= MONTHS ? `${second}/${first}/${third}` : text;
};

/** Days as a spreadsheet counts them, from the end of 1899: where most dates of a file are such numbers, and none before. */
const areSerials = (texts: readonly string[]): boolean => {
  const serials = texts.filter((text) => SERIAL.test(text) && Number(text) <= LATEST_SERIAL);
  return serials.length * 2 > texts.length && serials.some((text) => Number(text) >= 10_000);
};
const ofSerial = (text: string): string =>
  SERIAL.test(text)
    ? new Date(Date.UTC(1899, 11, 30) + Math.floor(Number(text)) * MS_PER_DAY).toISOString().slice(0, 10)
    : text;

const asFileWrites = (texts: readonly string[]): string[] => {
  const told = texts.filter((text) => text !== '');
  if (areSerials(told)) return texts.map(ofSerial);
  const order = orderIn(told);
  return texts.map((text) => inOrder(text, order));
};

/** The latest year that is written whole; undefined: too few are, to tell anything of the others. */
const latestYearIn = (texts: readonly string[]): number | undefined => {
  const told = texts.filter((text) => text !== '');
  const years = told.filter((text) => !SHORT_YEAR.test(text)).flatMap((text) => birthDate(text)?.year ?? []);
  const whole = years.filter((year) => year <= LATEST_YEAR);
  if (whole.length * 10 < told.length) return undefined;
  return whole.sort((one, other) => one - other)[Math.floor((whole.length - 1) * SHARE_OF_YEARS)];
};

const withWholeYear = (text: string, latest: number): string =>
  text.replace(
    SHORT_YEAR,
    (_, before: string, year: string) => before + (2000 + Number(year) > latest ? '19' : '20') + year,
  );

/**
 * Dates of birth of files that are compared with each other, as they are meant: days before months and years before both where a file does so,
 * days counted by a spreadsheet, and years of two digits in the century in which the years written whole are. Nothing but the dates decides.
 */
export const datesAsMeant = (files: readonly (readonly string[])[]): string[][] => {
  const read = files.map(asFileWrites);
  const latest = latestYearIn(read.flat());
  return latest === undefined ? read : read.map((texts) => texts.map((text) => withWholeYear(text, latest)));
};
