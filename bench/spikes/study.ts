import { diceFrom } from '../../src/surveillance/engine/dice';
import { DAY_MS } from '../../src/surveillance/engine/timeline';
import { atEqualRates, type AtRate } from './equal-rates';
import { eventsByPlace, evaluate, policyFor } from './evaluate';
import { during, hoursToAlarm, inject, sizes, studyPlace, type Size } from './injections';
import type { StudyOptions } from './options';
import { pooling } from './pooled';
import { reference, usualLimits, type Reference } from './references';
import { measureSpeed } from './speed';
import { readStudyFiles, type StudyFile } from './study-files';
import { ours, type Watcher } from '../../src/surveillance/engine/watch';

const RIVALS = ['sd2', 'sd3', 'earsC2', 'earsC3', 'ewma'] as const satisfies readonly Reference[];
/** sd2 and sd3 are one rule once their limit is set by the false alarms. */
const EQUALLED = ['sd2', 'earsC2', 'earsC3', 'ewma'] as const satisfies readonly Reference[];
const BISECTIONS = 14;
/** Reports a day of the places whose inserts are timed. */
const SPEEDS = [0.1, 5, 50] as const;

export interface Detection {
  readonly share: number;
  /** Median over the spikes that were found. */
  readonly hours: number | null;
}

export interface SizeRow {
  readonly size: string;
  readonly hours: number;
  readonly injected: number;
  readonly methods: Readonly<Record<string, Detection>>;
}

export interface FileStudy {
  readonly name: string;
  readonly places: number;
  readonly placeYears: number;
  /** Alerts per place and year, as each rule is used. */
  readonly falseAlarms: Readonly<Record<string, number>>;
  /** Limit and alerts per place and year of each rule, set to raise at least as many false alarms as ours. */
  readonly equalled: Readonly<Record<string, { readonly limit: number; readonly falseAlarms: number }>>;
  readonly sizes: readonly SizeRow[];
  readonly overall: Readonly<Record<string, Detection>>;
  readonly atEqualRates?: readonly AtRate[];
}

const rounded = (value: number, digits = 3): number => Number(value.toFixed(digits));

/**
 * The strictest limit at which a rule raises no fewer alerts than `rate`, so never to the rule’s disadvantage; where `rate` is none,
 * the laxest limit that raises none.
 */
const equal = (events: StudyFile['events'], method: Reference, rate: number, quietHours: number) => {
  let low = 0;
  let high = 40;
  let falseAlarms = 0;
  for (let step = 0; step < BISECTIONS; step += 1) {
    const limit = (low + high) / 2;
    const found = evaluate(events, reference(method, limit), quietHours).alertsPerPlaceYear;
    const isLax = rate === 0 ? found > 0 : found >= rate;
    if (isLax) [low, falseAlarms] = [limit, found];
    else high = limit;
  }
  return rate === 0 ? { limit: high, falseAlarms: 0 } : { limit: low, falseAlarms: rounded(falseAlarms) };
};

const median = (values: readonly number[]): number | null => {
  const ordered = [...values].sort((one, other) => one - other);
  const middle = ordered[Math.floor(ordered.length / 2)];
  return middle === undefined ? null : rounded(middle, 1);
};

type Found = (number | null)[];

const detection = (found: Found): Detection => {
  const alarms = found.filter((hours) => hours !== null);
  return { share: rounded(alarms.length / Math.max(1, found.length)), hours: median(alarms) };
};

type Watchers = ReadonlyMap<string, Watcher>;

const rowOf = (size: Size, byMethod: ReadonlyMap<string, Found>): SizeRow => ({
  size: size.name,
  hours: size.hours,
  injected: byMethod.get('ours')?.length ?? 0,
  methods: Object.fromEntries([...byMethod].map(([method, found]) => [method, detection(found)])),
});

const injectAll = (file: StudyFile, watchers: Watchers, { seed, injections }: StudyOptions) => {
  const byPlace = eventsByPlace(file.events);
  const pooledFor = pooling(byPlace, (file.events.at(-1)?.knownAt ?? 0) + DAY_MS);
  const places = [...byPlace].map(([place, events]) => studyPlace(place, events, pooledFor(place)));
  const dice = diceFrom(seed);
  const all = new Map<string, Found>([...watchers.keys()].map((method) => [method, []]));
  const rows = sizes.map((size) => {
    const found = new Map<string, Found>([...watchers.keys()].map((method) => [method, []]));
    for (let index = 0; index < injections; index += 1) {
      const injection = inject(places, size, dice);
      if (injection === null) continue;
      during(injection, () => {
        for (const [method, watcher] of watchers) found.get(method)?.push(hoursToAlarm(injection, watcher));
      });
    }
    if (size.events !== 0) for (const [method, hours] of found) all.get(method)?.push(...hours);
    return rowOf(size, found);
  });
  return { rows, overall: Object.fromEntries([...all].map(([method, found]) => [method, detection(found)])) };
};

const studyFile = (file: StudyFile, options: StudyOptions): FileStudy => {
  const policy = policyFor(false, options.budget);
  const engine = ours(policy);
  const quiet = evaluate(file.events, engine, policy.quietHours);
  const rivals = RIVALS.map((method) => [method, evaluate(file.events, reference(method), policy.quietHours)] as const);
  const equalled = EQUALLED.map(
    (method) => [method, equal(file.events, method, quiet.alertsPerPlaceYear, policy.quietHours)] as const,
  );
  const watchers: Watchers = new Map<string, Watcher>([
    ['ours', engine],
    ...equalled.map(([method, { limit }]) => [method, reference(method, limit)] as const),
  ]);
  const { rows, overall } = injectAll(file, watchers, options);
  return {
    name: file.name,
    places: quiet.places,
    placeYears: rounded(quiet.placeYears, 2),
    falseAlarms: {
      ours: rounded(quiet.alertsPerPlaceYear, 2),
      ...Object.fromEntries(rivals.map(([method, { alertsPerPlaceYear }]) => [method, rounded(alertsPerPlaceYear, 2)])),
    },
    equalled: Object.fromEntries(equalled),
    sizes: rows,
    overall,
    ...(options.rates.length > 0 ? { atEqualRates: atEqualRates(file, options, options.rates) } : {}),
  };
};

/** False alarms and injected spikes on every known file of the folder, all methods on the same data. */
export const study = async (options: StudyOptions): Promise<object> => {
  const files = await readStudyFiles(options.study);
  const policy = policyFor(false, options.budget);
  return {
    seed: options.seed,
    falseAlarmBudget: policy.falseAlarmsPerYear,
    usualLimits,
    files: files.map((file) => studyFile(file, options)),
    millisecondsPerInsert: SPEEDS.map((perDay) => measureSpeed(perDay, policy)),
  };
};
