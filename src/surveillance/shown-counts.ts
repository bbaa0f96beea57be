import type { Actor } from '../access';
import type { ClusterVerdict } from './engine/clusters';
import type { PlaceClock } from './engine/place-clock';
import { DAY_MS, dayOf } from './engine/timeline';
import type { SpikeVerdict as EngineVerdict, WindowVerdict } from './engine/verdict';
import type { SpikeCluster, SpikeStream, SpikeWindow } from './spike-alert.type';

const LEAST_RADIUS_KM = 2;

/** Who publishes counts reads them in reports, where they are hidden together (domain §6). */
export const showsCounts = ({ role }: Pick<Actor, 'role'>): boolean => role !== 'ANALYST';

/**
 * Whoever may not see small counts sees none but zero here: windows of 24 and 48 hours, or those of one report and the next, tell each
 * other’s difference, and so do the days of a chart and the month of a report.
 */
export const shownCount = (actor: Pick<Actor, 'role'>, count: number): number | null =>
  count > 0 && !showsCounts(actor) ? null : count;

const rounded = (value: number, digits = 4): number => Number(value.toPrecision(digits));

/**
 * One overdose more moves what is expected by about a 365th: whoever may not see counts is told one digit of it, or they would read
 * the newest days from how it moves.
 */
export const shownExpected = (actor: Pick<Actor, 'role'>, expected: number): number =>
  rounded(expected, showsCounts(actor) ? 4 : 1);

/**
 * When something was judged is when a report came in: asked again and again, the moments tell each one, and so how many there were.
 * Whoever may not see counts is told where that day began.
 */
export const shownMoment = <T extends Date | null>(actor: Pick<Actor, 'role'>, moment: T, clock: PlaceClock): T =>
  moment === null || showsCounts(actor) ? moment : (clock.moment(dayOf(clock.read(moment)) * DAY_MS) as T);

/** How long nothing was heard, in hours; in whole days to whoever may not see when each report came in. */
const shownAge = (actor: Pick<Actor, 'role'>, hours: number | null): number | null => {
  if (hours === null) return null;
  return showsCounts(actor) ? rounded(hours) : 24 * Math.floor(hours / 24);
};

/** With an expectation, a chance tells the count as well as the count does: it goes where the count goes. */
export const shownWindow = (
  actor: Pick<Actor, 'role'>,
  { hours, count, expected, p }: Omit<WindowVerdict, 'p'> & { readonly p: number | null },
): SpikeWindow => {
  const shown = shownCount(actor, count);
  return {
    hours,
    count: shown,
    expected: shownExpected(actor, expected),
    p: shown === null || p === null ? null : rounded(p),
  };
};

/** The middle of a cluster is one report’s place: rounded, so that it is nobody’s address. */
const shownCluster = (actor: Pick<Actor, 'role'>, cluster: ClusterVerdict | null): SpikeCluster | null => {
  if (cluster === null || shownCount(actor, cluster.count) === null) return null;
  const { latitude, longitude, radiusKm, hours, count, expected } = cluster;
  return {
    latitude: Number(latitude.toFixed(2)),
    longitude: Number(longitude.toFixed(2)),
    radiusKm: Math.max(LEAST_RADIUS_KM, Math.ceil(radiusKm)),
    hours,
    count,
    expected: rounded(expected),
  };
};

const shownStream = (
  actor: Pick<Actor, 'role'>,
  { stream, count, expected, isAgreeing }: EngineVerdict['streams'][number],
): SpikeStream => {
  const shown = shownCount(actor, count);
  return {
    stream,
    count: shown,
    expected: shownExpected(actor, expected),
    isAgreeing: shown === null ? null : isAgreeing,
  };
};

/** A verdict as this actor may read it. */
export const shownVerdict = (
  actor: Pick<Actor, 'role'>,
  verdict: EngineVerdict,
  cluster: ClusterVerdict | null,
  clock: PlaceClock,
) => {
  const windows = verdict.windows.map((window) => shownWindow(actor, window));
  const isWhole = windows.every(({ count }) => count !== null);
  return {
    isSpike: verdict.isSpike,
    windowsEnd: shownMoment(actor, clock.moment(verdict.windowsEnd), clock),
    windows,
    leadingHours: verdict.leadingHours,
    p: isWhole ? rounded(verdict.p) : null,
    threshold: shownExpected(actor, verdict.threshold),
    reasons: verdict.reasons.map(({ code }) => code),
    notes: [...verdict.notes],
    streams: verdict.streams.map((stream) => shownStream(actor, stream)),
    cluster: shownCluster(actor, cluster),
    dataAgeHours: shownAge(actor, verdict.dataAgeHours),
    historyDays: verdict.historyDays,
    policyVersion: verdict.policyVersion,
  };
};
