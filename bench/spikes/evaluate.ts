import { dailySpikePolicy, defaultSpikePolicy, type SpikePolicy } from '../../src/surveillance/engine/policy';
import { DAY_MS, dayOf } from '../../src/surveillance/engine/timeline';
import { clusters } from './cluster-watch';
import type { FileOptions } from './options';
import { unobservedDays } from './gaps';
import { grouped } from './grouped';
import { historyNotes, NOT_JUDGED_DAYS } from './history-notes';
import { asOneAlert } from './one-alert';
import { pooling } from './pooled';
import type { EventFile, FileEvent, Watch } from './read-events';
import { reference } from './references';
import { replay, type Alert } from '../../src/surveillance/engine/replay';
import { ours, type Watcher } from '../../src/surveillance/engine/watch';

const YEAR_DAYS = 365.25;

export interface Evaluation {
  readonly alerts: readonly Alert[];
  readonly places: number;
  readonly placeYears: number;
  readonly alertsPerPlaceYear: number;
  /** Places with so many reports in their first days, which nobody could judge, that they might have been a spike. */
  readonly notJudged: readonly string[];
}

export const eventsByPlace = (events: readonly FileEvent[]): ReadonlyMap<string, readonly FileEvent[]> =>
  grouped(events, ({ place }) => place);

/** A file is an archive: like what is imported it raises nothing by the number of its first reports alone. */
export const policyFor = (isDaily: boolean, budget: number | undefined): SpikePolicy => {
  const policy = { ...(isDaily ? dailySpikePolicy : defaultSpikePolicy), newPlaceCounts: {} };
  return budget === undefined ? policy : { ...policy, falseAlarmsPerYear: budget };
};

/** Where only events are known. */
export const watchOf = (events: readonly FileEvent[]): Watch => ({
  from: new Map([...eventsByPlace(events)].map(([place, own]) => [place, (own[0] as FileEvent).knownAt])),
  until: events.reduce((latest, { knownAt }) => Math.max(latest, knownAt), 0),
  unobserved: new Map(),
});

/** Plays a whole file, place by place. A place is watched from its first row to the end of the file. */
export const evaluate = (
  events: readonly FileEvent[],
  watcher: Watcher,
  quietHours: number,
  watch = watchOf(events),
): Evaluation => {
  const byPlace = eventsByPlace(events);
  const until = Math.ceil(watch.until / DAY_MS) * DAY_MS;
  const pooledFor = pooling(byPlace, until, watch);
  const reportedSince = [...watch.from.values()].reduce((first, from) => Math.min(first, from), Infinity);
  const alerts = [...byPlace].flatMap(([place, own]) =>
    replay({
      ...{ place, events: own, until, watcher, quietHours },
      pooledOn: pooledFor(place),
      watched: { since: watch.from.get(place), reportedSince, unobserved: watch.unobserved.get(place) },
    }),
  );
  const notJudged = [...byPlace].filter(([place, own]) => {
    const end = (dayOf(watch.from.get(place) as number) + NOT_JUDGED_DAYS) * DAY_MS;
    const early = own.filter(({ knownAt }) => knownAt < end && pooledFor(place)(dayOf(knownAt)) === null);
    return early.length >= defaultSpikePolicy.minimumCount;
  });
  const days = [...watch.from.values()].reduce((sum, from) => sum + (until - from) / DAY_MS, 0);
  const placeYears = Math.max(days - unobservedDays(watch.unobserved), 1) / YEAR_DAYS;
  alerts.sort((one, other) => one.raisedAt - other.raisedAt);
  return {
    ...{ alerts, places: watch.from.size, placeYears, alertsPerPlaceYear: alerts.length / placeYears },
    notJudged: notJudged.map(([place]) => place),
  };
};

const iso = (at: number, hasZone: boolean): string => new Date(at).toISOString().replace(/\.\d+Z$/, hasZone ? 'Z' : '');

const shown = (alert: Alert, hasZone: boolean): object => {
  const { counts, expected, details } = alert.raised;
  return {
    place: alert.place,
    raisedAt: iso(alert.raisedAt, hasZone),
    end: alert.end === null ? null : iso(alert.end, hasZone),
    counts,
    expected,
    ...details,
    peak: { counts: alert.peak.counts, expected: alert.peak.expected },
  };
};

const unobservedNote = (days: number): readonly string[] =>
  days > 0
    ? [
        `${Number(days.toFixed(2))} days of places were counted by nobody (no row, or no number in it): they are no days of none.`,
      ]
    : [];

const notesOf = ({ isDaily, hasZone, rows, watch, notes }: EventFile): readonly string[] => [
  ...notes,
  ...(isDaily ? ['The file says the day only: whole days are counted, and known at the end of the day.'] : []),
  ...(hasZone ? [] : ['The file names no time zone: times are its own wall clock.']),
  ...(rows.unknownTime > 0 ? [`${rows.unknownTime} rows without a time that can be read were left out.`] : []),
  ...(rows.cancelled > 0 ? [`${rows.cancelled} rows with a disposition of cancelled or duplicate were left out.`] : []),
  ...(rows.duplicate > 0 ? [`${rows.duplicate} rows that repeat another were left out.`] : []),
  ...(rows.unknownPlace > 0 ? [`${rows.unknownPlace} rows without a place were left out.`] : []),
  ...unobservedNote(unobservedDays(watch.unobserved)),
];

/** Rows that a search for clusters cannot see. */
const unplacedNotes = ({ events }: EventFile, { lat, lon }: FileOptions): readonly string[] => {
  const isUnplaced = ({ latitude, longitude }: FileEvent): boolean => latitude === undefined || longitude === undefined;
  const count = lat === undefined ? 0 : events.filter(isUnplaced).length;
  return count > 0
    ? [
        `${count} of ${events.length} events have no coordinates that can be read in “${lat}” and “${lon}”: clusters are looked for without them.`,
      ]
    : [];
};

/** The one object that goes to standard output. */
export const evaluateFile = (file: EventFile, options: FileOptions): object => {
  const { method, budget, lat } = options;
  const policy = policyFor(file.isDaily, budget);
  const watcher = method === 'ours' ? ours(policy) : reference(method);
  const summary = evaluate(file.events, watcher, policy.quietHours, file.watch);
  const below =
    method === 'ours' && lat !== undefined
      ? evaluate(file.events, clusters(eventsByPlace(file.events)), policy.quietHours).alerts
      : [];
  const alerts = asOneAlert([...summary.alerts, ...below]);
  return {
    method,
    ...(method === 'ours' ? { policy: policy.version, falseAlarmBudget: policy.falseAlarmsPerYear } : {}),
    rows: file.rows,
    notes: [
      ...notesOf(file),
      ...unplacedNotes(file, options),
      ...(method === 'ours' ? historyNotes(file, summary, policy) : []),
    ],
    places: summary.places,
    unobservedDays: Number(unobservedDays(file.watch.unobserved).toFixed(2)),
    placeYears: Number(summary.placeYears.toFixed(3)),
    alertsPerPlaceYear: Number((alerts.length / summary.placeYears).toFixed(3)),
    alerts: alerts.map((alert) => shown(alert, file.hasZone)),
  };
};
