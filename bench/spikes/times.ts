/** A moment read from a file. */
export interface ReadTime {
  /** Milliseconds; of the file’s own wall clock where it names no zone. */
  readonly at: number;
  readonly hasTime: boolean;
  readonly hasZone: boolean;
}

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly clock: string | undefined;
}

/** How a file writes dates of figures with the year last: 4/1/2018 is in April, or on the fourth of the month. */
export type DateOrder = 'MONTH_FIRST' | 'DAY_FIRST';

const DATE_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(.+))?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:[T ]?(\d{2}):?(\d{2}):?(\d{2})?)?$/;
const US = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})(?:[T ,]+(.+))?$/;
/** Also as SAS writes them: 05JAN2018:13:45:00. */
const NAMED = /^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[-/ ]?([A-Za-z]{3})[a-z]*[-/ ,]*(\d{2}|\d{4})(?:[T ,:]+(.+))?$/;
/** Thu Jan  4 15:07:00 EST 2018. */
const CTIME = /^[A-Za-z]{3},? ([A-Za-z]{3}) +(\d{1,2}) (\d{1,2}:\d{2}(?::\d{2})?(?: [A-Z]{1,4})?) (\d{4})$/;
const NAMED_US = /^(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})(?:[T ,]+(.+))?$/;
const YEAR_NAMED = /^(\d{4})[- ]([A-Za-z]{3})[a-z]*[- ](\d{1,2})(?:[T ,]+(.+))?$/;
const CLOCK =
  /^(\d{1,2})(?::?(\d{2}))?(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?(?:[Mm]\.?)?\s*(?:(?:UTC|GMT)?([+-]\d{2}:?\d{2}|[+-]\d{2})|([A-Z]{1,4}))?(?:\s*\([A-Za-z ]+\))?$/;
/** Minutes of the zones that the files of this field name. */
const ZONES: Readonly<Record<string, number>> = {
  ...{ Z: 0, UTC: 0, GMT: 0 },
  ...{ EST: -300, EDT: -240, CST: -360, CDT: -300, MST: -420, MDT: -360, PST: -480, PDT: -420 },
  ...{ AKST: -540, AKDT: -480, HST: -600 },
};
const EPOCH = /^\d{10}(\d{3})?(\.0+)?$/;
/** Days since the end of 1899, as spreadsheets count them: 1982 to 2064. */
const SERIAL = /^[3-5]\d{4}(\.\d+)?$/;
const SERIAL_START = Date.UTC(1899, 11, 30);
const DAY_MS = 86_400_000;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MINUTE_MS = 60_000;

const monthNamed = (name: string): number => MONTHS.indexOf(name.toLowerCase()) + 1;
/** Two figures are of 1970 to 2069. */
const fullYear = (text = ''): number =>
  text.length === 2 ? (Number(text) < 70 ? 2000 : 1900) + Number(text) : Number(text);

const compactClock = (hour?: string, minute?: string, second?: string): string | undefined =>
  hour === undefined ? undefined : `${hour}:${minute ?? '00'}:${second ?? '00'}`;

type Shape = readonly [RegExp, (match: RegExpExecArray) => Parts];

const parts = (year: number, month: number, day: number, clock: string | undefined): Parts => ({
  year,
  month,
  day,
  clock,
});

const MONTH_FIRST: Shape = [
  US,
  ([, month, day, year, clock]) => parts(fullYear(year), Number(month), Number(day), clock),
];
const DAY_FIRST: Shape = [
  US,
  ([, day, month, year, clock]) => parts(fullYear(year), Number(month), Number(day), clock),
];
const SHAPES: readonly Shape[] = [
  [DATE_FIRST, ([, year, month, day, clock]) => parts(Number(year), Number(month), Number(day), clock)],
  [COMPACT, ([, y, m, d, ...clock]) => parts(Number(y), Number(m), Number(d), compactClock(...clock))],
  [NAMED, ([, day, month, year, clock]) => parts(fullYear(year), monthNamed(month ?? ''), Number(day), clock)],
  [CTIME, ([, month, day, clock, year]) => parts(Number(year), monthNamed(month ?? ''), Number(day), clock)],
  [YEAR_NAMED, ([, year, month, day, clock]) => parts(Number(year), monthNamed(month ?? ''), Number(day), clock)],
  [NAMED_US, ([, month, day, year, clock]) => parts(Number(year), monthNamed(month ?? ''), Number(day), clock)],
];

const dayStart = ({ year, month, day }: Parts): number | null => {
  const at = Date.UTC(year, month - 1, day);
  const date = new Date(at);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1899;
  return isReal ? at : null;
};

/** Not a number: no zone that is known. */
const zoneMinutes = (zone: string): number => {
  const digits = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (digits === null) return ZONES[zone] ?? Number.NaN;
  const minutes = Number(digits[2]) * 60 + Number(digits[3] ?? 0);
  return digits[1] === '-' ? -minutes : minutes;
};

const hourOfDay = (hour: number, half: string | undefined): number => {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
};

interface Clock {
  /** Milliseconds since midnight. */
  readonly ms: number;
  /** Minutes ahead of universal time; `undefined`: the clock names no zone. */
  readonly ahead: number | undefined;
}

/** Milliseconds since midnight; `null` for a time of day that does not exist. */
const timeOfDay = (hours: string, minutes = '0', seconds = '0', half?: string): number | null => {
  const hour = hourOfDay(Number(hours), half);
  const minute = Number(minutes);
  const second = Number(seconds);
  return hour < 24 && minute < 60 && second <= 60 ? ((hour * 60 + minute) * 60 + second) * 1000 : null;
};

/** `null` for a clock that does not exist. */
const readClock = (text: string): Clock | null => {
  const match = CLOCK.exec(text.trim());
  if (match === null) return null;
  const [, hours = '', minutes, seconds, half, offset, named] = match;
  // ISO 8601 may leave the minutes out; one figure alone may be anything.
  if (minutes === undefined && half === undefined && hours.length < 2) return null;
  const ms = timeOfDay(hours, minutes, seconds, half);
  const zone = offset ?? named;
  const ahead = zone === undefined ? undefined : zoneMinutes(zone);
  return ms === null || Number.isNaN(ahead) ? null : { ms, ahead };
};

const dayAlone = (day: number | null): ReadTime | null =>
  day === null ? null : { at: day, hasTime: false, hasZone: false };

const atClock = (day: number, clock: Clock | null): ReadTime | null =>
  clock === null
    ? null
    : { at: day + clock.ms - (clock.ahead ?? 0) * MINUTE_MS, hasTime: true, hasZone: clock.ahead !== undefined };

const readEpoch = (text: string): ReadTime => {
  const figure = Number(text);
  return { at: figure > 99_999_999_999 ? figure : figure * 1000, hasTime: true, hasZone: true };
};

const readSerial = (text: string): ReadTime => {
  const at = SERIAL_START + Math.round(Number(text) * 86_400) * 1000;
  return { at, hasTime: at % DAY_MS !== 0, hasZone: false };
};

/**
 * Reads a moment in the ways incident files write one: ISO 8601 with or without zone, `YYYY-MM-DD HH:MM:SS`, US `m/d/yyyy h:mm AM`,
 * `12-Jan-2018`, `12JAN2018:15:07`, `Fri Jan 12 15:07:00 2018`, `2018 Jan 12`, `January 12, 2018`, `20180112`, a spreadsheet’s days, seconds or milliseconds since 1970, or a day
 * alone. `null`: not a moment.
 */
export const readTime = (raw: string, order: DateOrder = 'MONTH_FIRST'): ReadTime | null => {
  const text = raw.trim();
  if (EPOCH.test(text)) return readEpoch(text);
  if (SERIAL.test(text)) return readSerial(text);
  for (const [shape, read] of [order === 'DAY_FIRST' ? DAY_FIRST : MONTH_FIRST, ...SHAPES]) {
    const match = shape.exec(text);
    if (match === null) continue;
    const found = read(match);
    const day = dayStart(found);
    if (day === null || found.clock === undefined) return dayAlone(day);
    return atClock(day, readClock(found.clock));
  }
  return null;
};

/** What files write where they say nothing. */
export const NOT_SAID = /^(null|n\/?a|nan|none|unk(nown)?|-*|\.)$/i;

/**
 * Reads a date from one column and the time of day from another; where the second says nothing, the day alone. Either may hold
 * both, as spreadsheets and open-data portals write them: `2018-01-04T00:00:00.000` and `15:07`.
 */
export const readDateAndClock = (date: string, clock: string, order: DateOrder): ReadTime | null => {
  const day = readTime(date, order);
  if (day === null) return null;
  if (NOT_SAID.test(clock.trim())) return { ...day, hasTime: day.hasTime && day.at % DAY_MS !== 0 };
  const start = Math.floor(day.at / DAY_MS) * DAY_MS;
  const said = readClock(/^\d$/.test(clock.trim()) ? `0${clock.trim()}` : clock);
  if (said !== null) return atClock(start, said);
  const both = readTime(clock, order);
  return both?.hasTime ? { ...both, at: start + (both.at - Math.floor(both.at / DAY_MS) * DAY_MS) } : null;
};

const FIGURES_ALONE = /^\d{1,4}(\.0+)?$/;
const HOUR_AND_MINUTES = /^\d{3,4}(\.0+)?$/;
/** So much of what a column says is written in figures alone, … */
const MOST = 0.9;
/** … and so much of it holds hours and minutes: elsewhere it is a slip among hours. */
const SOME = 0.1;

/** Whether a column of times of day says hours and minutes in figures alone: 1745, 930, and 10 for ten past midnight, as spreadsheets leave 0010. */
export const isOfFigures = (clocks: readonly string[]): boolean => {
  const said = clocks.map((clock) => clock.trim()).filter((clock) => !NOT_SAID.test(clock));
  const share = (like: RegExp): number => said.filter((clock) => like.test(clock)).length / Math.max(1, said.length);
  return share(FIGURES_ALONE) >= MOST && share(HOUR_AND_MINUTES) >= SOME;
};

/** A time of day of such a column with its four figures. */
export const inFourFigures = (clock: string): string =>
  FIGURES_ALONE.test(clock.trim()) ? String(Number(clock)).padStart(4, '0') : clock;

/** Reads the cells of one row: a moment; a date and a time of day; or a year, a month and a day, with or without a time of day. */
export const readCells = (cells: readonly string[], order: DateOrder): ReadTime | null => {
  const [year = '', month, day, hours] = cells;
  const [date, clock] =
    day === undefined ? [year, month] : [[year, month, day].map((part) => part?.trim()).join('-'), hours];
  return clock === undefined ? readTime(date, order) : readDateAndClock(date, clock, order);
};

/** Whether these dates are written day first: with full stops, or some can be read in no other way, and none only the other way. */
export const orderOf = (texts: Iterable<string>): DateOrder => {
  let isDayFirst = false;
  for (const text of texts) {
    const [, one, other] = US.exec(text.trim()) ?? [];
    if (Number(other) > 12) return 'MONTH_FIRST';
    isDayFirst ||= Number(one) > 12 || text.trim().startsWith(`${one}.`);
  }
  return isDayFirst ? 'DAY_FIRST' : 'MONTH_FIRST';
};
