import type { SpikePolicy } from './policy';
import { DAY_MS, dayOf, type Timeline } from './timeline';
import {
  evenWeek,
  hourOf,
  weekdayFactors,
  weekdayOf,
  weekProfile,
  type WeekCounts,
  type WeekProfile,
} from './week-profile';

/** Taken out once: these are the innermost steps of every verdict. */
const { exp, floor, log, max, min, sqrt } = Math;

/** What other places teach about one that has little to show. */
export interface Pooled {
  /** Reports per day of an average place. */
  readonly perDay: number;
  /** Variance of the places’ rates over their squared mean: the more they differ, the less they say about this one. */
  readonly spread: number;
}

/** What a place leads one to expect, from its own days before the guard days. */
export interface Baseline {
  /** Expected reports on an average day of this season. */
  readonly perDay: number;
  /** Relative variance of that expectation: what a short or thin history leaves open. */
  readonly uncertainty: number;
  readonly profile: WeekProfile;
  /** Reports that weekdays and hours rest on; fewer where days are uneven. */
  readonly reports: number;
  /** Reports’ worth of evenness mixed into each. */
  readonly profileWeight: number;
  /** Extra variation of blocks of 1, 2, … days. */
  readonly dispersion: readonly number[];
  /** Days between the first report, or when somebody began to watch, and now. */
  readonly historyDays: number;
  /** Days compared with. */
  readonly days: number;
  readonly guardDays: number;
  readonly isPooled: boolean;
}

const LEAST_PER_DAY = 0.002;
const LEAST_SPREAD = 0.2;
const BURN_IN_DAYS = 14;
const QUARTER_DAYS = 91;
/** Growth moves the level by a third at most. */
const MOST_AHEAD = 0.3;

interface Days {
  readonly first: number;
  readonly counts: readonly number[];
  /** Part of each day that was watched: the first begins with its first report, or when somebody began to watch, and of some nothing is known. */
  readonly watched: readonly number[];
}

const daysOf = (timeline: Timeline, from: number, end: number): Days => {
  const counts = new Array<number>(max(0, end - from)).fill(0);
  const watched = new Array<number>(counts.length).fill(1);
  for (const at of timeline.between(from * DAY_MS - 1, end * DAY_MS - 1)) {
    const index = dayOf(at) - from;
    counts[index] = (counts[index] as number) + 1;
  }
  for (const [day, part] of timeline.unobserved) {
    if (day >= from && day < end) watched[day - from] = 1 - part;
  }
  const { since } = timeline;
  if (watched.length > 0 && since !== undefined && dayOf(since) === from) {
    watched[0] = max(0.04, from + 1 - since / DAY_MS);
  }
  return { first: from, counts, watched };
};

