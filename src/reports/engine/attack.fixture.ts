import { atOnce } from './at-once.fixture';
import { boundsOf, type Supposed } from './bounds';
import { EVERYWHERE } from './lattice';
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

/** One edition to whoever attacks it: all sums they know of, and what each figure is in truth; `null`: so they are not told. */
export interface Seen {
  readonly sums: readonly Sum[];
  readonly counts: ReadonlyMap<string, number>;
  readonly isHidden: (cell: string) => boolean;
}

export const isThorough = process.env['HANDRAIL_THOROUGH'] === '1';

const nameOf = ({ total, parts }: Sum): string => [total, ...parts].join();

/** What is left to find of a run of editions: figures that all of them hide, and sums that say something of these. */
class Open {
  readonly last: Seen;
  readonly hidden: ReadonlySet<string>;

  constructor(readonly editions: readonly Seen[]) {
    this.last = editions.at(-1) as Seen;
    this.hidden = new Set([...this.last.counts.keys()].filter((cell) => editions.every((one) => one.isHidden(cell))));
  }

  /** How many of it came before all that was seen to come or go: where there were none, to find it tells of nobody. */
  unseen(cell: string): number {
    return Math.min(...this.editions.map(({ counts }) => counts.get(cell) ?? 0));
  }

  sums(of = this.editions): Sum[] {
    const isOpen = ({ total, parts }: Sum): boolean =>
      this.hidden.has(total) || parts.some((part) => this.hidden.has(part));
    return [...new Map(of.flatMap(({ sums }) => sums.filter(isOpen)).map((sum) => [nameOf(sum), sum])).values()];
  }
}

/**
 * How whoever knows all that came in or was taken back between editions finds figures: they know each that any of them shows for all of
 * them, and of the others by how much it has grown. What is left is unknown in every one.
 */
type Attack = (open: Open, isSurelyZero: (cell: string) => boolean) => string[];

/** By sums and differences of them. */
export const byDifferences: Attack = (open, isSurelyZero) => [
  ...atOnce(solvable(open.sums(), new Set([...open.hidden].filter((cell) => !isSurelyZero(cell))))),
];

/** No figure was ever below zero, so what came in since it was lowest is the least of it. */
export const byBounds: Attack = (open, isSurelyZero) => {
  const sums = open.sums([open.last]);
  const supposed = (cell: string): Supposed => {
    const count = open.last.counts.get(cell) ?? 0;
    return open.hidden.has(cell) && !isSurelyZero(cell) ? { least: count - open.unseen(cell) } : { is: count };
  };
  const cells = new Set(sums.flatMap(({ total, parts }) => [total, ...parts]));
  return atOnce(boundsOf(sums, new Map([...cells].map((cell) => [cell, supposed(cell)]))));
};

/**
 * What somebody supposes of a hidden figure who knows the rules: it is one at least, but where the year of its row is hidden, and with it the
 * zeros of the row.
 */
export const leastOf = (cell: string, isHidden: (cell: string) => boolean): number => {
  const [measure, place, of] = cell.split('|');
  return of !== 'Y' && place !== EVERYWHERE && isHidden([measure, place, 'Y'].join('|')) ? 0 : 1;
};

/** By that, of an edition by itself. */
export const bySupposing: Attack = (open, isSurelyZero) => {
  const { last, hidden } = open;
  const sums = open.sums([last]);
  const supposed = (cell: string): Supposed =>
    hidden.has(cell) && !isSurelyZero(cell)
      ? { least: Math.min(leastOf(cell, last.isHidden), last.counts.get(cell) ?? 0) }
      : { is: last.counts.get(cell) ?? 0 };
  const cells = new Set(sums.flatMap(({ total, parts }) => [total, ...parts]));
  return open.editions.length > 1
    ? []
    : atOnce(boundsOf(sums, new Map([...cells].map((cell) => [cell, supposed(cell)]))));
};

interface Attacker {
  /** Zero, as anybody can tell. */
  readonly isSurelyZero?: (cell: string) => boolean;
  readonly attacks?: readonly Attack[];
}

/** What is found by all editions from any of them to any later one. */
export const toldByAny = (
  editions: readonly Seen[],
  { isSurelyZero = () => false, attacks = [byDifferences, byBounds, bySupposing] }: Attacker = {},
): string[] =>
  editions.flatMap((_, from) =>
    editions.slice(from).flatMap((_last, more) => {
      const open = new Open(editions.slice(from, from + more + 1));
      return attacks.flatMap((attack) => attack(open, isSurelyZero)).filter((cell) => open.unseen(cell) > 0);
    }),
  );
