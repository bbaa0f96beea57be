import type { BaseCount } from './lattice';

/** What is published of one book and year for one week: the same for whoever asks. */
export interface Edition {
  /** The Monday on which the week begins, Eastern time. */
  readonly week: string;
  readonly countedAt: Date;
  readonly counts: readonly BaseCount[];
  /** Keys of the figures that it hides. */
  readonly hidden: readonly string[];
}

/** For so long after its end a period still fills up: late reports are ordinary. */
const LATE_MS = 31 * 86_400_000;

/** The last month of a period; of a group, which is of the whole year, December. */
const lastMonthOf = (of: string): number => {
  if (/^M\d\d$/.test(of)) return Number(of.slice(1));
  return /^Q\d$/.test(of) ? 3 * Number(of.slice(1)) : 12;
};

/** Whether the period of a figure is over, late reports included. Keys are `measure|place|period or group`. */
export const isOverBy =
  (year: number, asOf: Date) =>
  (cell: string): boolean => {
    const of = cell.split('|')[2] as string;
    return Date.UTC(year, lastMonthOf(of), 1) + LATE_MS <= asOf.getTime();
  };
