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

/** What earlier editions of the same figures hid, and what anybody knows without them. */
export interface Known {
  /** What the last edition hides, by the week since which each figure has been hidden in every one. */
  readonly hidden: ReadonlyMap<string, string>;
  /** Of a period that is over: what was hidden of it stays so, however it grows. */
  readonly isOver: (cell: string) => boolean;
  /** Zero whatever happens, as a month to come or who was referred and never referred: to hide it hides nothing. */
  readonly isSurelyZero: (cell: string) => boolean;
}

const NOTHING: Known = { hidden: new Map(), isOver: () => true, isSurelyZero: () => false };

/**
 * From so many on, a figure that was hidden may be shown while its period runs: eleven more than can have been hidden for being small.
 * A ten that becomes eleven, while its total grows by one, was ten.
 */
const SHOWN_AGAIN = 2 * SMALL_CELL;

interface Table extends Figures {
  readonly hidden: Set<string>;
  readonly known: Known;
}

/** Later than any week. */
const NOW = 'now';
const sinceOf = ({ known }: Table, cell: string): string => known.hidden.get(cell) ?? NOW;

/** Every cell of a sum has a count: a report counts all it may show. */
const countOf = ({ counts }: Table, cell: string): number => counts.get(cell) as number;
const thingsOf = ({ things }: Table, cell: string): number => things.get(cell) as number;

const isSurelyZero = (table: Table, cell: string): boolean =>
  countOf(table, cell) === 0 && table.known.isSurelyZero(cell);

/**
 * The figure of these that is still shown and costs the reader least: the smallest, zero last, and never what anybody knows to be zero.
 * To hide what has been hidden since some week it must have been hidden as long: what has been shown since protects nothing.
 */
const leastShown = (table: Table, cells: readonly string[], since: string): string | undefined => {
  const weight = (cell: string): number => countOf(table, cell) || Infinity;
  return cells
    .filter((cell) => !table.hidden.has(cell) && sinceOf(table, cell) <= since && !isSurelyZero(table, cell))
    .sort((one, other) => weight(one) - weight(other))[0];
};

/** Hides one more figure of the sum; false where all of it that was hidden by then is hidden. */
const hideMore = (table: Table, { total, parts }: Sum, since: string): boolean => {
  const more = leastShown(table, parts, since) ?? leastShown(table, [total], since);
  if (more === undefined) return false;
  table.hidden.add(more);
  return true;
};

/**
 * Whether the sum tells something to whoever knows all that has come in since this week: one hidden figure is the difference of the
 * others; and a total that they know says of its hidden parts how small each is at most. As a rule none of those is zero, so that all but
 * two are counted as one less: eleven hidden parts of eleven are one each.
 */
const tells = (table: Table, { total, parts }: Sum, since: string): boolean => {
  const isUnknown = (cell: string): boolean => table.hidden.has(cell) && sinceOf(table, cell) <= since;
  const unknown = parts.filter(isUnknown);
  if (isUnknown(total)) return unknown.length === 0;
  const things = unknown.reduce((sum, part) => sum + thingsOf(table, part), 0);
  return unknown.length === 1 || (unknown.length > 1 && things - (unknown.length - 2) < SMALL_CELL);
};

/** Weeks since which figures of the sum are hidden, the oldest first. */
const weeksOf = (table: Table, { total, parts }: Sum): string[] => {
  const weeks = new Set<string>();
  for (const cell of [total, ...parts]) if (table.hidden.has(cell)) weeks.add(sinceOf(table, cell));
  return [...weeks].sort();
};

/** Until the sum by itself tells none of its hidden figures, to whoever knows what came in since any week. */
const hideInSum = (table: Table, sum: Sum): void => {
  for (const week of weeksOf(table, sum)) while (tells(table, sum, week) && hideMore(table, sum, week));
};

/** The same of all sums. */
const hideByOneSum = function* (table: Table): Steps<void> {
  for (let before = -1; before < table.hidden.size;) {
    before = table.hidden.size;
    for (const sum of table.sums) {
      hideInSum(table, sum);
      yield;
    }
  }
};

/** One more in a sum that the figure is part of; where those have nothing left, in the next that hang together with them. */
const hideNear = function* (table: Table, cell: string): Steps<void> {
  const since = sinceOf(table, cell);
  const near = new Set([cell]);
  for (let before = 0; before < near.size;) {
    before = near.size;
    const sums = table.sums.filter(({ total, parts }) => near.has(total) || parts.some((part) => near.has(part)));
    if (sums.some((sum) => hideMore(table, sum, since))) return;
    for (const one of sums.flatMap(({ total, parts }) => [total, ...parts])) if (table.hidden.has(one)) near.add(one);
    yield;
  }
};

/** For each figure that several sums together tell, one more. */
const hideBySeveralSums = function* (table: Table): Steps<boolean> {
  const before = table.hidden.size;
  for (const cell of yield* solvable(table.sums, table.hidden, (one) => sinceOf(table, one))) {
    yield* hideNear(table, cell);
    yield;
  }
  return table.hidden.size > before;
};

/**
 * Which cells are not published: the small ones, and as many more as it takes that none of the hidden ones follows from what is
 * shown, by whichever sums and differences. `sums` must be all that hold between the cells: what a reader cannot ask for they
 * cannot subtract.
 *
 * After earlier editions, what has been hidden since any of them is hidden behind figures that have been hidden since then: whoever
 * knows all that came in since knows each figure that any of these editions shows, for all of them, and finds none of it.
 */
export const suppressed = function* (figures: Figures, known: Known = NOTHING): Steps<ReadonlySet<string>> {
  const small = [...figures.things].flatMap(([cell, things]) => (isSmall(things) ? [cell] : []));
  const mayNotShow = (cell: string): boolean =>
    known.isOver(cell) || (figures.things.get(cell) as number) < SHOWN_AGAIN;
  const kept = [...known.hidden.keys()].filter((cell) => figures.things.has(cell) && mayNotShow(cell));
  const table: Table = { ...figures, hidden: new Set([...kept, ...small]), known };
  do yield* hideByOneSum(table);
  while (yield* hideBySeveralSums(table));
  return table.hidden;
};
