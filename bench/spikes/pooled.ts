import type { Pooled } from '../../src/surveillance/engine/baseline';
import { dayOf } from '../../src/surveillance/engine/timeline';
import type { FileEvent } from './read-events';
import type { PooledOn } from '../../src/surveillance/engine/replay';

const LEAST_DAYS = 30;
const LEAST_PLACES = 3;

interface Known {
  readonly firstDay: number;
  /** Events known by the end of each day since. */
  readonly upTo: readonly number[];
}

const knownOf = (events: readonly FileEvent[], lastDay: number): Known => {
  const firstDay = dayOf(events[0]?.knownAt ?? 0);
  const upTo = new Array<number>(lastDay - firstDay + 1).fill(0);
  for (const { knownAt } of events) upTo[dayOf(knownAt) - firstDay] = (upTo[dayOf(knownAt) - firstDay] as number) + 1;
  for (let day = 1; day < upTo.length; day += 1) upTo[day] = (upTo[day] as number) + (upTo[day - 1] as number);
  return { firstDay, upTo };
};

/** What the other places of a file have taught by the morning of each day. */
export const pooling = (
  byPlace: ReadonlyMap<string, readonly FileEvent[]>,
  until: number,
): ((place: string) => PooledOn) => {
  const lastDay = dayOf(until);
  const places = [...byPlace].map(([place, events]) => [place, knownOf(events, lastDay)] as const);
  return (place) => {
    const others = places.filter(([name]) => name !== place).map(([, known]) => known);
    const kept = new Map<number, Pooled | null>();
    const pool = (day: number): Pooled | null => {
      const rates = others
        .filter(({ firstDay }) => day - firstDay >= LEAST_DAYS)
        .map(({ firstDay, upTo }) => (upTo[day - 1 - firstDay] as number) / (day - firstDay));
      if (rates.length < LEAST_PLACES) return null;
      const perDay = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
      const square = rates.reduce((sum, rate) => sum + (rate - perDay) ** 2, 0) / (rates.length - 1);
      return { perDay, spread: square / (perDay * perDay) };
    };
    return (day) => {
      const known = kept.get(day);
      if (known !== undefined) return known;
      const made = pool(day);
      kept.set(day, made);
      return made;
    };
  };
};
