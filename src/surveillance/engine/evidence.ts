import type { Baseline } from './baseline';
import { logTail } from './negative-binomial';
import { DAY_MS, dayOf, HOUR_MS, type Timeline } from './timeline';
import { daysWorth, profileUncertainty, type WeekProfile } from './week-profile';

/** Taken out once: these are the innermost steps of every verdict. */
const { ceil, log, max, min } = Math;

/** What one window holds against what was expected. */
export interface WindowEvidence {
  readonly hours: number;
  readonly count: number;
  readonly expected: number;
  /** −ln p: how surprising. */
  readonly surprise: number;
}

/** Extra variation of a window: of its block of whole days, and what is not known about the level and about the week. */
const dispersionOf = (baseline: Baseline, hours: number): number => {
  const block = min(baseline.dispersion.length, ceil(hours / 24));
  const week = profileUncertainty(baseline.reports, baseline.profileWeight, hours);
  return baseline.uncertainty + week + (baseline.dispersion[block - 1] as number);
};

/** Average days’ worth of what was watched between two moments. */
const watchedWorth = ({ unobserved }: Timeline, profile: WeekProfile, from: number, end: number): number => {
  let worth = daysWorth(profile, from, end);
  if (unobserved.size === 0) return worth;
  for (let day = dayOf(from); day * DAY_MS < end; day += 1) {
    const part = unobserved.get(day) ?? 0;
    worth -= part * daysWorth(profile, max(from, day * DAY_MS), min(end, (day + 1) * DAY_MS));
  }
  return max(0, worth);
};

export const windowEvidence = (timeline: Timeline, baseline: Baseline, end: number, hours: number): WindowEvidence => {
  const from = end - hours * HOUR_MS;
  const expected = baseline.perDay * watchedWorth(timeline, baseline.profile, from, end);
  const count = timeline.countWithin(from, end);
  const surprise = -logTail(count, { mean: expected, dispersion: dispersionOf(baseline, hours) });
  return { hours, count, expected, surprise };
};

/**
 * Fisher’s combination: how surprising independent streams are together. Streams below their expectation add little and take
 * nothing away.
 */
export const together = (surprises: readonly number[]): number => {
  const total = surprises.reduce((sum, surprise) => sum + surprise, 0);
  let term = 1;
  let sum = 1;
  for (let index = 1; index < surprises.length; index += 1) {
    term *= total / index;
    sum += term;
  }
  return max(0, total - log(sum));
};
