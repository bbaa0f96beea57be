import { Circles, type Point, type Recent } from './circles';
import type { ClusterPolicy } from './cluster-policy';
import type { Dice } from './dice';
import { DAY_MS, HOUR_MS } from './timeline';

export interface LocatedReport extends Point {
  readonly occurredAt: number;
}

/** The strongest cluster at one moment, whether or not it is one to warn of. */
export interface ClusterVerdict {
  readonly asOf: number;
  readonly isCluster: boolean;
  readonly latitude: number;
  readonly longitude: number;
  readonly radiusKm: number;
  readonly hours: number;
  readonly count: number;
  readonly expected: number;
  readonly ratio: number;
  /** By permutation; `null`: too ordinary to be worth simulating. */
  readonly p: number | null;
  readonly threshold: number;
  /** Located reports looked at. */
  readonly reports: number;
  readonly policyVersion: string;
}

const EULER = 0.577_215_664_901_532_9;
/** A first look: with so many of the first permutations as strong, the rest need not be played. */
const FIRST_LOOK = 19;
const ORDINARY = 3;

/** Gives the recent times to other reports: the first of a shuffle. */
const permuted = (recents: readonly Recent[], total: number, dice: Dice): readonly Recent[] => {
  const moved = new Map<number, number>();
  return recents.map(({ ageHours }, place) => {
    const pick = place + Math.floor(dice() * (total - place));
    const index = moved.get(pick) ?? pick;
    moved.set(pick, moved.get(place) ?? place);
    return { index, ageHours };
  });
};

/** Tail of the Gumbel law through the simulated maxima (Abrams, Kulldorff, Kleinman 2010): small p from few permutations. */
const gumbelTail = (maxima: readonly number[], value: number): number => {
  const mean = maxima.reduce((sum, next) => sum + next, 0) / maxima.length;
  const square = maxima.reduce((sum, next) => sum + (next - mean) ** 2, 0) / (maxima.length - 1);
  const scale = Math.max(Number.EPSILON, Math.sqrt(6 * square) / Math.PI);
  return -Math.expm1(-Math.exp(-(value - (mean - EULER * scale)) / scale));
};

const permutationP = (circles: Circles, recents: readonly Recent[], ratio: number, draw: Draw): number => {
  const maxima: number[] = [];
  let asStrong = 0;
  while (maxima.length < draw.replications) {
    const maximum = circles.strongest(permuted(recents, circles.total, draw.dice))?.ratio ?? 0;
    maxima.push(maximum);
    if (maximum >= ratio) asStrong += 1;
    if (maxima.length === FIRST_LOOK && asStrong >= ORDINARY) break;
  }
  return asStrong >= ORDINARY ? (asStrong + 1) / (maxima.length + 1) : gumbelTail(maxima, ratio);
};

interface Draw {
  readonly replications: number;
  readonly dice: Dice;
}

/**
 * Prospective space–time permutation scan (Kulldorff and others 2005): looks at every circle around a recent report and every
 * window that ends now for more reports than the same circle’s share of all reports leads one to expect, and asks how often
 * as strong a circle turns up when the times are dealt to the reports at random. Needs no population, and is blind to what the
 * whole county shares, which is what the counts are for. `null`: too few reports with a place.
 */
export const findCluster = (
  reports: readonly LocatedReport[],
  asOf: number,
  policy: ClusterPolicy,
  dice: Dice,
): ClusterVerdict | null => {
  const from = asOf - policy.baselineDays * DAY_MS;
  const known = reports
    .filter(({ occurredAt }) => occurredAt > from && occurredAt <= asOf)
    .sort(
      (one, other) =>
        one.occurredAt - other.occurredAt || one.latitude - other.latitude || one.longitude - other.longitude,
    )
    .slice(-policy.maxReports);
  const recents = known
    .map(({ occurredAt }, index) => ({ index, ageHours: (asOf - occurredAt) / HOUR_MS }))
    .filter(({ ageHours }) => ageHours < (policy.windowHours.at(-1) as number));
  const circles = new Circles(known, policy);
  const circle = circles.strongest(recents);
  if (circle === null) return null;
  const { centre, ...found } = circle;
  const { latitude, longitude } = known[centre] as LocatedReport;
  const { replications } = policy;
  const p =
    found.ratio < policy.leastRatio ? null : permutationP(circles, recents, found.ratio, { replications, dice });
  const threshold = policy.falseAlarmsPerYear / policy.looksPerYear;
  return {
    asOf,
    isCluster: p !== null && p <= threshold,
    latitude,
    longitude,
    ...found,
    p,
    threshold,
    reports: known.length,
    policyVersion: policy.version,
  };
};
