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

/** What an earlier edition of the same figures hid. */
export interface Earlier {
  readonly hidden: ReadonlySet<string>;
  /** Of a period that is over: what was hidden of it stays so, however it grows. */
  readonly isOver: (cell: string) => boolean;
}

const NOTHING: Earlier = { hidden: new Set(), isOver: () => true };

/**
 * From so many on, a figure that was hidden may be shown while its period runs: eleven more than can have been hidden for being small.
 * A ten that becomes eleven, while its total grows by one, was ten.
 */
const SHOWN_AGAIN = 2 * SMALL_CELL;

interface Table extends Figures {
  readonly hidden: Set<string>;
  readonly earlier: Earlier;
  readonly mayHide: (cell: string) => boolean;
}

/** Every cell of a sum has a count: a report counts all it may show. */
const countOf = ({ counts }: Table, cell: string): number => counts.get(cell) as number;
const thingsOf = ({ things }: Table, cell: string): number => things.get(cell) as number;

/**
 * The figure of these that is still shown and costs the reader least: one that was hidden before, because what has been shown protects
 * nothing; else the smallest, zero last.
 */
const leastShown = (table: Table, cells: readonly string[]): string | undefined => {
  const weight = (cell: string): number => (table.earlier.hidden.has(cell) ? -1 : countOf(table, cell) || Infinity);
  return cells
    .filter((cell) => !table.hidden.has(cell) && table.mayHide(cell))
    .sort((one, other) => weight(one) - weight(other))[0];
};

/** A sum that is shown whose hidden parts come to less than a small cell says that each of them is small, and how small at most. */
const tellsLittleSum = (table: Table, { total, parts }: Sum): boolean => {
  if (table.hidden.has(total)) return false;
  const hidden = parts.filter((part) => table.hidden.has(part));
  return hidden.length > 0 && hidden.reduce((sum, part) => sum + thingsOf(table, part), 0) < SMALL_CELL;
};

/** Hides one more figure of the sum; false where all of it is hidden already. */
const hideMore = (table: Table, { total, parts }: Sum): boolean => {
  const more = leastShown(table, parts) ?? leastShown(table, [total]);
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

const hideUntilNothingFollows = function* (table: Table): Steps<void> {
  do yield* hideByOneSum(table);
  while (yield* hideBySeveralSums(table));
};

/**
 * Which cells are not published: the small ones, and as many more as it takes that none of the hidden ones follows from what is
 * shown, by whichever sums and differences. `sums` must be all that hold between the cells: what a reader cannot ask for they
 * cannot subtract.
 *
 * After an earlier edition, what it hid and this one still hides is first hidden by itself, behind figures that were hidden both times:
 * whoever knows all that came in between, and so each figure that either edition shows, finds none of it.
 */
export const suppressed = function* (figures: Figures, earlier: Earlier = NOTHING): Steps<ReadonlySet<string>> {
  const small = [...figures.things].flatMap(([cell, things]) => (isSmall(things) ? [cell] : []));
  const mayNotShow = (cell: string): boolean =>
    earlier.isOver(cell) || (figures.things.get(cell) as number) < SHOWN_AGAIN;
  const kept = [...earlier.hidden].filter((cell) => figures.things.has(cell) && mayNotShow(cell));
  const hidden = new Set([...kept, ...small]);
  for (let before = -1; before < hidden.size;) {
    before = hidden.size;
    const both = new Set([...hidden].filter((cell) => earlier.hidden.has(cell)));
    yield* hideUntilNothingFollows({ ...figures, hidden: both, earlier, mayHide: (cell) => earlier.hidden.has(cell) });
    for (const cell of both) hidden.add(cell);
    yield* hideUntilNothingFollows({ ...figures, hidden, earlier, mayHide: () => true });
  }
  return hidden;
};
