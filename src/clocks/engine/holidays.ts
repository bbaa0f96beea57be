/** A legal holiday: on a date, or on the nth weekday of a month (-1: the last). */
export interface Holiday {
  readonly name: string;
  readonly month: number;
  readonly day?: number;
  /** 1 = Monday … 7 = Sunday (ISO 8601). */
  readonly weekday?: number;
  readonly nth?: number;
  /** The first year it was kept. */
  readonly since?: number;
}

const DAY_MS = 86_400_000;
const weekdayOf = (ms: number): number => new Date(ms).getUTCDay() || 7;
const isoOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

const nthWeekday = (year: number, month: number, weekday: number, nth: number): number => {
  if (nth < 0) {
    const last = Date.UTC(year, month, 0);
    return last - ((weekdayOf(last) - weekday + 7) % 7) * DAY_MS;
  }
  const first = Date.UTC(year, month - 1, 1);
  return first + (((weekday - weekdayOf(first) + 7) % 7) + (nth - 1) * 7) * DAY_MS;
};

/** On a Saturday it is kept the Friday before, on a Sunday the Monday after (5 U.S.C. 6103(b)). */
const observed = (ms: number): number => ms + ({ 6: -1, 7: 1 }[weekdayOf(ms)] ?? 0) * DAY_MS;

const dayOf = ({ month, day, weekday = 1, nth = 1 }: Holiday, year: number): number =>
  day === undefined ? nthWeekday(year, month, weekday, nth) : observed(Date.UTC(year, month - 1, day));

/** The days of a year on which offices are closed, as ISO dates; New Year’s Day of the next may fall in it. */
export const holidaysOf = (year: number, table: readonly Holiday[]): string[] =>
  [year, year + 1]
    .flatMap((of) => table.filter(({ since = 0 }) => of >= since).map((holiday) => isoOf(dayOf(holiday, of))))
    .filter((day) => day.startsWith(`${year}-`))
    .sort();
