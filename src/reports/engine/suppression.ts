import { solvable } from './solvable';
import type { Steps } from './steps';
import { SMALL_CELL, type Sum } from './sums';

const isSmall = (count: number): boolean => count > 0 && count < SMALL_CELL;

/** Figures with all the sums that hold between them. */
export interface Figures {
  readonly counts: ReadonlyMap<string, number>;
  /** How many people are behind each figure: fewer than it counts where one of them counts several times. */
  readonly things: ReadonlyMap<string, number>;
  readonly sums: readonly Sum[];
}

interface Table extends Figures {
  readonly hidden: Set<string>;
}

/** Every cell of a sum has a count: a report counts all it may show. */
const countOf = ({ counts }: Table, cell: string): number => counts.get(cell) as number;
const thingsOf = ({ things }: Table, cell: string): number => things.get(cell) as number;

/** The smallest figure of these that is still shown, zero last: hiding it costs the reader least. */
const leastShown = (table: Table, cells: readonly string[]): string | undefined => {
  const weight = (cell: string): number => countOf(table, cell) || Infinity;
  return cells.filter((cell) => !table.hidden.has(cell)).sort((one, other) => weight(one) - weight(other))[0];
};

/** A sum that is shown whose hidden parts come to less than a small cell says that each of them is small, and how small at most. */
const tellsLittleSum = (table: Table, { total, parts }: Sum): boolean => {
  if (table.hidden.has(total)) return false;
  const hidden = parts.filter((part) => table.hidden.has(part));
  return hidden.length > 0 && hidden.reduce((sum, part) => sum + thingsOf(table, part), 0) < SMALL_CELL;
};

/** Hides one more figure of the sum; false where all of it is hidden already. */
const hideMore = (table: Table, { total, parts }: Sum): boolean => {
  const more = leastShown(table, parts) ?? (table.hidden.has(total) ? undefined : total);
  if (more === undefined) return false;
  table.hidden.add(more);
  return true;
};

/** One hidden figure of a sum is the difference of the others. */
const standsAlone = ({ hidden }: Table, { total, parts }: Sum): boolean =>
  (hidden.has(total) ? 1 : 0) + parts.reduce((count, part) => count + (hidden.has(part) ? 1 : 0), 0) === 1;

/** Until no sum by itself tells one of its hidden figures. */
const hideByOneSum = function* (table: Table): Steps<void> {
  for (let before = -1; before < table.hidden.size;) {
    before = table.hidden.size;
    for (const sum of table.sums) {
      while ((standsAlone(table, sum) || tellsLittleSum(table, sum)) && hideMore(table, sum));
      yield;
    }
  }
};

/** For each figure that several sums together tell, one more in a sum that it is part of. */
const hideBySeveralSums = function* (table: Table): Steps<boolean> {
  const before = table.hidden.size;
  for (const cell of yield* solvable(table.sums, table.hidden)) {
    table.sums.find((one) => (one.total === cell || one.parts.includes(cell)) && hideMore(table, one));
    yield;
  }
  return table.hidden.size > before;
};

/**
 * Which cells are not published: the small ones, and as many more as it takes that none of the hidden ones follows from what is
 * shown, by whichever sums and differences. `sums` must be all that hold between the cells: what a reader cannot ask for they
 * cannot subtract.
 */
export const suppressed = function* (figures: Figures): Steps<ReadonlySet<string>> {
  const hidden = new Set([...figures.things].flatMap(([cell, things]) => (isSmall(things) ? [cell] : [])));
  const table: Table = { ...figures, hidden };
  do yield* hideByOneSum(table);
  while (yield* hideBySeveralSums(table));
  return hidden;
};
