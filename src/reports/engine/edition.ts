import type { BaseCount } from './lattice';

/** Keys of hidden figures, by the week since which each has been hidden in every edition. */
export type HiddenSince = Readonly<Record<string, readonly string[]>>;

/** What is published of one book and year for one week: the same for whoever asks. */
export interface Edition {
  /** The Monday on which the week begins, Eastern time. */
  readonly week: string;
  readonly countedAt: Date;
  readonly counts: readonly BaseCount[];
  readonly hidden: HiddenSince;
}

/** The week of each hidden figure, by its key. */
export const weeksOf = (hidden: HiddenSince): ReadonlyMap<string, string> =>
  new Map(Object.entries(hidden).flatMap(([week, keys]) => keys.map((key): [string, string] => [key, week])));

/** What the edition of a week hides, after the one before it. */
export const hiddenSince = (week: string, keys: readonly string[], before: HiddenSince): HiddenSince => {
  const weeks = weeksOf(before);
  const since: Record<string, string[]> = {};
  for (const key of keys) (since[weeks.get(key) ?? week] ??= []).push(key);
  return since;
};

const nameOf = ({ measure, countyFips, month, group }: BaseCount): string =>
  [measure, countyFips, month, group?.dimension, group?.value].join('|');

/**
 * The counts, with a zero for what was counted before and is no more. A county whose reports were all taken back keeps its figures: if
 * they were gone, they would be shown as zero, and what they were hidden with would tell what they had been.
 */
export const withZeros = (counts: readonly BaseCount[], before: readonly BaseCount[]): BaseCount[] => {
  const counted = new Set(counts.map(nameOf));
  const gone = before.filter((one) => !counted.has(nameOf(one)));
  return [...counts, ...gone.map((one) => ({ ...one, count: 0, things: 0 }))];
};

/** For so long after its end a period still fills up: late reports are ordinary. */
const LATE_MS = 31 * 86_400_000;
/** A day of Eastern time begins so long after that of Greenwich, in winter. */
const EASTERN_MS = 5 * 3_600_000;

/** First and last month of what a figure is of; a group is of the whole year. Keys are `measure|place|period or group`. */
const monthsOf = (cell: string): readonly [first: number, last: number] => {
  const of = cell.split('|')[2] as string;
  const number = Number(of.slice(1));
  if (/^M\d\d$/.test(of)) return [number, number];
  return /^Q\d$/.test(of) ? [3 * number - 2, 3 * number] : [1, 12];
};

/** Whether the period of a figure is over, late reports included. */
export const isOverBy =
  (year: number, asOf: Date) =>
  (cell: string): boolean =>
    Date.UTC(year, monthsOf(cell)[1], 1) + LATE_MS <= asOf.getTime();

/** Whether the period of a figure has yet to begin: anybody knows that it is zero. */
export const isToComeBy =
  (year: number, asOf: Date) =>
  (cell: string): boolean =>
    Date.UTC(year, monthsOf(cell)[0] - 1, 1) + EASTERN_MS > asOf.getTime();
