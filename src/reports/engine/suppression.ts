import { Effort } from './equations';
import { solvable } from './solvable';
import type { Steps } from './steps';
import { SMALL_CELL, type Sum } from './sums';
import { NOW, Table, type Figures, type Known } from './table';

export type { Figures, Known } from './table';

const isSmall = (count: number): boolean => count > 0 && count < SMALL_CELL;

/** Coefficients changed; a minute or less of one core. */
const MOST_EFFORT = 300_000_000;

const never = (): boolean => false;
const NOTHING: Known = { hidden: new Map(), isOver: never, isSurelyZero: never };

/**
 * From so many on, a figure that was hidden may be shown while its period runs: eleven more than can have been hidden for being small.
 * A ten that becomes eleven, while its total grows by one, was ten.
 */
const SHOWN_AGAIN = 2 * SMALL_CELL;

/**
 * The figure of these that is still shown and costs the reader least: the smallest, zero last, and never what anybody knows to be zero.
 * To hide what has been hidden since some week it must have been hidden as long: what has been shown since protects nothing.
 */
const leastShown = (table: Table, cells: readonly string[], since: string): string | undefined => {
  const weight = (cell: string): number => table.countOf(cell) || Infinity;
  let least: string | undefined;
  for (const cell of cells) {
    if (!table.mayCover(cell, since)) continue;
    if (least === undefined || weight(cell) < weight(least)) least = cell;
  }
  return least;
};

/** Hides one more figure of the sum; false where all of it that was hidden by then is hidden. */
const hideMore = (table: Table, { total, parts }: Sum, since: string): boolean => {
  const more = leastShown(table, parts, since) ?? leastShown(table, [total], since);
  if (more !== undefined) table.hide(more);
  return more !== undefined;
};

/**
 * Whether the sum tells something to whoever knows all that has come in since this week: one hidden figure is the difference of the
 * others; and a total that they know says of its hidden parts how small each is at most. As a rule none of those is zero, so that all but
 * two are counted as one less: eleven hidden parts of eleven are one each.
 */
const tells = (table: Table, { total, parts }: Sum, since: string): boolean => {
  const isUnknown = (cell: string): boolean => table.hidden.has(cell) && table.sinceOf(cell) <= since;
  const unknown = parts.filter(isUnknown);
  if (isUnknown(total)) return unknown.length === 0;
  const things = unknown.reduce((sum, part) => sum + table.thingsOf(part), 0);
  return unknown.length === 1 || (unknown.length > 1 && things - (unknown.length - 2) < SMALL_CELL);
};

/** Weeks since which figures of the sum are hidden, the oldest first. */
const weeksOf = (table: Table, { total, parts }: Sum): string[] => {
  const weeks = new Set<string>();
  for (const cell of [total, ...parts]) if (table.hidden.has(cell)) weeks.add(table.sinceOf(cell));
  return [...weeks].sort();
};

/** Until the sum by itself tells none of its hidden figures, to whoever knows what came in since any week. */
const hideInSum = (table: Table, sum: Sum): void => {
  for (const week of weeksOf(table, sum)) while (tells(table, sum, week) && hideMore(table, sum, week));
};

/** The same of all sums. */
const hideByOneSum = function* (table: Table): Steps<void> {
  for (const sum of table.touched()) {
    hideInSum(table, sum);
    yield;
  }
};

/** One more in a sum that any of the figures is part of; where those have nothing left, in the next that hang together with them. */
const hideNear = function* (table: Table, cells: readonly string[], since: string): Steps<void> {
  const near = new Set(cells.filter((cell) => !table.sumsOf(cell).some((sum) => hideMore(table, sum, since))));
  let missing = near.size;
  const looked = new Set<Sum>();
  for (const one of near) {
    const sums = table.sumsOf(one).filter((sum) => !looked.has(sum));
    for (const sum of sums) {
      looked.add(sum);
      if (hideMore(table, sum, since)) missing -= 1;
      if (missing === 0) return;
      [sum.total, ...sum.parts].filter((next) => table.hidden.has(next)).forEach((next) => near.add(next));
    }
    yield;
  }
};

type Since = (cell: string) => string;

/**
 * For each figure that several sums together tell, one more. A zero that hides nothing, because it is told itself, is shown again instead: whoever
 * can tell it learns nothing by that, and to hide it would take all that it hangs together with.
 */
const hideBySeveralSums = function* (table: Table, since: Since, effort: Effort): Steps<boolean> {
  const told = new Map<string, string[]>();
  let isMore = false;
  for (const cell of yield* solvable(table.figures.sums, table.hidden, { since, effort })) {
    const week = table.sinceOf(cell);
    if (week === NOW && table.countOf(cell) === 0) {
      table.show(cell);
      isMore = true;
    } else told.set(week, [...(told.get(week) ?? []), cell]);
  }
  const before = table.hidden.size;
  for (const [week, cells] of told) yield* hideNear(table, cells, week);
  return isMore || table.hidden.size > before;
};

/** What is hidden already, and what hides it; null where that is more than is worked out. */
const hiddenWith = function* (table: Table, since: Since, most: number): Steps<ReadonlySet<string> | null> {
  const effort = new Effort(most);
  do yield* hideByOneSum(table);
  while ((yield* hideBySeveralSums(table, since, effort)) && !effort.isSpent);
  return effort.isSpent ? null : table.hidden;
};

/**
 * Which cells are not published: the small ones, and as many more as it takes that none of the hidden ones follows from what is
 * shown, by whichever sums and differences. `sums` must be all that hold between the cells: what a reader cannot ask for they
 * cannot subtract.
 *
 * After earlier editions, what has been hidden since any of them is hidden behind figures that have been hidden since then: whoever
 * knows all that came in since knows each figure that any of these editions shows, for all of them, and finds none of it.
 *
 * Where that is more than `most` to work out, nothing opens: then what hid the old figures still does, and only the new ones are to be
 * hidden. Where even that is too much, nothing is shown.
 */
export const suppressed = function* (
  figures: Figures,
  known: Known = NOTHING,
  most = MOST_EFFORT,
): Steps<ReadonlySet<string>> {
  const mayNotShow = (cell: string): boolean =>
    known.isOver(cell) || (figures.things.get(cell) as number) < SHOWN_AGAIN;
  const small = [...figures.things].flatMap(([cell, things]) => (isSmall(things) ? [cell] : []));
  const before = [...known.hidden.keys()].filter((cell) => figures.things.has(cell));
  const opening = new Table(figures, known, [...before.filter(mayNotShow), ...small]);
  const byAge = yield* hiddenWith(opening, (cell) => opening.sinceOf(cell), most);
  if (byAge) return byAge;
  const closed = new Table(figures, known, [...before, ...small]);
  return (yield* hiddenWith(closed, () => NOW, most)) ?? new Set(figures.things.keys());
};
