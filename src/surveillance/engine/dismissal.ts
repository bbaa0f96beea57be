import { kilometresBetween } from '../../kernel/distance';
import type { ClusterVerdict } from './clusters';
import type { SpikePolicy } from './policy';
import { HOUR_MS } from './timeline';
import type { SpikeVerdict } from './verdict';

type Circle = Pick<ClusterVerdict, 'latitude' | 'longitude' | 'radiusKm' | 'p'>;

/** An alert that a human ended although the counts had not. */
export interface Dismissal {
  readonly id: string;
  readonly at: number;
  /** The smallest p it came to. */
  readonly peakP: number;
  /** Where below the county it was; `null`: nowhere in particular. */
  readonly cluster: Circle | null;
}

export const renewals = {
  STRONGER: 'The evidence is much stronger than that of the dismissed alert',
  LATER: 'Reports of after the dismissal are a spike by themselves',
  ELSEWHERE: 'They lie together where the dismissed alert was not',
} as const;
export type Renewal = keyof typeof renewals;

/** What becomes of a spike after dismissals: held back by one of them, or an alert that names the one it opens in spite of. */
export type AfterDismissals =
  | { readonly heldBy: Dismissal; readonly after: null }
  | { readonly heldBy: null; readonly after: { readonly id: string; readonly because: Renewal } | null };

/** One thing that is a spike by itself: the reports since `from`, in the whole county or in a circle. */
interface Sign {
  readonly from: number;
  readonly p: number;
  readonly circle: Circle | null;
}

interface Seen {
  readonly verdict: Pick<
    SpikeVerdict,
    'asOf' | 'isSpike' | 'windowsEnd' | 'windows' | 'leadingHours' | 'p' | 'threshold'
  >;
  /** `null`: there is none to warn of. */
  readonly cluster: ClusterVerdict | null;
}

/** Every window that is a spike, not only the strongest: what has happened since a dismissal may be in a shorter one. */
const signsOf = ({ verdict, cluster }: Seen, { minimumCount }: SpikePolicy): readonly Sign[] => {
  const { windowsEnd, windows, leadingHours, threshold } = verdict;
  const since = (hours: number, p: number): Sign => ({ from: windowsEnd - hours * HOUR_MS, p, circle: null });
  const rare = windows.filter(({ count, p }) => count >= minimumCount && p <= threshold);
  return [
    ...(verdict.isSpike ? [since(leadingHours, verdict.p), ...rare.map(({ hours, p }) => since(hours, p))] : []),
    ...(cluster ? [{ from: cluster.asOf - cluster.hours * HOUR_MS, p: cluster.p ?? 1, circle: cluster }] : []),
  ];
};

/** −ln p. A p too small for a number is as strong as any. */
const strength = (p: number): number => -Math.log(Math.max(p, Number.MIN_VALUE));

const isStronger = (p: number, peakP: number, { strongerBy }: SpikePolicy): boolean =>
  strength(p) >= strongerBy * strength(peakP);

/** Why a dismissal does not hold this back; `null`: it does. */
const freedFrom = ({ at, peakP, cluster }: Dismissal, sign: Sign, policy: SpikePolicy): Renewal | null => {
  if (sign.from >= at) return 'LATER';
  if (sign.circle === null) return isStronger(sign.p, peakP, policy) ? 'STRONGER' : null;
  if (cluster === null || kilometresBetween(sign.circle, cluster) > sign.circle.radiusKm + cluster.radiusKm) {
    return 'ELSEWHERE';
  }
  return isStronger(sign.p, cluster.p ?? 1, policy) ? 'STRONGER' : null;
};

/**
 * Whether a spike opens an alert although a human has just dismissed one. It is held back while all it rests on reaches back before the
 * dismissal and is not much stronger: that is the burst that was dismissed. Windows end now, so it frees itself within the longest
 * of them; nothing is silenced for ever. `dismissals` from the newest to the oldest.
 */
export const afterDismissals = (seen: Seen, dismissals: readonly Dismissal[], policy: SpikePolicy): AfterDismissals => {
  const signs = signsOf(seen, policy);
  const isHeldBy = (dismissal: Dismissal, sign: Sign): boolean => freedFrom(dismissal, sign, policy) === null;
  const free = signs.find((sign) => !dismissals.some((dismissal) => isHeldBy(dismissal, sign)));
  const [latest] = dismissals;
  if (latest === undefined) return { heldBy: null, after: null };
  if (free === undefined) {
    const heldBy = dismissals.find((one) => signs.some((sign) => isHeldBy(one, sign))) as Dismissal;
    return { heldBy, after: null };
  }
  const longest = (policy.windowHours.at(-1) as number) * HOUR_MS;
  const because = freedFrom(latest, free, policy) as Renewal;
  const isOver = because === 'LATER' && seen.verdict.asOf - latest.at >= longest;
  return { heldBy: null, after: isOver ? null : { id: latest.id, because } };
};
