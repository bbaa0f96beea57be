/** Where a row stands on the roster of a program. */
export interface RosterPlace {
  readonly id: string;
  /** On which it is due, `YYYY-MM-DD`, by the calendar of the program. */
  readonly day: string;
  /** How much the overdoses of the person say about the danger they are in. */
  readonly points: number;
  /** RFC 3339 in UTC with microseconds, so that the order of texts is the order of time. */
  readonly dueAt: string;
}

const byText = (a: string, b: string): number => Number(a > b) - Number(a < b);

const inOrder = (a: RosterPlace, b: RosterPlace): number =>
  byText(a.day, b.day) || b.points - a.points || byText(a.dueAt, b.dueAt) || byText(a.id, b.id);

/** What follows on a roster: a day is kept for everybody on it, and within one those in most danger are first. */
export const nextOnRoster = <Row extends RosterPlace>(
  rows: readonly Row[],
  after: RosterPlace | null,
  limit: number,
): Row[] =>
  rows
    .filter((row) => after === null || inOrder(after, row) < 0)
    .sort(inOrder)
    .slice(0, limit);
