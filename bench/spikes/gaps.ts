import { dayOf, HOUR_MS } from '../../src/surveillance/engine/timeline';
import type { Placed } from './day-ends';

/** A row whose cell does not say how many. */
export interface Uncounted {
  readonly place: string;
  readonly at: number;
  /** What stands there. */
  readonly token: string;
}

/** By day of a place, the part of it that nobody counted. */
export type Unobserved = ReadonlyMap<string, ReadonlyMap<number, number>>;

interface Counted {
  readonly placed: readonly Placed[];
  readonly uncounted: readonly Uncounted[];
  /** Hours that a row stands for; `null`: rows are of all sorts. */
  readonly step: number | null;
}

const FEW = 8;
const WONDER = 0.005;
/** … of a run of such days, anywhere in what was seen by then. */
const RUN_WONDER = 0.01;
/** What a day of none is judged by: rows of so many days before it. */
const RECENT_DAYS = 180;
/** Times the middle count that a day counts at most: a burst says nothing of quiet days. */
const MOST_OF_MIDDLE = 4;

type Days = ReadonlyMap<number, number>;

const sumOf = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + count, 0);

/** Where a falling function of a positive number is none. */
const rootOf = (falling: (value: number) => number, high: number): number => {
  let [low, up] = [0, high];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + up) / 2;
    if (falling(middle) > 0) low = middle;
    else up = middle;
  }
  return (low + up) / 2;
};

const LEAST_UNEVEN = 1e-6;
const MOST_UNEVEN = 100;

/**
 * Chance of a day of none, by days that count one or more: the negative binomial whose mean and variance above none are theirs. Of its mean m
 * and unevenness u the mean of squares over the mean, less one, is m (1 + u).
 */
const noneByCounts = (counts: readonly number[]): number => {
  const mean = sumOf(counts) / counts.length;
  const both = sumOf(counts.map((count) => count * count)) / sumOf(counts) - 1;
  const meanAt = (uneven: number): number => both / (1 + uneven);
  const noneAt = (uneven: number): number => Math.exp(-Math.log1p(uneven * meanAt(uneven)) / uneven);
  const aboveAt = (uneven: number): number => meanAt(uneven) / (1 - noneAt(uneven)) - mean;
  // Days more even than chance, or all of one: the Poisson of their mean.
  if (both <= 0 || aboveAt(LEAST_UNEVEN) <= 0) {
    return Math.exp(-rootOf((rate) => mean - rate / -Math.expm1(-rate), mean));
  }
  return noneAt(rootOf(aboveAt, MOST_UNEVEN));
};

/** What came before a run of days without a row. */
interface Past {
  /** Of days that have a row and count one or more, the latest first. */
  readonly counts: readonly number[];
  /** Days of none, without what was found to be a gap. */
  readonly empty: number;
  /** Share of days of none, gaps and all, since the latest few that count: where less happens than did, days of none are no gaps for ever. */
  readonly lately: number;
}

/** Chance of a day of none: by the counts and, unless by these it would be a wonder, by how many days were of none. */
const chanceOfNone = ({ counts, empty, lately }: Past): number => {
  if (counts.length < FEW) return 1;
  const middle = counts.toSorted((one, other) => one - other)[counts.length >> 1] as number;
  const fit = noneByCounts(counts.map((count) => Math.min(count, MOST_OF_MIDDLE * middle)));
  return fit < WONDER ? fit : Math.max(fit, lately, empty / (counts.length + empty));
};

const pastOf = (days: Days, [from, until]: readonly [number, number], gaps: ReadonlySet<number>): Past => {
  const counts: number[] = [];
  let empty = 0;
  let lately = 0;
  for (let day = until - 1; day >= from; day -= 1) {
    const count = days.get(day) ?? 0;
    if (count > 0) counts.push(count);
    else if (!gaps.has(day)) empty += 1;
    if (counts.length === FEW && count > 0) lately = 1 - FEW / (until - day);
  }
  return { counts, empty, lately };
};

