/** Taken out once: these are the innermost steps of every verdict. */
const { ceil, floor, min } = Math;

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

export const dayOf = (at: number): number => floor(at / DAY_MS);

/** First index whose time is above `at`. */
const after = (times: readonly number[], at: number): number => {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) > at) high = middle;
    else low = middle + 1;
  }
  return low;
};

const insert = (times: number[], at: number): void => {
  const index = after(times, at);
  if (index === times.length) times.push(at);
  else times.splice(index, 0, at);
};

const takeOut = (times: number[], at: number): boolean => {
  const index = after(times, at) - 1;
  if (times[index] !== at) return false;
  times.splice(index, 1);
  return true;
};

/** By day, the part of it that nobody watched: days of which a file says nothing. A live county has none. */
export type UnobservedDays = ReadonlyMap<number, number>;

const NONE: UnobservedDays = new Map();

/**
 * The known occurrence times of one place (or one stream of it), in order. Times are milliseconds of one fixed clock; the
 * place’s own standard time is best, because weekdays and hours are read off it. Reports may be added and taken back in any order.
 */
export class Timeline {
  private readonly times: number[] = [];
  /** Those of which the day alone is known: they are at its end, or where they were reported before it ended. */
  private readonly ofDays: number[] = [];
  private kept: { readonly key: string; readonly before: number; readonly value: unknown } | undefined;

  constructor(
    readonly unobserved: UnobservedDays = NONE,
    /** When somebody began to watch, if that is known; left out: with the first report. */
    private readonly watchedSince = Infinity,
  ) {}

  get length(): number {
    return this.times.length;
  }

  /** Since when it is known how many there were: none, before the first of them, is a count too. `undefined`: nothing is known. */
  get since(): number | undefined {
    const since = min(this.watchedSince, this.times[0] ?? Infinity);
    return since === Infinity ? undefined : since;
  }

  add(at: number, isDayOnly = false): void {
    insert(this.times, at);
    if (isDayOnly) insert(this.ofDays, at);
    this.forgetFrom(at);
  }

  /** Takes one report at exactly this time back; `false` when there is none. */
  remove(at: number, isDayOnly = false): boolean {
    if (isDayOnly && !takeOut(this.ofDays, at)) return false;
    if (!takeOut(this.times, at)) return false;
    this.forgetFrom(at);
    return true;
  }

  /** What was worked out from the reports before `before`, made once and again only when one of those reports changes. */
  remember<T>(key: string, before: number, make: () => T): T {
    if (this.kept?.key !== key) this.kept = { key, before, value: make() };
    return this.kept.value as T;
  }

  /** Reports in (from, to]. */
  countBetween(from: number, to: number): number {
    return after(this.times, to) - after(this.times, from);
  }

  /** Reports that were in (from, to] for certain: one of a day alone where that day does not begin before. */
  countWithin(from: number, to: number): number {
    const firstDay = min(to, ceil(from / DAY_MS) * DAY_MS);
    return this.countBetween(from, to) - (after(this.ofDays, firstDay) - after(this.ofDays, from));
  }

  /** Times in (from, to], in order. */
  between(from: number, to: number): readonly number[] {
    return this.times.slice(after(this.times, from), after(this.times, to));
  }

  /** The last time up to and including `at`. */
  lastUpTo(at: number): number | undefined {
    return this.times[after(this.times, at) - 1];
  }

  private forgetFrom(at: number): void {
    if (this.kept !== undefined && at < this.kept.before) this.kept = undefined;
  }
}
