import { atOnce } from './at-once.fixture';
import { solvable } from './solvable';
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
  const unbounded = each.filter((one) => one.most === Infinity).length;
  const bounded = each.reduce((sum, one) => sum + (one.most === Infinity ? 0 : one.most), 0);
  /** Of all parts but one. Infinity less itself is no number. */
  const mostOfOthers = (high: number): number => {
    if (unbounded > (high === Infinity ? 1 : 0)) return Infinity;
    return high === Infinity ? bounded : bounded - high;
  };
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
    narrow(one, wholeLeast - mostOfOthers(high), wholeMost - (least - low));
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

/** One edition to whoever attacks it: all sums they know of, and what each figure is in truth; `null`: so they are not told. */
export interface Seen {
  readonly sums: readonly Sum[];
  readonly counts: ReadonlyMap<string, number>;
  readonly isHidden: (cell: string) => boolean;
}

/** Bounds tell figures still (`docs/reports.md`, Limits): looked for in a thorough run only. */
export const isThorough = process.env['HANDRAIL_THOROUGH'] === '1';

const nameOf = ({ total, parts }: Sum): string => [total, ...parts].join();

/**
 * What follows from all these editions for whoever knows everything that came in between: they know each figure that any of them shows
 * for all of them. What is left is unknown in every one; no count is below zero. What is zero all the same tells of nobody.
 */
export const toldByAll = (editions: readonly Seen[], isSurelyZero: (cell: string) => boolean): string[] => {
  const last = editions.at(-1) as Seen;
  const isUnknown = (cell: string): boolean => !isSurelyZero(cell) && editions.every((one) => one.isHidden(cell));
  const left = new Set([...last.counts.keys()].filter(isUnknown));
  const open = editions.map(({ sums, counts }) => ({
    sums: sums.filter(({ total, parts }) => left.has(total) || parts.some((part) => left.has(part))),
    counts,
  }));
  const all = new Map(open.flatMap(({ sums }) => sums.map((sum) => [nameOf(sum), sum])));
  const bounded = open.flatMap(({ sums, counts }) => {
    const cells = new Set(sums.flatMap(({ total, parts }) => [total, ...parts]));
    return boundsOf(sums, new Map([...cells].map((cell) => [cell, left.has(cell) ? null : (counts.get(cell) ?? 0)])));
  });
  return [...atOnce(solvable([...all.values()], left)), ...(isThorough ? bounded : [])].filter(
    (cell) => last.counts.get(cell) !== 0,
  );
};

/** By all editions from any of them to any later one. */
export const toldByAny = (editions: readonly Seen[], isSurelyZero = (_cell: string) => false): string[] =>
  editions.flatMap((_, from) =>
    editions.slice(from).flatMap((_last, more) => toldByAll(editions.slice(from, from + more + 1), isSurelyZero)),
  );
