import { gammaDraw, waitingTime, type Dice } from './dice';
import { PlaceHistory } from './place-history';
import { DAY_MS, HOUR_MS } from './timeline';

export const START = Date.UTC(2024, 0, 1);

export interface MadeUp {
  readonly days: number;
  /** Expected reports on a day. */
  readonly rate: (day: number) => number;
  readonly dispersion?: number;
  /** Weight of each hour of the day against the mean of all. */
  readonly hour?: (hour: number) => number;
}

/** Report times of a place in which nothing happens, by the law it is told. */
export const quietTimes = ({ days, rate, dispersion = 0, hour = () => 1 }: MadeUp, dice: Dice): number[] => {
  const times: number[] = [];
  for (let day = 0; day < days; day += 1) {
    const today = rate(day) * gammaDraw(dispersion, dice);
    for (let at = waitingTime(dice) / (today * 2); at < 1; at += waitingTime(dice) / (today * 2)) {
      // Thinned from twice the rate, so hours may weigh up to two.
      if (dice() * 2 < hour(Math.floor(at * 24))) times.push(START + Math.floor((day + at) * DAY_MS));
    }
  }
  return times;
};

export const placeOf = (times: readonly number[], stream?: string): PlaceHistory => {
  const history = new PlaceHistory('39061');
  for (const occurredAt of times) history.add({ occurredAt, stream });
  return history;
};

/** So many reports, spread evenly from a moment over some hours. */
export const burst = (from: number, count: number, hours: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.floor(from + ((index + 0.5) * hours * HOUR_MS) / count));
