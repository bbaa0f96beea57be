import { waitingTime, type Dice } from '../../src/surveillance/engine/dice';
import { PlaceHistory } from '../../src/surveillance/engine/place-history';
import { DAY_MS, dayOf, HOUR_MS } from '../../src/surveillance/engine/timeline';
import type { FileEvent } from './read-events';
import type { PooledOn } from '../../src/surveillance/engine/replay';
import type { Watcher } from '../../src/surveillance/engine/watch';

/** What is added to a stretch of real data: a number of events, or a multiple of what the place has anyway. */
export interface Size {
  readonly name: string;
  readonly hours: number;
  readonly events?: number;
  readonly factor?: number;
}

const DURATIONS = [6, 24, 48, 72] as const;
const NUMBERS = [5, 10, 20] as const;
const FACTORS = [1.5, 2, 3] as const;

export const sizes: readonly Size[] = [
  { name: 'nothing', hours: 24, events: 0 },
  ...FACTORS.flatMap((factor) => DURATIONS.map((hours) => ({ name: `×${factor}`, hours, factor }))),
  ...NUMBERS.flatMap((events) => DURATIONS.map((hours) => ({ name: `+${events}`, hours, events }))),
];

export interface StudyPlace {
  readonly history: PlaceHistory;
  readonly first: number;
  readonly last: number;
  readonly perDay: number;
  readonly pooledOn: PooledOn;
}

export interface Injection {
  readonly at: StudyPlace;
  readonly start: number;
  readonly end: number;
  readonly times: readonly number[];
}

const WARM_UP_DAYS = 90;
const AROUND_DAYS = 45;
/** A multiple of almost nothing is nothing: factors are tried where there is an event every other day. */
const FACTOR_LEAST_PER_DAY = 0.5;
const LEAST_EVENTS = 30;
/** A method may say so until a day after the last injected event. */
const GRACE_MS = 24 * HOUR_MS;

export const studyPlace = (place: string, events: readonly FileEvent[], pooledOn: PooledOn): StudyPlace => {
  const history = new PlaceHistory(place);
  for (const event of events) history.add(event);
  const first = events[0]?.occurredAt ?? 0;
  const last = events.at(-1)?.occurredAt ?? 0;
  return { history, first, last, perDay: (events.length * DAY_MS) / Math.max(DAY_MS, last - first), pooledOn };
};

const isFit = (place: StudyPlace, size: Size): boolean =>
  place.last - place.first > (WARM_UP_DAYS + 30) * DAY_MS &&
  place.history.all.length >= LEAST_EVENTS &&
  (size.factor === undefined || place.perDay >= FACTOR_LEAST_PER_DAY);

const poisson = (mean: number, dice: Dice): number => {
  let count = 0;
  for (let sum = waitingTime(dice); sum < mean; sum += waitingTime(dice)) count += 1;
  return count;
};

const extra = (place: StudyPlace, start: number, { hours, events, factor }: Size, dice: Dice): number => {
  if (factor === undefined) return events ?? 0;
  const around = place.history.all.countBetween(start - AROUND_DAYS * DAY_MS, start + AROUND_DAYS * DAY_MS);
  const days = (Math.min(place.last, start + AROUND_DAYS * DAY_MS) - (start - AROUND_DAYS * DAY_MS)) / DAY_MS;
  return poisson(((factor - 1) * around * hours) / 24 / days, dice);
};

/** A spike at a random place and time, its events spread evenly at random; `null` when no place is large enough. */
export const inject = (places: readonly StudyPlace[], size: Size, dice: Dice): Injection | null => {
  const fit = places.filter((place) => isFit(place, size));
  const at = fit[Math.floor(dice() * fit.length)];
  if (at === undefined) return null;
  const length = size.hours * HOUR_MS;
  const from = at.first + WARM_UP_DAYS * DAY_MS;
  const start = Math.floor(from + dice() * (at.last - length - GRACE_MS - from));
  const count = extra(at, start, size, dice);
  const times = Array.from({ length: count }, () => start + Math.floor(dice() * length)).sort((a, b) => a - b);
  return { at, start, end: start + length, times };
};

const momentsOf = ({ at, start, end }: Injection, isDaily: boolean): readonly number[] => {
  if (!isDaily) return [...new Set(at.history.all.between(start, end + GRACE_MS))];
  const moments: number[] = [];
  for (let day = dayOf(start) + 1; day * DAY_MS <= end + GRACE_MS; day += 1) moments.push(day * DAY_MS);
  return moments;
};

/** Hours from the start of the spike to the first alarm; `null`: missed. The history must hold the injected events. */
export const hoursToAlarm = (injection: Injection, watcher: Watcher): number | null => {
  const { history, pooledOn } = injection.at;
  const found = momentsOf(injection, watcher.isDaily).find(
    (asOf) => watcher.assess(history, { asOf, since: asOf, pooled: pooledOn(dayOf(asOf)) }).isSpike,
  );
  return found === undefined ? null : (found - injection.start) / HOUR_MS;
};

/** The strongest evidence of a rule from the start of the spike to the end of its grace; −∞: it judged nothing. */
export const strongest = (injection: Injection, watcher: Watcher): number => {
  const { history, pooledOn } = injection.at;
  return momentsOf(injection, watcher.isDaily).reduce((best, asOf) => {
    const { isSpike, score } = watcher.assess(history, { asOf, since: asOf, pooled: pooledOn(dayOf(asOf)) });
    return isSpike ? Math.max(best, score) : best;
  }, -Infinity);
};

/** Does something while the injected events are part of the place’s history. */
export const during = <T>({ at, times }: Injection, work: () => T): T => {
  for (const occurredAt of times) at.history.add({ occurredAt });
  try {
    return work();
  } finally {
    for (const occurredAt of times) at.history.remove({ occurredAt });
  }
};
