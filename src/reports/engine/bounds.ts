import type { Steps } from './steps';
import type { Sum } from './sums';

/** What somebody supposes of a figure: what it is; or, where it is hidden, what it is at least. */
export type Supposed = { readonly is: number } | { readonly least: number };

interface Bounds {
  least: number;
  most: number;
}

/** More rounds than any sums need that people ask for. */
const MOST_ROUNDS = 50;

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Of all but one of them. Infinity less itself is no number. */
const withoutOne = (values: readonly number[]): ((one: number) => number) => {
  const unbounded = values.filter((value) => value === Infinity).length;
  const bounded = sumOf(values.filter((value) => value !== Infinity));
  return (one) => {
    if (one === Infinity) return unbounded > 1 ? Infinity : bounded;
    return unbounded > 0 ? Infinity : bounded - one;
  };
};

/** Draws the bounds of one sum together; whether any moved. */
const narrowed = ({ total, parts }: Sum, bounds: ReadonlyMap<string, Bounds>): boolean => {
  const whole = bounds.get(total) as Bounds;
  const each = parts.map((part) => bounds.get(part) as Bounds);
  const least = sumOf(each.map((one) => one.least));
  const most = sumOf(each.map((one) => one.most));
  const mostWithout = withoutOne(each.map((one) => one.most));
  let isNarrower = false;
  const narrow = (one: Bounds, from: number, until: number): void => {
    if (from <= one.least && until >= one.most) return;
    one.least = Math.max(one.least, from);
    one.most = Math.min(one.most, until);
    isNarrower = true;
  };
  const [wholeLeast, wholeMost] = [whole.least, whole.most];
  for (const one of each) {
    const { least: low, most: high } = one;
    narrow(one, wholeLeast - mostWithout(high), wholeMost - (least - low));
  }
  narrow(whole, least, most);
  return isNarrower;
};

/** Hidden figures that can only be one number, because none is below its least: bounds are drawn together until none moves. */
export const boundsOf = function* (sums: readonly Sum[], supposed: ReadonlyMap<string, Supposed>): Steps<string[]> {
  const bounds = new Map(
    [...supposed].map(([cell, one]): [string, Bounds] => [
      cell,
      'is' in one ? { least: one.is, most: one.is } : { least: one.least, most: Infinity },
    ]),
  );
  for (let rounds = 0, isMoving = true; isMoving && rounds < MOST_ROUNDS; rounds += 1) {
    isMoving = false;
    for (const sum of sums) {
      if (narrowed(sum, bounds)) isMoving = true;
      yield;
    }
  }
  return [...bounds].flatMap(([cell, { least, most }]) =>
    least === most && !('is' in (supposed.get(cell) as Supposed)) ? [cell] : [],
  );
};
