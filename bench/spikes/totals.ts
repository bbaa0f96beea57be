import type { Column } from './columns';
import { countIn, type CountRow } from './count-cells';
import type { Placed } from './day-ends';
import { grouped } from './grouped';
import { BadOption } from './options';

const TOTAL_NAMES = /total|overall|statewide|(^|[^a-z])(sum|all)([^a-z]|$)/i;
/** Parts of a total that are no places: it says more than they do. */
const NO_PLACES =
  /(^|[^a-z])(male|female|men|women|fatal|nonfatal|non|police|ems|fire|hospital|under|over|aged?|opioids?|heroin|fentanyl)([^a-z]|$)/i;
/** In so many of the rows a total is the sum of its parts: a slip or two is no reason to count everything twice. */
const LEAST_EXACT = 0.9;

export const isNamedTotal = (name: string): boolean => TOTAL_NAMES.test(name);

/** A column named as a total that is the sum of the others, if these may be places. */
export const totalAmong = (rows: readonly CountRow[], found: readonly Column[]): Column | undefined => {
  const total = found.find(({ name }) => isNamedTotal(name));
  const parts = found.filter((column) => column !== total);
  if (total === undefined || parts.length < 2 || parts.some(({ name }) => NO_PLACES.test(name))) return undefined;
  const valueOf = ({ cells }: CountRow, { position }: Column): number => countIn(cells[position] ?? '') ?? 0;
  const sums = rows.filter((row) => parts.reduce((sum, part) => sum + valueOf(row, part), 0) === valueOf(row, total));
  return sums.length >= LEAST_EXACT * rows.length ? total : undefined;
};

const RUNNING_ROWS = 20;
const RUNNING_RISES = 10;
/** Corrections make a running total fall now and then; the counts of days fall about as often as they rise. */
const FALLS_PER_RISE = 0.05;

/** Whether numbers in the order of time are all until then, of which a day’s own are the steps. Steps that are all the same number rows. */
export const isRunningTotal = (numbers: readonly number[]): boolean => {
  const steps = numbers.slice(1).map((number, index) => number - (numbers[index] as number));
  const rises = steps.filter((step) => step > 0).length;
  const falls = steps.filter((step) => step < 0).length;
  const isMany = numbers.length >= RUNNING_ROWS && rises >= RUNNING_RISES;
  return isMany && falls <= FALLS_PER_RISE * rises && new Set(steps).size > 1;
};

export const runningTotals = (names: readonly string[]): BadOption => {
  const columns = names.map((name) => `“${name}”`).join(', ');
  return new BadOption(
    'BAD_VALUE',
    `--count: ${columns} hardly ever falls at a place, so it holds running totals; give a column with the counts of each day (each row less the one before).`,
  );
};

/** Counts of a place that hold what came before them would each be counted again every day. */
export const refuseRunningTotals = (placed: readonly Placed[], names: readonly string[]): void => {
  const inOrder = placed.toSorted((one, other) => one.event.occurredAt - other.event.occurredAt);
  for (const rows of grouped(inOrder, ({ event }) => event.place).values()) {
    if (isRunningTotal(rows.map(({ times }) => times))) throw runningTotals(names);
  }
};
