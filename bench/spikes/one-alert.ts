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

/** Counts of a circle, and not of the whole place. */
const isOfCircle = ({ raised: { details } }: Alert): boolean => {
  const { cluster } = details;
  return typeof cluster === 'object' && cluster !== null && !('counts' in cluster);
};

/** What the whole place shows, and what its circle does as `cluster`, whichever came first. */
const shownOf = (earlier: Alert, later: Alert): Pick<Alert, 'raised' | 'peak'> => {
  if (isOfCircle(earlier) === isOfCircle(later)) {
    return {
      peak: earlier.peak,
      raised: { ...earlier.raised, details: { ...later.raised.details, ...earlier.raised.details } },
    };
  }
  const [circle, place] = isOfCircle(earlier) ? [earlier, later] : [later, earlier];
  const { counts, expected, details } = circle.raised;
  const own = place.raised.details['cluster'] ?? { ...(details['cluster'] as object), counts, expected };
  return {
    peak: place.peak,
    raised: { ...place.raised, details: { ...details, ...place.raised.details, cluster: own } },
  };
};

const joined = (earlier: Alert, later: Alert): Alert => ({
  ...earlier,
  end: earlier.end === null || later.end === null ? null : Math.max(earlier.end, later.end),
  ...shownOf(earlier, later),
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
