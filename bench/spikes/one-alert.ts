import type { Alert } from '../../src/surveillance/engine/replay';
import { HOUR_MS } from '../../src/surveillance/engine/timeline';

/** The longest window that had led when the alert was raised began here: what happened before is none of it. */
const beganAt = ({ raisedAt, raised }: Alert): number => {
  const { leadingHours } = raised.details;
  const hours = typeof leadingHours === 'number' ? leadingHours : parseInt(Object.keys(raised.counts)[0] ?? '0', 10);
  return raisedAt - hours * HOUR_MS;
};

/**
 * Whether the later of two alerts of a place rests on hours in which the earlier one was a spike already: then they tell of one burst.
 * What had been a spike before those hours only, and has not ended yet, is another: a false alarm swallows nothing.
 */
const isSameBurst = (earlier: Alert, later: Alert): boolean =>
  earlier.place === later.place &&
  (earlier.end ?? Infinity) >= later.raisedAt &&
  (earlier.raisedAt === later.raisedAt || earlier.spikesAt.some((at) => at > beganAt(later) && at < later.raisedAt));

const joined = (earlier: Alert, later: Alert): Alert => ({
  ...earlier,
  end: earlier.end === null || later.end === null ? null : Math.max(earlier.end, later.end),
  raised: { ...earlier.raised, details: { ...later.raised.details, ...earlier.raised.details } },
  spikesAt: [...earlier.spikesAt, ...later.spikesAt].sort((one, other) => one - other),
});

/** Counts and clusters of one burst are one alert, raised when the first of them was. */
export const asOneAlert = (alerts: readonly Alert[]): readonly Alert[] => {
  const bursts: Alert[] = [];
  for (const alert of alerts.toSorted((one, other) => one.raisedAt - other.raisedAt)) {
    const index = bursts.findLastIndex((burst) => isSameBurst(burst, alert));
    if (index < 0) bursts.push(alert);
    else bursts[index] = joined(bursts[index] as Alert, alert);
  }
  return bursts;
};
