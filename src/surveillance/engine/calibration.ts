import type { SpikePolicy } from './policy';
import { HOUR_MS } from './timeline';
import { uneventfulPeaks, type NullPlace, type Peak } from './uneventful-years';

/** Surprise: −ln p. Nothing more probable than one in a hundred is a spike, however rarely a place would raise an alert. */
const LEAST_SURPRISE = Math.log(100);
const GREATEST_SURPRISE = 60;
const RATE_STEP = 1.5;
const LEAST_RATE = 0.003;
/** Above this the count is near enough to normal for the threshold to stand still. */
const GREATEST_RATE = 60;
const DISPERSIONS = [0, 0.02, 0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6] as const;
const EVENTS = 80_000;
const LEAST_YEARS = 40;
const GREATEST_YEARS = 120;
/** Two crossings nearer than this would have been one alert. */
const ALERT_GAP_MS = 72 * HOUR_MS;

/** Alerts a threshold would have raised. */
const alertsAt = (peaks: readonly Peak[], threshold: number): number => {
  let alerts = 0;
  let last = -Infinity;
  for (const { at, surprise } of peaks) {
    if (surprise < threshold) continue;
    if (at - last > ALERT_GAP_MS) alerts += 1;
    last = at;
  }
  return alerts;
};

const calibrate = (place: NullPlace, policy: SpikePolicy, seed: number): number => {
  const years = Math.min(GREATEST_YEARS, Math.max(LEAST_YEARS, EVENTS / (365 * place.perDay)));
  const peaks = uneventfulPeaks(place, policy, { days: Math.ceil(years * 365), least: LEAST_SURPRISE, seed });
  let low = LEAST_SURPRISE;
  let high = GREATEST_SURPRISE;
  for (let step = 0; step < 30; step += 1) {
    const middle = (low + high) / 2;
    if (alertsAt(peaks, middle) > policy.falseAlarmsPerYear * years) low = middle;
    else high = middle;
  }
  return high;
};

/**
 * Thresholds that keep the false-alarm budget. For a rate and a dispersion the engine plays years in which nothing happens, takes
 * the smallest p of all overlapping windows at every report, and picks the threshold that would have raised as many alerts a year
 * as the budget allows. Played once for each step of a grid and kept.
 */
export class Thresholds {
  private readonly known = new Map<string, number>();

  constructor(
    private readonly policy: SpikePolicy,
    private readonly seed = 1,
  ) {}

  /** In surprise, −ln p. */
  for(place: NullPlace): number {
    const rate = Math.min(GREATEST_RATE, Math.max(LEAST_RATE, place.perDay));
    const step = Math.round(Math.log(rate) / Math.log(RATE_STEP));
    const slot = DISPERSIONS.findIndex(
      (value, index) => place.dispersion <= (value + (DISPERSIONS[index + 1] ?? Infinity)) / 2,
    );
    const key = `${step}/${slot}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const rounded = { perDay: RATE_STEP ** step, dispersion: DISPERSIONS[slot] as number };
    const threshold = calibrate(rounded, this.policy, this.seed * 7919 + step * 31 + slot);
    this.known.set(key, threshold);
    return threshold;
  }
}
