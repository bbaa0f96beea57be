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
/** … of a run of such days, anywhere in the file. */
const RUN_WONDER = 0.01;

type Days = ReadonlyMap<number, number>;

const sumOf = (counts: Iterable<number>): number => [...counts].reduce((sum, count) => sum + count, 0);

/** Chance of a day of none, by a negative binomial with the mean and variance of the days that have a row. */
const chanceOfNone = (days: Days): number => {
  const counts = [...days.values()];
  if (counts.length < FEW) return 1;
  const mean = sumOf(counts) / counts.length;
  const variance = sumOf(counts.map((count) => (count - mean) ** 2)) / (counts.length - 1);
  const excess = Math.max(1e-6, variance / mean - 1);
  return Math.exp((-mean * Math.log1p(excess)) / excess);
};

/** Days without a row, in runs, of which chance is no explanation. */
const wonders = (days: Days, first: number, last: number): ReadonlySet<number> => {
  const none = chanceOfNone(days);
  const found = new Set<number>();
  let run: number[] = [];
  for (let day = first; day <= last + 1; day += 1) {
    if (day <= last && !days.has(day)) {
      run.push(day);
      continue;
    }
    if (none < WONDER || (last - first + 1) * none ** run.length < RUN_WONDER) for (const one of run) found.add(one);
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
 * know. One that writes none may leave out the days of none: unless by the counts of the place, or of all together, they would be a wonder.
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
