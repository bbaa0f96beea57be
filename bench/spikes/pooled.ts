import { dayOf, type UnobservedDays } from '../../src/surveillance/engine/timeline';
import type { FileEvent, Watch } from './read-events';
import type { PooledOn } from '../../src/surveillance/engine/replay';

const LEAST_DAYS = 30;
const LEAST_PLACES = 3;

interface Known {
  readonly firstDay: number;
  /** Events known by the end of each day since. */
  readonly upTo: readonly number[];
  /** Days watched by then. */
  readonly watched: readonly number[];
}

const NONE: UnobservedDays = new Map();

const knownOf = (events: readonly FileEvent[], since: number, lastDay: number, unobserved = NONE): Known => {
  const firstDay = dayOf(since);
  const upTo = new Array<number>(lastDay - firstDay + 1).fill(0);
  for (const { knownAt } of events) upTo[dayOf(knownAt) - firstDay] = (upTo[dayOf(knownAt) - firstDay] as number) + 1;
  for (let day = 1; day < upTo.length; day += 1) upTo[day] = (upTo[day] as number) + (upTo[day - 1] as number);
  let days = 0;
  const watched = upTo.map((_, day) => (days += 1 - (unobserved.get(firstDay + day) ?? 0)));
  return { firstDay, upTo, watched };
};

/** What places taught by the morning of one day: how many, and the sums of their rates and of the squares of these. */
interface Taught {
  readonly places: number;
  readonly sum: number;
  readonly squares: number;
}

const rateOn = ({ firstDay, upTo, watched }: Known, day: number): number | null => {
  const days = watched[day - 1 - firstDay] ?? 0;
  return days >= LEAST_DAYS ? (upTo[day - 1 - firstDay] as number) / days : null;
};

const taughtOn = (places: readonly Known[], day: number): Taught => {
  const rates = places.flatMap((known) => rateOn(known, day) ?? []);
  const sum = rates.reduce((total, rate) => total + rate, 0);
  return { places: rates.length, sum, squares: rates.reduce((total, rate) => total + rate * rate, 0) };
};

/** What the other places of a file have taught by the morning of each day. */
export const pooling = (
  byPlace: ReadonlyMap<string, readonly FileEvent[]>,
  until: number,
  { from, unobserved }: Partial<Pick<Watch, 'from' | 'unobserved'>> = {},
): ((place: string) => PooledOn) => {
  const lastDay = dayOf(until);
  const known = new Map(
    [...(from ?? byPlace).keys()].map((place) => {
      const events = byPlace.get(place) ?? [];
      const since = from?.get(place) ?? events[0]?.knownAt ?? until;
      return [place, knownOf(events, since, lastDay, unobserved?.get(place))] as const;
    }),
  );
  const all = [...known.values()];
  const byDay = new Map<number, Taught>();
  const taught = (day: number): Taught => {
    const made = byDay.get(day) ?? taughtOn(all, day);
    byDay.set(day, made);
    return made;
  };
  return (place) => {
    const own = known.get(place);
    return (day) => {
      const { places, sum, squares } = taught(day);
      const rate = own === undefined ? null : rateOn(own, day);
      const others = places - (rate === null ? 0 : 1);
      if (others < LEAST_PLACES) return null;
      const perDay = (sum - (rate ?? 0)) / others;
      const square = Math.max(0, (squares - (rate ?? 0) ** 2 - others * perDay ** 2) / (others - 1));
      return { perDay, spread: perDay > 0 ? square / (perDay * perDay) : 0 };
    };
  };
};
