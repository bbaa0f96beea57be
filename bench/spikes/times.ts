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

const DATE_FIRST = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ,]+(.+))?$/;
const COMPACT = /^(\d{4})(\d{2})(\d{2})(?:T?(\d{2}):?(\d{2}):?(\d{2})?)?$/;
const US = /^(\d{1,2})[-/.](\d{1,2})[-/.](\d{2}|\d{4})(?:[T ,]+(.+))?$/;
const NAMED = /^(?:[A-Za-z]{3,9},?\s+)?(\d{1,2})[- ]([A-Za-z]{3})[a-z]*[- ,]+(\d{4})(?:[T ,]+(.+))?$/;
const NAMED_US = /^(?:[A-Za-z]{3,9},?\s+)?([A-Za-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})(?:[T ,]+(.+))?$/;
const CLOCK =
  /^(\d{1,2})(?::?(\d{2}))?(?::(\d{2})(?:[.,]\d+)?)?\s*([AaPp])?\.?(?:[Mm]\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$/;
const EPOCH = /^\d{10}(\d{3})?(\.0+)?$/;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MINUTE_MS = 60_000;

const monthNamed = (name: string): number => MONTHS.indexOf(name.toLowerCase()) + 1;
const fullYear = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

const compactClock = (hour?: string, minute?: string, second?: string): string | undefined =>
  hour === undefined ? undefined : `${hour}:${minute ?? '00'}:${second ?? '00'}`;

type Shape = readonly [RegExp, (match: RegExpExecArray) => Parts];

const parts = (year: number, month: number, day: number, clock: string | undefined): Parts => ({
  year,
  month,
  day,
  clock,
});

const SHAPES: readonly Shape[] = [
  [DATE_FIRST, ([, year, month, day, clock]) => parts(Number(year), Number(month), Number(day), clock)],
  [US, ([, month, day, year, clock]) => parts(fullYear(year ?? ''), Number(month), Number(day), clock)],
  [COMPACT, ([, y, m, d, ...clock]) => parts(Number(y), Number(m), Number(d), compactClock(...clock))],
  [NAMED, ([, day, month, year, clock]) => parts(Number(year), monthNamed(month ?? ''), Number(day), clock)],
  [NAMED_US, ([, month, day, year, clock]) => parts(Number(year), monthNamed(month ?? ''), Number(day), clock)],
];

const dayStart = ({ year, month, day }: Parts): number | null => {
  const at = Date.UTC(year, month - 1, day);
  const date = new Date(at);
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1900;
  return isReal ? at : null;
};

const zoneMinutes = (zone: string): number => {
  const digits = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (digits === null) return 0;
  const minutes = Number(digits[2]) * 60 + Number(digits[3] ?? 0);
  return digits[1] === '-' ? -minutes : minutes;
};

const hourOfDay = (hour: number, half: string | undefined): number => {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return Number.NaN;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
};

/** Milliseconds since midnight and the zone, or `null` for a clock that does not exist. */
const readClock = (text: string): { readonly ms: number; readonly zone: string | undefined } | null => {
  const match = CLOCK.exec(text.trim());
  if (match === null) return null;
  const [, hours, minutes, seconds, half, zone] = match;
  if (minutes === undefined && half === undefined) return null;
  const hour = hourOfDay(Number(hours), half);
  const minute = Number(minutes ?? 0);
  const second = Number(seconds ?? 0);
  if (!(hour < 24) || minute > 59 || second > 60) return null;
  return { ms: ((hour * 60 + minute) * 60 + second) * 1000, zone };
};

const readEpoch = (text: string): ReadTime => {
  const figure = Number(text);
  return { at: figure > 99_999_999_999 ? figure : figure * 1000, hasTime: true, hasZone: true };
};

/**
 * Reads a moment in the ways incident files write one: ISO 8601 with or without zone, `YYYY-MM-DD HH:MM:SS`, US `m/d/yyyy h:mm AM`,
 * `12-Jan-2018`, `January 12, 2018`, `20180112`, seconds or milliseconds since 1970, or a day alone. `null`: not a moment.
 */
export const readTime = (raw: string): ReadTime | null => {
  const text = raw.trim();
  if (EPOCH.test(text)) return readEpoch(text);
  for (const [shape, read] of SHAPES) {
    const match = shape.exec(text);
    if (match === null) continue;
    const found = read(match);
    const day = dayStart(found);
    if (day === null) return null;
    if (found.clock === undefined) return { at: day, hasTime: false, hasZone: false };
    const clock = readClock(found.clock);
    if (clock === null) return null;
    const offset = clock.zone === undefined ? 0 : zoneMinutes(clock.zone) * MINUTE_MS;
    return { at: day + clock.ms - offset, hasTime: true, hasZone: clock.zone !== undefined };
  }
  return null;
};
