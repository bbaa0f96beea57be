import type { Actor } from '../access';
import type { ClusterVerdict } from './engine/clusters';
import type { PlaceClock } from './engine/place-clock';
import { DAY_MS, dayOf } from './engine/timeline';
import type { SpikeVerdict as EngineVerdict, WindowVerdict } from './engine/verdict';
import type { SpikeCluster, SpikeWindow } from './spike-alert.type';

const LEAST_RADIUS_KM = 2;

export const rounded = (value: number): number => Number(value.toPrecision(4));

/** What `shownMoment` does, in the words of the schema. */
export const TO_ANALYSTS = 'to analysts the beginning of that day in the county’s standard time';

/**
 * When a spike was judged is when a report came in: asked again and again, the moments tell each one, and so how many there were.
 * Analysts, who read counts in reports only, are told where that day began.
 */
export const shownMoment = ({ role }: Pick<Actor, 'role'>, moment: Date, clock: PlaceClock): Date =>
  role === 'ANALYST' ? clock.moment(dayOf(clock.read(moment)) * DAY_MS) : moment;

export const shownWindow = ({
  hours,
  count,
  expected,
  p,
}: Omit<WindowVerdict, 'p'> & { readonly p: number | null }): SpikeWindow => ({
  hours,
  count,
  expected: rounded(expected),
  p: p === null ? null : rounded(p),
});

/** The middle of a cluster is one report’s place: rounded, so that it is nobody’s address. */
const shownCluster = ({ latitude, longitude, radiusKm, hours, count, expected }: ClusterVerdict): SpikeCluster => ({
  latitude: Number(latitude.toFixed(2)),
  longitude: Number(longitude.toFixed(2)),
  radiusKm: Math.max(LEAST_RADIUS_KM, Math.ceil(radiusKm)),
  hours,
  count,
  expected: rounded(expected),
});

/** A verdict as those read it who answer the alert. */
export const shownVerdict = (verdict: EngineVerdict, cluster: ClusterVerdict | null, clock: PlaceClock) => ({
  isSpike: verdict.isSpike,
  windowsEnd: clock.moment(verdict.windowsEnd),
  windows: verdict.windows.map(shownWindow),
  leadingHours: verdict.leadingHours,
  p: rounded(verdict.p),
  threshold: rounded(verdict.threshold),
  reasons: verdict.reasons.map(({ code }) => code),
  notes: [...verdict.notes],
  streams: verdict.streams.map(({ stream, count, expected, isAgreeing }) => ({
    stream,
    count,
    expected: rounded(expected),
    isAgreeing,
  })),
  cluster: cluster && shownCluster(cluster),
  dataAgeHours: verdict.dataAgeHours === null ? null : rounded(verdict.dataAgeHours),
  historyDays: verdict.historyDays,
  policyVersion: verdict.policyVersion,
});
