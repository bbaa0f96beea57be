import type { PlaceHistory } from '../../src/surveillance/engine/place-history';
import { DAY_MS, dayOf } from '../../src/surveillance/engine/timeline';
import type { Method } from './options';
import type { Watcher } from '../../src/surveillance/engine/watch';

/**
 * The rules in use elsewhere, on daily counts and at midnight, as the surveillance literature has them:
 * mean + k standard deviations of the past year; EARS C2 and C3 (7 days, 2 days apart; Hutwagner and others 2003) and EWMA
 * (weight 0.4, 28 days, 2 days apart, as in ESSENCE). Each gives a score; the alarm is the score above its limit.
 */
export type Reference = Exclude<Method, 'ours'>;

interface Score {
  readonly score: number;
  /** What the rule compared the day with. */
  readonly expected: number;
}

/** Count of the day so many days before the one that is judged. */
type DayCount = (daysAgo: number) => number;

const LEAST_DEVIATION = 0.2;
/** Back within its expectation: the 90th percentile, as for the engine, of a Poisson count. */
const QUIET_DEVIATIONS = 1.28;
const YEAR_DAYS = 365;
const YEAR_LEAST_DAYS = 28;
const EARS_DAYS = 7;
const LAG_DAYS = 2;
const EWMA_DAYS = 28;
const EWMA_WEIGHT = 0.4;

export const usualLimits: Readonly<Record<Reference, number>> = { sd2: 2, sd3: 3, earsC2: 3, earsC3: 2, ewma: 3 };

const moments = (counts: readonly number[]): { mean: number; deviation: number } => {
  const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  const square = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / (counts.length - 1);
  return { mean, deviation: Math.max(LEAST_DEVIATION, Math.sqrt(square)) };
};

const past = (count: DayCount, from: number, days: number): number[] =>
  Array.from({ length: days }, (_, index) => count(from + index));

const none: Score = { score: -Infinity, expected: 0 };

const deviations = (count: DayCount, historyDays: number): Score => {
  if (historyDays < YEAR_LEAST_DAYS) return none;
  const { mean, deviation } = moments(past(count, 1, Math.min(YEAR_DAYS, historyDays)));
  return { score: (count(0) - mean) / deviation, expected: mean };
};

const c2 = (count: DayCount, historyDays: number, daysAgo = 0): Score => {
  if (historyDays < EARS_DAYS + LAG_DAYS + daysAgo) return none;
  const { mean, deviation } = moments(past(count, daysAgo + LAG_DAYS + 1, EARS_DAYS));
  return { score: (count(daysAgo) - mean) / deviation, expected: mean };
};

/** The sum of how far C2 was above 1 on this day and the two before, days that were alarms by C2 (above 3) left out. */
const c3 = (count: DayCount, historyDays: number): Score => {
  const today = c2(count, historyDays);
  if (today === none) return none;
  const before = [1, 2]
    .map((daysAgo) => c2(count, historyDays, daysAgo).score)
    .filter((score) => score <= usualLimits.earsC2);
  const score = [today.score, ...before].reduce((sum, next) => sum + Math.max(0, next - 1), 0);
  return { score, expected: today.expected };
};

const ewma = (count: DayCount, historyDays: number): Score => {
  if (historyDays < EWMA_DAYS + LAG_DAYS) return none;
  const { mean, deviation } = moments(past(count, LAG_DAYS + 1, EWMA_DAYS));
  const smooth = past(count, 0, EWMA_DAYS).reduceRight(
    (level, next) => EWMA_WEIGHT * next + (1 - EWMA_WEIGHT) * level,
    mean,
  );
  return { score: (smooth - mean) / (deviation * Math.sqrt(EWMA_WEIGHT / (2 - EWMA_WEIGHT))), expected: mean };
};

const scores: Readonly<Record<Reference, (count: DayCount, historyDays: number) => Score>> = {
  sd2: deviations,
  sd3: deviations,
  earsC2: c2,
  earsC3: c3,
  ewma,
};

/** Counts of today and the days before; days that nobody watched are not among them. */
const dailyCounts = (history: PlaceHistory, today: number, days: number): number[] => {
  const counts = new Array<number>(days + 1).fill(0);
  const { unobserved } = history.all;
  for (const at of history.all.between((today - days) * DAY_MS - 1, (today + 1) * DAY_MS - 1)) {
    const daysAgo = today - dayOf(at);
    counts[daysAgo] = (counts[daysAgo] as number) + 1;
  }
  return unobserved.size === 0 ? counts : counts.filter((_, daysAgo) => (unobserved.get(today - daysAgo) ?? 0) < 1);
};

export const reference = (method: Reference, limit = usualLimits[method]): Watcher => ({
  isDaily: true,
  assess(history, { asOf }) {
    // At midnight the day that has just ended is judged.
    const today = dayOf(asOf - 1);
    const { since, unobserved } = history.all;
    const age = since === undefined ? 0 : today - dayOf(since);
    const counts = dailyCounts(history, today, Math.min(age, YEAR_DAYS + 1));
    const historyDays = age - (Math.min(age, YEAR_DAYS + 1) + 1 - counts.length);
    const isUnobserved = unobserved.get(today) === 1;
    const { score, expected } = isUnobserved ? none : scores[method]((daysAgo) => counts[daysAgo] ?? 0, historyDays);
    const count = isUnobserved ? 0 : (counts[0] ?? 0);
    return {
      isSpike: score > limit,
      isQuiet: count <= expected + QUIET_DEVIATIONS * Math.sqrt(expected),
      score,
      counts: { '24h': count },
      expected: { '24h': Number(expected.toPrecision(4)) },
      details: { score: Number(score.toPrecision(4)), limit },
    };
  },
});
