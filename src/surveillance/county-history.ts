import type { AgencyKind } from '../kernel/vocabulary';
import type { Pooled } from './engine/baseline';
import { defaultClusterPolicy } from './engine/cluster-policy';
import type { LocatedReport } from './engine/clusters';
import type { PlaceClock } from './engine/place-clock';
import { endOfDay, PlaceHistory } from './engine/place-history';
import type { KnownReport } from './engine/replay';
import { DAY_MS } from './engine/timeline';
import type { CountedEvent, CountyRate } from './spikes.store';

/** Streams that are weighed against each other: who reported, and deaths by themselves. */
const streamOf: Partial<Record<AgencyKind, string>> = {
  LAW_ENFORCEMENT: 'POLICE',
  EMS: 'EMS',
  HOSPITAL: 'HOSPITAL',
};
const DEATHS = 'DEATHS';

const streamsOf = ({ kinds, isFatal }: Pick<CountedEvent, 'kinds' | 'isFatal'>): string[] => [
  ...new Set([...kinds.map((kind) => streamOf[kind] ?? 'OTHER'), ...(isFatal ? [DEATHS] : [])]),
];

export const historyOf = (countyFips: string, events: readonly CountedEvent[], clock: PlaceClock): PlaceHistory => {
  const history = new PlaceHistory(countyFips);
  for (const event of events) history.add(reportOf(event, clock));
  return history;
};

const reportOf = (event: CountedEvent, clock: PlaceClock): KnownReport => {
  const at = clock.read(event.occurredAt);
  // Nothing is known before it has happened, whatever clock the sender’s machine has.
  const knownAt = Math.max(at, clock.read(event.recordedAt));
  const isDayOnly = !event.isTimeKnown;
  const occurredAt = isDayOnly ? endOfDay(at, knownAt) : at;
  return { occurredAt, isDayOnly, knownAt: Math.max(occurredAt, knownAt), streams: streamsOf(event) };
};

/** In the order in which they became known. */
export const knownReports = (events: readonly CountedEvent[], clock: PlaceClock): KnownReport[] =>
  events
    .map((event) => reportOf(event, clock))
    .sort((one, other) => one.knownAt - other.knownAt || one.occurredAt - other.occurredAt);

export const locatedReports = (
  events: readonly CountedEvent[],
  clock: PlaceClock,
  asOf: number,
): readonly LocatedReport[] =>
  events.flatMap(({ occurredAt, isTimeKnown, latitude, longitude }) => {
    const at = clock.read(occurredAt);
    return !isTimeKnown ||
      latitude === null ||
      longitude === null ||
      at <= asOf - defaultClusterPolicy.baselineDays * DAY_MS
      ? []
      : [{ occurredAt: at, latitude, longitude }];
  });

const LEAST_DAYS = 30;
const LEAST_PLACES = 3;

/** What the other counties teach about one that is new or small: their mean rate, and how far they differ. */
export const pooledFrom = (rates: readonly CountyRate[], countyFips: string): Pooled | null => {
  const others = rates.filter((rate) => rate.countyFips !== countyFips && rate.days >= LEAST_DAYS);
  if (others.length < LEAST_PLACES) return null;
  const perDays = others.map(({ events, days }) => events / days);
  const perDay = perDays.reduce((sum, rate) => sum + rate, 0) / perDays.length;
  const square = perDays.reduce((sum, rate) => sum + (rate - perDay) ** 2, 0) / (perDays.length - 1);
  return { perDay, spread: square / (perDay * perDay) };
};
