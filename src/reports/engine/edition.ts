import type { BaseCount, Lattice } from './lattice';
import { NOW, standing, type Hidden } from './table';

/**
 * Keys of hidden figures, by the week since which each has been hidden in every edition. With a second week after a stroke: since when
 * it has not been zero; `zero`: it is.
 */
export type HiddenSince = Readonly<Record<string, readonly string[]>>;

/** What is published of one book and year for one week: the same for whoever asks. */
export interface Edition {
  /** The Monday on which the week begins, Eastern time. */
  readonly week: string;
  readonly countedAt: Date;
  readonly counts: readonly BaseCount[];
  readonly hidden: HiddenSince;
}

/** How each hidden figure stands, by its key. */
export const standingsOf = (hidden: HiddenSince): ReadonlyMap<string, Hidden> =>
  new Map(
    Object.entries(hidden).flatMap(([weeks, keys]) => {
      const [since, coversSince = since] = weeks.split('/') as [string, string?];
      return keys.map((key): [string, Hidden] => [key, { since, coversSince }]);
    }),
  );

/** What the edition of a week hides, after the one before it. */
export const hiddenSince = (
  week: string,
  lattice: Pick<Lattice, 'hiddenKeys' | 'thingsOf'>,
  before: HiddenSince,
): HiddenSince => {
  const standings = standingsOf(before);
  const hidden: Record<string, string[]> = {};
  for (const key of lattice.hiddenKeys) {
    const { since, coversSince } = standing(standings.get(key), lattice.thingsOf(key));
    const weeks = new Set([since, coversSince].map((one) => (one === NOW ? week : one)));
    (hidden[[...weeks].join('/')] ??= []).push(key);
  }
  return hidden;
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

/** The last month of what a figure is of; a group is of the whole year. Keys are `measure|place|period or group`. */
const lastMonthOf = (cell: string): number => {
  const of = cell.split('|')[2] as string;
  const number = Number(of.slice(1));
  if (/^M\d\d$/.test(of)) return number;
  return /^Q\d$/.test(of) ? 3 * number : 12;
};

/** Whether the period of a figure is over, late reports included. */
export const isOverBy =
  (year: number, asOf: Date) =>
  (cell: string): boolean =>
    Date.UTC(year, lastMonthOf(cell), 1) + LATE_MS <= asOf.getTime();
