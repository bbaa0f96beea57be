import { diceFrom, gammaDraw, waitingTime, type Dice } from './dice';
import { logTail } from './negative-binomial';
import type { SpikePolicy } from './policy';
import { DAY_MS, HOUR_MS } from './timeline';
import { profileUncertainty } from './week-profile';

/** Taken out once: these are the innermost steps of every verdict. */
const { ceil, exp, log, max, min, round } = Math;

/** A place in which nothing happens but chance. */
export interface NullPlace {
  readonly perDay: number;
  /** Of single days. */
  readonly dispersion: number;
}

/** A moment at which a window was surprising. */
export interface Peak {
  readonly at: number;
  /** −ln p. */
  readonly surprise: number;
}

/** Expectations nearer than this are told apart by nothing: their tails are worked out once. */
const BIN = 0.01;
const BINS_DOWN = 400;
const MOST_DOUBT = 1;
/** Few days seldom show the worst: where days are uneven and it is in doubt how much, more is likelier than less. */
const LEAN = 2;
const YEAR_DAYS = 365;

/** Variance of a day over its mean. */
const unevenness = ({ perDay, dispersion }: NullPlace): number => 1 + perDay * dispersion;

/** Dispersion of a window when days vary independently: whole within a day, averaging out beyond it. */
const windowDispersion = (dispersion: number, hours: number): number => dispersion / max(1, ceil(hours / 24));

/**
 * Relative variance of a dispersion that is seen in so many days (from the fourth moments of the negative binomial): the place is taken
 * for what its days have shown, and may be more uneven than that.
 */
const doubt = ({ perDay, dispersion }: NullPlace, days: number): number => {
  const x = perDay * dispersion;
  if (x === 0) return 0;
  const fourth = perDay * (1 + 7 * x + 12 * x ** 2 + 6 * x ** 3);
  return min(MOST_DOUBT, (2 * (perDay * (1 + x)) ** 2 + fourth) / (days * (perDay * x) ** 2));
};

/** Report times of one day. */
const dayOfReports = ({ perDay, dispersion }: NullPlace, day: number, dice: Dice): number[] => {
  const times: number[] = [];
  const rate = perDay * gammaDraw(dispersion, dice);
  for (let at = waitingTime(dice) / rate; at < 1; at += waitingTime(dice) / rate) times.push((day + at) * DAY_MS);
  return times;
};

/**
 * What the place would believe of its own level: a mean that forgets, blind to the guard days, as the baseline of a real place is.
 * The year’s mean, which it leans on, counts as known.
 */
class BelievedLevel {
  private readonly keep: number;
  private reports: number;
  private exposure: number;
  private readonly waiting: number[] = [];

  constructor(
    private readonly place: NullPlace,
    private readonly policy: SpikePolicy,
  ) {
    this.keep = 0.5 ** (1 / policy.halfLifeDays);
    this.exposure = 1 / (1 - this.keep);
    this.reports = place.perDay * this.exposure;
  }

  /** Relative variance of the level. */
  get uncertainty(): number {
    return unevenness(this.place) / (this.policy.yearWeight + this.place.perDay / (1 - this.keep));
  }

  get perDay(): number {
    const { yearWeight } = this.policy;
    return (yearWeight + this.reports) / (yearWeight / this.place.perDay + this.exposure);
  }

  learn(count: number): void {
    this.waiting.push(count);
    if (this.waiting.length <= this.policy.guardDays) return;
    this.reports = this.keep * this.reports + (this.waiting.shift() as number);
    this.exposure = this.keep * this.exposure + 1;
  }
}

/** One window that slides along; its −ln p by count is worked out once for levels that are as good as the same. */
class WindowTails {
  private readonly known: number[][] = [];
  private readonly week: number;
  private readonly dispersion: number;
  private tails: number[] = [];
  private bin = 0;
  private start = 0;

  constructor(
    private readonly place: NullPlace,
    private readonly policy: SpikePolicy,
    private readonly hours: number,
    uncertainty: number,
  ) {
    const reports = (policy.baselineDays * place.perDay) / unevenness(place);
    this.week = profileUncertainty(reports, policy.profileWeight, hours);
    this.dispersion = uncertainty + this.week + windowDispersion(place.dispersion, hours);
  }

  /** A new day: another level, and another hour of the week. */
  turn(perDay: number, dice: Dice): void {
    const believed = perDay * gammaDraw(this.week, dice);
    this.bin = round(log(believed / this.place.perDay) / BIN);
    this.tails = this.known[max(0, this.bin + BINS_DOWN)] ??= [];
  }

  /** Of the window that ends at the last of these times. */
  surpriseAt(times: readonly number[]): number {
    const from = (times.at(-1) as number) - this.hours * HOUR_MS;
    while ((times[this.start] as number) <= from) this.start += 1;
    const count = times.length - this.start;
    return count < this.policy.minimumCount ? 0 : (this.tails[count] ??= this.tail(count));
  }

  private tail(count: number): number {
    const perDay = this.place.perDay * exp(this.bin * BIN);
    return -logTail(count, { mean: (perDay * this.hours) / 24, dispersion: this.dispersion });
  }
}

/**
 * Plays days of a place in which nothing happens: every report is looked at with all windows, against what the place would believe of
 * itself by then. Peaks above `least` are told. The belief matters: counts are whole numbers, and against a level that is known
 * exactly the threshold would lie just above what one report more makes, and any other level would carry that report over it.
 */
export const uneventfulPeaks = (
  place: NullPlace,
  policy: SpikePolicy,
  { days, least, seed }: { readonly days: number; readonly least: number; readonly seed: number },
): readonly Peak[] => {
  const dice = diceFrom(seed);
  const level = new BelievedLevel(place, policy);
  const windows = policy.windowHours.map((hours) => new WindowTails(place, policy, hours, level.uncertainty));
  const doubted = doubt(place, policy.baselineDays);
  const likely = place.dispersion * (1 + LEAN * doubted * (1 - 1 / unevenness(place)));
  let played = place;
  const times: number[] = [];
  const peaks: Peak[] = [];
  for (let day = 0; day < days; day += 1) {
    if (day % YEAR_DAYS === 0) {
      played = { ...place, dispersion: likely * gammaDraw(doubted, dice) };
    }
    const reports = dayOfReports(played, day, dice);
    if (reports.length > 0) for (const window of windows) window.turn(level.perDay, dice);
    for (const at of reports) {
      times.push(at);
      const surprise = windows.reduce((most, window) => max(most, window.surpriseAt(times)), 0);
      if (surprise > least) peaks.push({ at, surprise });
    }
    level.learn(reports.length);
  }
  return peaks;
};
