import type { ClusterPolicy } from './cluster-policy';

export interface Point {
  readonly latitude: number;
  readonly longitude: number;
}

/** A circle around one report with the reports of one window it holds. */
export interface Circle {
  /** Index of the report in its middle. */
  readonly centre: number;
  readonly radiusKm: number;
  readonly hours: number;
  readonly count: number;
  readonly expected: number;
  /** Log likelihood ratio: how much better “more here, now” explains the window than “as everywhere, always”. */
  readonly ratio: number;
}

/** A report of the last hours: which, and how many windows (from the longest down) hold it. */
export interface Recent {
  readonly index: number;
  readonly ageHours: number;
}

const KM_PER_DEGREE = 111.195;

/** Distances on a plane that touches the earth at the points’ middle: right to a few metres over a county. */
const plane = (points: readonly Point[]): { readonly x: Float64Array; readonly y: Float64Array } => {
  const middle = points.reduce((sum, { latitude }) => sum + latitude, 0) / Math.max(1, points.length);
  const width = KM_PER_DEGREE * Math.cos((middle * Math.PI) / 180);
  return {
    x: Float64Array.from(points, ({ longitude }) => longitude * width),
    y: Float64Array.from(points, ({ latitude }) => latitude * KM_PER_DEGREE),
  };
};

const upTo = (ordered: Float64Array, value: number): number => {
  let low = 0;
  let high = ordered.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ordered[middle] as number) > value) high = middle;
    else low = middle + 1;
  }
  return low;
};

/** Kulldorff’s ratio (2005) for `count` reports where `expected` of `total` were expected. */
export const likelihoodRatio = (count: number, expected: number, total: number): number => {
  if (count <= expected) return 0;
  const outside = total - count;
  const rest = outside === 0 ? 0 : outside * Math.log(outside / (total - expected));
  return count * Math.log(count / expected) + rest;
};

/** The reports of one search, with the distances around each worked out when first asked for. */
export class Circles {
  private readonly x: Float64Array;
  private readonly y: Float64Array;
  private readonly ordered = new Map<number, Float64Array>();

  constructor(
    points: readonly Point[],
    private readonly policy: ClusterPolicy,
  ) {
    ({ x: this.x, y: this.y } = plane(points));
  }

  get total(): number {
    return this.x.length;
  }

  /** The strongest circle around a recent report; `null` where no circle holds enough. */
  strongest(recents: readonly Recent[]): Circle | null {
    let best: Circle | null = null;
    for (const { index } of recents) {
      const near = recents
        .map((recent) => ({ ageHours: recent.ageHours, km: this.distance(index, recent.index) }))
        .filter(({ km }) => km <= this.policy.maxRadiusKm)
        .sort((one, other) => one.km - other.km);
      if (near.length < this.policy.minimumCount) continue;
      for (const hours of this.policy.windowHours) {
        const all = recents.filter(({ ageHours }) => ageHours < hours).length;
        const circle = this.around(
          index,
          near.filter(({ ageHours }) => ageHours < hours),
          { hours, all },
        );
        if (circle !== null && circle.ratio > (best?.ratio ?? 0)) best = circle;
      }
    }
    return best;
  }

  private around(
    centre: number,
    near: readonly { readonly km: number }[],
    { hours, all }: { readonly hours: number; readonly all: number },
  ): Circle | null {
    let best: Circle | null = null;
    for (const [index, { km }] of near.entries()) {
      const count = index + 1;
      if (count < this.policy.minimumCount || near[index + 1]?.km === km) continue;
      const held = upTo(this.distances(centre), km);
      if (held > this.policy.maxShare * this.total) break;
      const expected = (held * all) / this.total;
      const ratio = likelihoodRatio(count, expected, this.total);
      if (ratio > (best?.ratio ?? 0)) best = { centre, radiusKm: km, hours, count, expected, ratio };
    }
    return best;
  }

  private distance(one: number, other: number): number {
    const dx = (this.x[one] as number) - (this.x[other] as number);
    const dy = (this.y[one] as number) - (this.y[other] as number);
    return Math.sqrt(dx * dx + dy * dy);
  }

  private distances(centre: number): Float64Array {
    const known = this.ordered.get(centre);
    if (known !== undefined) return known;
    const made = Float64Array.from(this.x, (_, index) => this.distance(centre, index)).sort();
    this.ordered.set(centre, made);
    return made;
  }
}
