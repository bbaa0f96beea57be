import type { Sum } from './sums';

/** The one figure of a sum that is not known; null: none, or several. */
export const onlyUnknown = ({ total, parts }: Sum, known: ReadonlyMap<string, number>): string | null => {
  let left = known.has(total) ? null : total;
  for (const part of parts) {
    if (known.has(part)) continue;
    if (left !== null) return null;
    left = part;
  }
  return left;
};

interface Bounds {
  least: number;
  most: number;
}

const narrowed = ({ total, parts }: Sum, bounds: ReadonlyMap<string, Bounds>): boolean => {
  const whole = bounds.get(total) as Bounds;
  const each = parts.map((part) => bounds.get(part) as Bounds);
  const least = each.reduce((sum, one) => sum + one.least, 0);
  const most = each.reduce((sum, one) => sum + one.most, 0);
  let isNarrower = false;
  const narrow = (one: Bounds, from: number, until: number): void => {
    if (from <= one.least && until >= one.most) return;
    one.least = Math.max(one.least, from);
    one.most = Math.min(one.most, until);
    isNarrower = true;
  };
  const [wholeLeast, wholeMost] = [whole.least, whole.most];
  for (const one of each) {
    const [low, high] = [one.least, one.most];
    narrow(one, wholeLeast - (most - high), wholeMost - (least - low));
  }
  narrow(whole, least, most);
  return isNarrower;
};

/** Hidden figures that can only be one number, because no count is below zero. `null`: hidden. */
export const boundsOf = (sums: readonly Sum[], known: ReadonlyMap<string, number | null>): string[] => {
  const bounds = new Map(
    [...known].map(([cell, figure]): [string, Bounds] => [
      cell,
      figure === null ? { least: 0, most: Infinity } : { least: figure, most: figure },
    ]),
  );
  for (let rounds = 0, isMoving = true; isMoving && rounds < 50; rounds += 1) {
    isMoving = false;
    for (const sum of sums) if (narrowed(sum, bounds)) isMoving = true;
  }
  return [...bounds].flatMap(([cell, { least, most }]) => (known.get(cell) === null && least === most ? [cell] : []));
};