/** Days without a row, in runs, of which chance is no explanation by the days before the run. */
const wonders = (days: Days, first: number, last: number): ReadonlySet<number> => {
  const found = new Set<number>();
  let run: number[] = [];
  for (let day = first; day <= last + 1; day += 1) {
    if (day <= last && !days.has(day)) {
      run.push(day);
      continue;
    }
    const [from = day] = run;
    const none = run.length > 0 ? chanceOfNone(pastOf(days, [Math.max(first, from - RECENT_DAYS), from], found)) : 1;
    if (none < WONDER || (day - first) * none ** run.length < RUN_WONDER) for (const one of run) found.add(one);
    run = [];
  }
  return found;
};

/** What is known of one place: events by day that has a row, the steps of it that have one, and those with an odd cell. */
interface Seen {
  readonly counts: Map<number, number>;
  readonly steps: Set<number>;
  readonly odd: Set<number>;
}

const seenOf = ({ placed, uncounted }: Counted, stepMs: number): ReadonlyMap<string, Seen> => {
  const places = new Map<string, Seen>();
  for (const { event, times } of placed) {
    const seen: Seen = places.get(event.place) ?? { counts: new Map(), steps: new Set(), odd: new Set() };
    const day = dayOf(event.occurredAt);
    seen.counts.set(day, (seen.counts.get(day) ?? 0) + times);
    seen.steps.add(Math.floor(event.occurredAt / stepMs));
    places.set(event.place, seen);
  }
  for (const { place, at, token } of uncounted) {
    // An empty cell says as little as no row.
    if (token !== '') places.get(place)?.odd.add(Math.floor(at / stepMs));
  }
  return places;
};

const together = (places: Iterable<Seen>): Days => {
  const all = new Map<number, number>();
  for (const { counts } of places) {
    for (const [day, count] of counts) all.set(day, (all.get(day) ?? 0) + count);
  }
  return all;
};

const ends = (days: Days): readonly [number, number] =>
  [...days.keys()].reduce(([least, most], day) => [Math.min(least, day), Math.max(most, day)], [Infinity, -Infinity]);

/** Steps of a day that nobody counted. */
type Missing = (seen: Seen, day: number) => number;

/**
 * The days of each place that nobody counted, or counted in part. A file that writes zeros, or that few are few, leaves out what it does not
 * know. One that writes none may leave out the days of none: unless by the counts of the place, or of all together, they would be a wonder
 * after what was counted before them. So do files that list events.
 */
export const unobservedOf = (counted: Counted): Unobserved => {
  if (counted.step === null) return new Map();
  const perDay = 24 / counted.step;
  const places = seenOf(counted, counted.step * HOUR_MS);
  const all = together(places.values());
  const [first, last] = ends(all);
  const dark = wonders(all, first, last);
  const isFewWritten =
    counted.placed.some(({ times }) => times === 0) || counted.uncounted.some(({ token }) => /^[<≤]/.test(token));
  const stepsOf = (day: number): readonly number[] => Array.from({ length: perDay }, (_, step) => day * perDay + step);
  const unread: Missing = ({ steps, odd }, day) =>
    stepsOf(day).filter((step) => !steps.has(step) && (isFewWritten || odd.has(step))).length;
  return new Map(
    [...places].map(([place, seen]) => {
      const [from] = ends(seen.counts);
      const gaps = wonders(seen.counts, from, last);
      const days = new Map<number, number>();
      for (let day = from; day <= last; day += 1) {
        const isGap = gaps.has(day) || (dark.has(day) && !seen.counts.has(day));
        const part = isGap ? 1 : unread(seen, day) / perDay;
        if (part > 0) days.set(day, part);
      }
      return [place, days];
    }),
  );
};

export const unobservedDays = (unobserved: Unobserved): number =>
  sumOf([...unobserved.values()].flatMap((days) => [...days.values()]));

const SHOWN = 5;

/** Odd cells in words, the commonest first. */
export const uncountedNote = (uncounted: readonly Uncounted[]): readonly string[] => {
  const times = new Map<string, number>();
  for (const { token } of uncounted) times.set(token, (times.get(token) ?? 0) + 1);
  const common = [...times].sort(([, one], [, other]) => other - one).slice(0, SHOWN);
  const names = common.map(([token, count]) => `${count} × ${token === '' ? 'empty' : `“${token.slice(0, 20)}”`}`);
  return uncounted.length === 0
    ? []
    : [
        `${uncounted.length} rows whose count is no whole number were left out (${names.join(', ')}): nobody counted then.`,
      ];
};
