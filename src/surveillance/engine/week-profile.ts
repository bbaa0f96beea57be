import { DAY_MS, HOUR_MS } from './timeline';

/** Taken out once: these are the innermost steps of every verdict. */
const { floor, max } = Math;

const HOURS_PER_WEEK = 168;
const WEEK_MS = HOURS_PER_WEEK * HOUR_MS;
/** Neighbouring hours share what they know: the share of an hour is a weighted mean over five. */
const SMOOTHING = [1, 2, 3, 2, 1] as const;
const SMOOTHING_SUM = 9;

/** How an average week spreads over its hours; cumulative, in days: 0 at the start, 7 at the end. */
export type WeekProfile = readonly number[];

export const evenWeek: WeekProfile = Array.from({ length: HOURS_PER_WEEK + 1 }, (_, hour) => hour / 24);

/** What a week is made of: reports by day of week (0 … 6 from the epoch’s Thursday) and by hour, and how firmly to prefer evenness. */
export interface WeekCounts {
  readonly byWeekday: readonly number[];
  /** Days seen of each weekday. */
  readonly days: readonly number[];
  readonly byHour: readonly number[];
  /** Reports’ worth of evenness. */
  readonly weight: number;
}

/** Each weekday’s rate against the mean of all days. */
export const weekdayFactors = ({ byWeekday, days, weight }: WeekCounts): readonly number[] => {
  const total = byWeekday.reduce((sum, count) => sum + count, 0);
  const seen = days.reduce((sum, count) => sum + count, 0);
  const perDay = seen > 0 ? total / seen : 0;
  const raw = byWeekday.map((count, index) => (count + weight) / ((days[index] as number) * perDay + weight));
  const mean = raw.reduce((sum, factor) => sum + factor, 0) / raw.length;
  return raw.map((factor) => factor / mean);
};

/** Each hour’s share of a day; they add up to 1. */
const hourShares = ({ byHour, weight }: WeekCounts): readonly number[] => {
  const smooth = byHour.map((_, hour) =>
    SMOOTHING.reduce((sum, factor, step) => sum + factor * (byHour[(hour + step + 22) % 24] as number), 0),
  );
  const total = smooth.reduce((sum, count) => sum + count, 0) / SMOOTHING_SUM;
  return smooth.map((count) => (count / SMOOTHING_SUM + weight / 24) / (total + weight));
};

/** What an hour learns of those beside it. */
const HOURS_SHARED = 2;

/**
 * Relative variance of what a window is expected to bring, as far as weekdays and hours rest on so many reports: each stretch of the
 * week on its own part of them, drawn to evenness by `weight`.
 */
export const profileUncertainty = (reports: number, weight: number, hours: number): number => {
  const days = max(1, hours / 24);
  const byWeekday = (max(0, 1 - days / 7) * (reports / 7 / (reports / 7 + weight) ** 2)) / days;
  const byHour = hours >= 24 ? 0 : (24 / (hours + HOURS_SHARED)) * (reports / (reports + weight) ** 2);
  return byWeekday + byHour;
};

export const weekProfile = (counts: WeekCounts, factors: readonly number[]): WeekProfile => {
  const shares = hourShares(counts);
  const profile = [0];
  for (let hour = 0; hour < HOURS_PER_WEEK; hour += 1) {
    const share = (factors[floor(hour / 24)] as number) * (shares[hour % 24] as number);
    profile.push((profile[hour] as number) + share);
  }
  return profile;
};

const upTo = (profile: WeekProfile, at: number): number => {
  const weeks = floor(at / WEEK_MS);
  const hours = (at - weeks * WEEK_MS) / HOUR_MS;
  const whole = floor(hours);
  const start = profile[whole] as number;
  const end = profile[whole + 1] as number;
  return weeks * 7 + start + (hours - whole) * (end - start);
};

/** Average days’ worth between two moments: 1 for an average day, more over busy hours. */
export const daysWorth = (profile: WeekProfile, from: number, to: number): number =>
  upTo(profile, to) - upTo(profile, from);

export const weekdayOf = (day: number): number => ((day % 7) + 7) % 7;
export const hourOf = (at: number): number => floor((at - floor(at / DAY_MS) * DAY_MS) / HOUR_MS);
