import { boundsOf, type Supposed } from './bounds';
import { Effort } from './equations';
import { solvable } from './solvable';
import type { Steps } from './steps';
import { SMALL_CELL, type Sum } from './sums';
import { NOW, Table, type Figures, type Known } from './table';

export type { Figures, Hidden, Known } from './table';

const isSmall = (count: number): boolean => count > 0 && count < SMALL_CELL;

/** Coefficients changed; a minute or less of one core. */
const MOST_EFFORT = 300_000_000;

const never = (): boolean => false;
const NOTHING: Known = { hidden: new Map(), isOver: never };

/**
 * From so many on, a figure that was hidden may be shown while its period runs: eleven more than can have been hidden for being small.
 * A ten that becomes eleven, while its total grows by one, was ten.
 */
const SHOWN_AGAIN = 2 * SMALL_CELL;

/**
 * The figure of these that is still shown and costs the reader least: the smallest, and never zero.
 * To hide what has been hidden since some week it must have been hidden as long: what has been shown since protects nothing.
 */
const leastShown = (table: Table, cells: readonly string[], since: string): string | undefined => {
  let least: string | undefined;
  for (const cell of cells) {
    if (!table.mayCover(cell, since)) continue;
    if (least === undefined || table.countOf(cell) < table.countOf(least)) least = cell;
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
 * Whether so many people are too few to be hidden in so many parts, of which some are known to be one at least: whatever those of the others
 * are, ten may be in each.
 */
const areFew = (things: readonly number[], sure: number): boolean => {
  const all = things.reduce((sum, one) => sum + one, 0);
  const others = sure < things.length ? sure : sure - 1;
  return things.length === 1 || all < SMALL_CELL || all - others < SMALL_CELL - 1;
};

/**
 * Whether the sum tells something to whoever knows all that has come in since this week: one hidden figure is the difference of the
 * others, or of those that are not zero; and a total that they know says of its hidden parts how small each is at most.
 */
const tells = (table: Table, { total, parts }: Sum, since: string): boolean => {
  const isUnknown = (cell: string): boolean => table.unknown.has(cell) && table.sinceOf(cell) <= since;
  const unknown = parts.filter(isUnknown);
  const isCovering = (cell: string): boolean => table.covering.has(cell) && table.coversSinceOf(cell) <= since;
  const covering = unknown.filter(isCovering);
  if (isUnknown(total)) return unknown.length === 0 || (covering.length === 0 && isCovering(total));
  const things = covering.map((part) => table.thingsOf(part));
  const sure = covering.filter((part) => !table.maybeZero.has(part));
  return unknown.length === 1 || (covering.length > 0 && areFew(things, sure.length));
};

/** Weeks since which figures of the sum are hidden, the oldest first; and for whoever sees this edition alone, now. */
const weeksOf = (table: Table, { total, parts }: Sum): Set<string> => {
  const unknown = [total, ...parts].filter((cell) => table.unknown.has(cell));
  const weeks = unknown.flatMap((cell) => [table.sinceOf(cell), table.coversSinceOf(cell)]);
  return new Set([...weeks.sort(), NOW]);
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
  const near = new Set<string>();
  for (const cell of cells) {
    if (!table.sumsOf(cell).some((sum) => hideMore(table, sum, since))) near.add(cell);
    yield;
  }
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
const atLast: Since = () => NOW;

/** For each figure that is told, by its week, one more; false where there is none. */
const hideFor = function* (table: Table, cells: Iterable<string>, since: Since): Steps<boolean> {
  const told = new Map<string, string[]>();
  for (const cell of cells) {
    told.set(since(cell), told.get(since(cell)) ?? []);
    told.get(since(cell))?.push(cell);
    yield;
  }
  const before = table.hidden.size;
  for (const [week, own] of told) yield* hideNear(table, own, week);
  return table.hidden.size > before;
};

/** What somebody knows who sees this edition alone and knows that nothing hides behind a zero: what is hidden is one at least. */
const toldToReaders = function* ({ figures: { counts, sums }, hidden, covering, maybeZero }: Table): Steps<string[]> {
  const isOpen = ({ total, parts }: Sum): boolean => hidden.has(total) || parts.some((part) => hidden.has(part));
  const supposedOf = (cell: string, is: number): Supposed => {
    if (covering.has(cell) && !maybeZero.has(cell)) return { least: 1 };
    return hidden.has(cell) ? { least: 0 } : { is };
  };
  return yield* boundsOf(sums.filter(isOpen), new Map([...counts].map(([cell, is]) => [cell, supposedOf(cell, is)])));
};

/** Bounds tell in chains: once an eighth of what they tell is helped, so is most of the rest. */
const BOUNDS_AT_ONCE = 8;

/** For each figure that several sums together tell, one more: hidden zeros being known, and where that tells others, being hidden. */
const hideBySeveralSums = function* (table: Table, isByAge: boolean, effort: Effort): Steps<boolean> {
  const { figures, unknown, covering } = table;
  const by = (since: Since): Since => (isByAge ? since : atLast);
  const toldOf = (cells: ReadonlySet<string>, since: Since): Steps<ReadonlySet<string>> =>
    solvable(figures.sums, cells, { since, effort });
  const told = yield* toldOf(covering, by(table.coversSinceOf));
  if (yield* hideFor(table, told, by(table.coversSinceOf))) return true;
  const since = by(table.sinceOf);
  if (table.hasZeros && (yield* hideFor(table, yield* toldOf(unknown, since), since))) return true;
  // What has nothing as old to hide behind is hidden at least from whoever sees this edition alone.
  if (told.size > 0 && (yield* hideFor(table, yield* toldOf(covering, atLast), atLast))) return true;
  const bounded = (yield* toldToReaders(table)).filter((cell) => unknown.has(cell));
  return yield* hideFor(table, bounded.slice(0, Math.ceil(bounded.length / BOUNDS_AT_ONCE)), atLast);
};

/** What is hidden already, and what hides it; null where that is more than is worked out. */
const hiddenWith = function* (table: Table, isByAge: boolean, most: number): Steps<ReadonlySet<string> | null> {
  const effort = new Effort(most);
  do yield* hideByOneSum(table);
  while ((yield* hideBySeveralSums(table, isByAge, effort)) && !effort.isSpent);
  if (effort.isSpent) return null;
  table.showDecoys(yield* solvable(table.figures.sums, table.hidden, { effort }));
  return table.hidden;
};

/**
 * Which cells are not published: the small ones, and as many more as it takes that none of the hidden ones follows from what is
 * shown, by whichever sums and differences. `sums` must be all that hold between the cells: what a reader cannot ask for they
 * cannot subtract.
 *
 * No figure is hidden behind a zero. So what is hidden could be one more as well as one less while every sum holds and none falls
 * below zero: bounds tell as little of it as differences. To whoever therefore takes each for one at least, bounds tell none of
 * this edition either: they are drawn as far as they go, and one more is hidden for each figure that they tell. Where the year of a
 * measure in a county is hidden, the zeros of that row are too, as decoys: they cover nothing, but nobody can take what stands beside
 * them for one at least.
 *
 * After earlier editions, what has been hidden since any of them is hidden behind figures that have been hidden since then, and were
 * never zero: whoever knows all that came in since knows each figure that any of these editions shows, for all of them, and finds
 * none of it.
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
  const byAge = yield* hiddenWith(opening, true, most);
  if (byAge) return byAge;
  const closed = new Table(figures, known, [...before, ...small]);
  return (yield* hiddenWith(closed, false, most)) ?? new Set(figures.things.keys());
};
