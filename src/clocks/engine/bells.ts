import { holidaysOf, type Holiday } from './holidays';

/** When a school rings: data. Times are `HH:MM` of its own day, dates are ISO dates. */
export interface BellCalendar {
  /** IANA name. */
  readonly zone: string;
  /** By weekday, 1 = Monday … 7 = Sunday; a weekday without an entry has no school. */
  readonly weekly: Readonly<Record<string, readonly string[]>>;
  readonly holidays: readonly Holiday[];
  /** Vacations and other spans without school, both ends included. */
  readonly closed: readonly { readonly from: string; readonly to: string }[];
  /** Single days that ring otherwise, for example a late start; no bells: no school. They stand over everything else. */
  readonly days: Readonly<Record<string, readonly string[]>>;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const BELL = /^([01]\d|2[0-3]):[0-5]\d$/;

const isDate = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return DATE.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};
const weekdayOf = (date: string): string => String(new Date(`${date}T00:00:00Z`).getUTCDay() || 7);

/** Longer than any vacation, in days. */
export const LONGEST_CLOSED = 200;
const MS_A_DAY = 86_400_000;

/** Whether a school rings on any weekday. */
export const ringsWeekly = ({ weekly }: Pick<BellCalendar, 'weekly'>): boolean =>
  Object.values(weekly).some((bells) => bells.length > 0);

/** What is wrong with a calendar that came from outside; empty: nothing. The zone is checked by whoever knows zones. */
export const bellProblems = ({ weekly, closed, days }: BellCalendar): string[] => [
  ...Object.keys(weekly)
    .filter((day) => !/^[1-7]$/.test(day))
    .map((day) => `${day} is no weekday`),
  ...[...Object.values(weekly), ...Object.values(days)]
    .flat()
    .filter((bell) => !BELL.test(bell))
    .map((bell) => `${bell} is no time of day`),
  ...[...Object.keys(days), ...closed.flatMap(({ from, to }) => [from, to])]
    .filter((date) => !isDate(date))
    .map((date) => `${date} is no date`),
  ...closed.filter(({ from, to }) => from > to).map(({ from, to }) => `${from} comes after ${to}`),
  ...closed
    .filter(({ from, to }) => Date.parse(to) - Date.parse(from) > LONGEST_CLOSED * MS_A_DAY)
    .map(({ from, to }) => `${from} to ${to} is longer than any vacation`),
];

/** The bells of one day of the school, earliest first. */
export const bellsOn = (date: string, { weekly, holidays, closed, days }: BellCalendar): string[] => {
  const own = days[date];
  const isOff =
    closed.some(({ from, to }) => from <= date && date <= to) ||
    holidaysOf(Number(date.slice(0, 4)), holidays).includes(date);
  return [...(own ?? (isOff ? [] : (weekly[weekdayOf(date)] ?? [])))].sort();
};