interface Followed {
  readonly perDay: number;
  /** Reports, forgotten ones taken off, that the recent level rests on. */
  readonly reports: number;
  /** What each day was expected to bring, told as many days ahead as the guard is long. */
  readonly expected: readonly number[];
  readonly clipped: readonly number[];
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What is believed of a place’s rate before it shows its own, and how many reports that is worth. */
interface Prior {
  readonly perDay: number;
  readonly weight: number;
}

const priorOf = (policy: SpikePolicy, pooled: Pooled | null): Prior =>
  pooled === null
    ? { perDay: policy.priorPerDay, weight: policy.priorWeight }
    : { perDay: max(LEAST_PER_DAY, pooled.perDay), weight: 1 / max(LEAST_SPREAD, pooled.spread) };

/** The mean of the whole baseline, drawn to the prior where there are few reports. */
const yearMean = (days: Days, counts: readonly number[], { perDay, weight }: Prior): number =>
  (sum(counts) + weight) / (sum(days.watched) + weight / perDay);

/** What is believed of the days before they are walked through. */
interface Belief {
  readonly mean: number;
  readonly dispersion: number;
}

/** So many deviations above the mean, and more where counts are skew (Cornish and Fisher): what chance alone hardly ever brings. */
const boundOf = (mean: number, dispersion: number, deviations: number): number =>
  mean + deviations * sqrt(mean * (1 + dispersion * mean)) + ((deviations ** 2 - 1) / 6) * (1 + 2 * dispersion * mean);

/**
 * Walks through the days with a level that forgets: a discounted gamma–Poisson mean around the year’s mean. Days far above what
 * was expected count as the bound, so that past spikes do not raise the expectation.
 */
const follow = (
  days: Days,
  factors: readonly number[],
  { mean, dispersion }: Belief,
  policy: SpikePolicy,
): Followed => {
  const keep = 0.5 ** (1 / policy.halfLifeDays);
  const yearDays = policy.yearWeight / mean;
  const levels: number[] = [];
  const expected: number[] = [];
  const clipped: number[] = [];
  let reports = 0;
  let exposure = 0;
  for (const [index, count] of days.counts.entries()) {
    const level = (policy.yearWeight + reports) / (yearDays + exposure);
    levels.push(level);
    const worth = (factors[weekdayOf(days.first + index)] as number) * (days.watched[index] as number);
    const known = levels[max(0, index - policy.guardDays)] as number;
    const bound = boundOf(level * worth, dispersion, policy.clipDeviations);
    expected.push(known * worth);
    clipped.push(min(count, bound));
    reports = keep * reports + min(count, bound);
    exposure = keep * exposure + worth;
  }
  return { perDay: (policy.yearWeight + reports) / (yearDays + exposure), reports, expected, clipped };
};

/** Relative variance of the level: of the recent reports, and of the year’s mean as far as it is mixed in; more where days are uneven. */
const uncertaintyOf = (
  { reports, clipped }: Followed,
  prior: Prior,
  { yearWeight }: SpikePolicy,
  unevenness: number,
): number => {
  const weight = yearWeight + reports;
  return unevenness * (1 / weight + (yearWeight / weight) ** 2 / (prior.weight + sum(clipped)));
};

/** Extra-Poisson variation of whole blocks of days, drawn to the prior where there is little to see it by. */
const dispersionOf = ({ expected, clipped }: Followed, length: number, policy: SpikePolicy): number => {
  const start = min(BURN_IN_DAYS, floor(expected.length / 2));
  let excess = 0;
  let square = 0;
  for (let from = start; from + length <= expected.length; from += length) {
    const mean = sum(expected.slice(from, from + length));
    excess += (sum(clipped.slice(from, from + length)) - mean) ** 2 - mean;
    square += mean * mean;
  }
  const weight =
    policy.dispersionWeight + ((square / max(1, expected.length - start)) * policy.dispersionDays) / length;
  return max(0, (excess + weight * policy.priorDispersion) / (square + weight));
};

const weekOf = (timeline: Timeline, days: Days, clipped: readonly number[], weight: number): WeekCounts => {
  const byWeekday = new Array<number>(7).fill(0);
  const seen = new Array<number>(7).fill(0);
  const byHour = new Array<number>(24).fill(0);
  for (const [index, count] of clipped.entries()) {
    const weekday = weekdayOf(days.first + index);
    byWeekday[weekday] = (byWeekday[weekday] as number) + count;
    seen[weekday] = (seen[weekday] as number) + (days.watched[index] as number);
  }
  for (const at of timeline.between(days.first * DAY_MS - 1, (days.first + clipped.length) * DAY_MS - 1)) {
    const index = dayOf(at) - days.first;
    const hour = hourOf(at);
    byHour[hour] = (byHour[hour] as number) + (clipped[index] as number) / (days.counts[index] as number);
  }
  return { byWeekday, days: seen, byHour, weight };
};

/**
 * Growth a day, from the last quarter of a year against the one before, drawn to none where there are few reports. The level is the
 * mean of days that lie behind; without this a place that grows would raise alerts for growing.
 */
const growthOf = (clipped: readonly number[], watched: readonly number[], policy: SpikePolicy): number => {
  if (clipped.length < 2 * QUARTER_DAYS) return 0;
  const later = sum(clipped.slice(-QUARTER_DAYS));
  // For as many days as were watched of the later quarter.
  const share = sum(watched.slice(-QUARTER_DAYS)) / max(1, sum(watched.slice(-2 * QUARTER_DAYS, -QUARTER_DAYS)));
  const earlier = share * sum(clipped.slice(-2 * QUARTER_DAYS, -QUARTER_DAYS));
  const certainty = (later + earlier) / (later + earlier + policy.growthWeight);
  return (certainty * log((later + 1) / (earlier + 1))) / QUARTER_DAYS;
};

/** What growth adds to the level from the middle of its memory to today, within bounds. */
const ahead = (followed: Followed, { watched }: Days, policy: SpikePolicy): number => {
  const memory = policy.guardDays + policy.halfLifeDays / Math.LN2;
  const growth = growthOf(followed.clipped, watched, policy) * memory;
  return exp(max(-MOST_AHEAD, min(MOST_AHEAD, growth)));
};

const evenFactors = [1, 1, 1, 1, 1, 1, 1] as const;

/** What days that were walked through teach for the next walk: each sees better which of them were exceptions. */
const beliefOf = (days: Days, followed: Followed, prior: Prior, policy: SpikePolicy): Belief => ({
  mean: yearMean(days, followed.clipped, prior),
  dispersion: dispersionOf(followed, 1, policy),
});

const fit = (timeline: Timeline, today: number, policy: SpikePolicy, pooled: Pooled | null): Baseline => {
  const firstDay = dayOf(timeline.since ?? today * DAY_MS);
  const historyDays = max(0, today - firstDay);
  const guardDays = max(1, min(policy.guardDays, floor(historyDays / 3)));
  const end = today - guardDays;
  const days = daysOf(timeline, max(firstDay, end - policy.baselineDays), end);
  const prior = priorOf(policy, pooled);
  const first = { mean: yearMean(days, days.counts, prior), dispersion: policy.priorDispersion };
  const rough = follow(days, evenFactors, first, policy);
  const week = weekOf(timeline, days, rough.clipped, policy.profileWeight);
  const factors = weekdayFactors(week);
  const better = follow(days, factors, beliefOf(days, rough, prior, policy), policy);
  const followed = follow(days, factors, beliefOf(days, better, prior, policy), policy);
  const perDay = followed.perDay * ahead(followed, days, policy);
  const dispersion = Array.from({ length: policy.guardDays }, (_, index) => dispersionOf(followed, index + 1, policy));
  const unevenness = 1 + (dispersion[0] as number) * perDay;
  return {
    perDay,
    uncertainty: uncertaintyOf(followed, prior, policy, unevenness),
    profile: days.counts.length === 0 ? evenWeek : weekProfile(week, factors),
    reports: sum(followed.clipped) / unevenness,
    profileWeight: policy.profileWeight,
    dispersion,
    historyDays,
    days: days.watched.filter((part) => part > 0).length,
    guardDays,
    isPooled: pooled !== null,
  };
};

/** The baseline of the day of `asOf`. It rests on days before the guard only and is kept until one of their reports changes. */
export const baselineOf = (timeline: Timeline, asOf: number, policy: SpikePolicy, pooled: Pooled | null): Baseline => {
  const today = dayOf(asOf);
  const key = [policy.version, today, pooled?.perDay, pooled?.spread].join('/');
  return timeline.remember(key, today * DAY_MS, () => fit(timeline, today, policy, pooled));
};
