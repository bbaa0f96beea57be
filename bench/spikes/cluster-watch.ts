import { defaultClusterPolicy } from '../../src/surveillance/engine/cluster-policy';
import { findCluster, type LocatedReport } from '../../src/surveillance/engine/clusters';
import { diceFrom } from '../../src/surveillance/engine/dice';
import { DAY_MS } from '../../src/surveillance/engine/timeline';
import type { FileEvent } from './read-events';
import type { Assessment, Watcher } from '../../src/surveillance/engine/watch';

interface Known extends LocatedReport {
  readonly knownAt: number;
}

const locate = (event: FileEvent): Known[] =>
  event.latitude === undefined || event.longitude === undefined
    ? []
    : [{ ...event, latitude: event.latitude, longitude: event.longitude }];

/** Index of the first that became known later. */
const after = (known: readonly Known[], at: number): number => {
  let low = 0;
  let high = known.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((known[middle] as Known).knownAt > at) high = middle;
    else low = middle + 1;
  }
  return low;
};

const calm: Assessment = { isSpike: false, isQuiet: true, score: 0, counts: {}, expected: {}, details: {} };

/** Clusters below the place, by the reports of a file that have coordinates. */
export const clusters = (byPlace: ReadonlyMap<string, readonly FileEvent[]>): Watcher => {
  const located = new Map([...byPlace].map(([place, events]) => [place, events.flatMap(locate)]));
  return {
    isDaily: false,
    assess({ place }, { asOf }) {
      // In the order in which they became known, and none became known before it happened.
      const all = located.get(place) ?? [];
      const known = all.slice(after(all, asOf - defaultClusterPolicy.baselineDays * DAY_MS), after(all, asOf));
      const verdict = findCluster(known, asOf, defaultClusterPolicy, diceFrom(asOf / 1000));
      if (verdict === null) return calm;
      const { isCluster, hours, count, expected, latitude, longitude, radiusKm, p, ratio, threshold } = verdict;
      return {
        isSpike: isCluster,
        isQuiet: !isCluster,
        score: ratio,
        counts: { [`${hours}h`]: count },
        expected: { [`${hours}h`]: Number(expected.toPrecision(4)) },
        details: { cluster: { latitude, longitude, radiusKm: Number(radiusKm.toFixed(2)) }, p, threshold },
      };
    },
  };
};
