import { DateTime, Duration } from 'luxon';
import { holidaysOf, type Holiday } from './engine/holidays';

export type ClockTime = 'WALL' | 'BUSINESS' | 'ROLLED';

/** How long a clock runs: ISO 8601; hours and minutes are exact, days are days of the calendar. */
export interface Term {
  readonly lasts: string;
  readonly time: ClockTime;
}

/** The time of a place. */
export interface Calendar {
  /** IANA name. */
  readonly zone: string;
  /** 1 = Monday … 7 = Sunday. */
  readonly weekdays: readonly number[];
  /** Full hours of the local day. */
  readonly opensAt: number;
  readonly closesAt: number;
  readonly holidays: readonly Holiday[];
}

const holidaysByYear = new WeakMap<readonly Holiday[], Map<number, ReadonlySet<string>>>();
const holidaysIn = (year: number, table: readonly Holiday[]): ReadonlySet<string> => {
  const years = holidaysByYear.get(table) ?? new Map<number, ReadonlySet<string>>();
  holidaysByYear.set(table, years);
  const known = years.get(year) ?? new Set(holidaysOf(year, table));
  years.set(year, known);
  return known;
};

export const isBusinessDay = (day: DateTime, { weekdays, holidays }: Calendar): boolean =>
  weekdays.includes(day.weekday) && !holidaysIn(day.year, holidays).has(day.toISODate() ?? '');

const nextBusinessDay = (from: DateTime, calendar: Calendar): DateTime => {
  let day = from;
  while (!isBusinessDay(day, calendar)) day = day.plus({ days: 1 });
  return day;
};

const at = (day: DateTime, hour: number): DateTime => day.startOf('day').set({ hour });

/** The first moment from here on at which offices are open. */
const opened = (from: DateTime, calendar: Calendar): DateTime => {
  if (isBusinessDay(from, calendar)) {
    if (from < at(from, calendar.opensAt)) return at(from, calendar.opensAt);
    if (from < at(from, calendar.closesAt)) return from;
  }
  return at(nextBusinessDay(from.plus({ days: 1 }), calendar), calendar.opensAt);
};

const plusBusiness = (start: DateTime, lasts: Duration, calendar: Calendar): DateTime => {
  let now = opened(start, calendar);
  // Hours stay hours of opened offices, also 24 of them: they are not a day of the calendar.
  const { hours = 0, minutes = 0, seconds = 0, milliseconds = 0, ...calendarDays } = lasts.toObject();
  const days = Duration.fromObject(calendarDays).as('days');
  for (let left = days; left > 0; left--) now = nextBusinessDay(now.plus({ days: 1 }), calendar);
  for (let left = Duration.fromObject({ hours, minutes, seconds, milliseconds }).toMillis(); left > 0;) {
    const room = at(now, calendar.closesAt).toMillis() - now.toMillis();
    if (left <= room) return now.plus({ milliseconds: left });
    left -= room;
    now = opened(at(now, calendar.closesAt), calendar);
  }
  return now;
};

/** When a clock that starts now is due. Pure: the same arguments give the same moment, whatever the machine’s own zone. */
export const dueAt = ({ lasts, time }: Term, start: Date, calendar: Calendar): Date => {
  const from = DateTime.fromJSDate(start, { zone: calendar.zone });
  const duration = Duration.fromISO(lasts);
  if (!from.isValid || !duration.isValid) throw new Error(`no deadline from ${lasts} in ${calendar.zone}`);
  // Exact hours written as days would count a day of 23 or 25 hours wrong.
  const isExact = duration.days === 0 && duration.weeks === 0;
  if (time === 'BUSINESS') return plusBusiness(from, duration, calendar).toJSDate();
  const due = isExact ? from.plus({ milliseconds: duration.toMillis() }) : from.plus(duration);
  return (time === 'ROLLED' ? nextBusinessDay(due, calendar) : due).toJSDate();
};
