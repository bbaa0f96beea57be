import type { Sum } from './sums';

/** Figures with all the sums that hold between them. */
export interface Figures {
  readonly counts: ReadonlyMap<string, number>;
  /** How many people are behind each figure: fewer than it counts where one of them counts several times. */
  readonly things: ReadonlyMap<string, number>;
  readonly sums: readonly Sum[];
  /** By the year of a measure in a county, what else there is of it there, but for what everybody knows to be zero. */
  readonly rows?: ReadonlyMap<string, readonly string[]>;
}

/** How a figure is hidden. */
export interface Hidden {
  /** The week since which it is in every edition. */
  readonly since: string;
  /** The week since which it is and has not been zero; `ZERO`: it is; `DECOY`: it was never anything else. */
  readonly coversSince: string;
}

/** What earlier editions of the same figures hid, and what anybody knows without them. */
export interface Known {
  /** What the last edition hides. */
  readonly hidden: ReadonlyMap<string, Hidden>;
  /** Of a period that is over: what was hidden of it stays so, however it grows. */
  readonly isOver: (cell: string) => boolean;
}

/** Later than any week. */
export const NOW = 'now';
export const ZERO = 'zero';
export const DECOY = 'zero always';

/**
 * How a figure of so many people stands that the last edition hid so. One that was none and has grown covers others anew, and one that was
 * never anything else is hidden anew: whoever saw it at none knows all that are in it.
 */
export const standing = (before: Hidden | undefined, things: number): Hidden => {
  const isDecoy = before === undefined || before.coversSince === DECOY;
  if (things === 0) return { since: before?.since ?? NOW, coversSince: isDecoy ? DECOY : ZERO };
  if (isDecoy) return { since: NOW, coversSince: NOW };
  return before.coversSince === ZERO ? { since: before.since, coversSince: NOW } : before;
};

/** Figures with what is hidden of them so far, and the sums that are still to be looked at because of it. */
export class Table {
  readonly hidden = new Set<string>();
  /** Of these, all but decoys: zeros that hide nothing themselves, taken as known. */
  readonly unknown = new Set<string>();
  /** Hidden figures that are not zero. No count is below zero, so a hidden zero protects nothing from whoever supposes it. */
  readonly covering = new Set<string>();
  /** Figures that a reader cannot take for one at least, because they are hidden together with the zeros beside them. */
  readonly maybeZero = new Set<string>();
  /** Some hidden figure is zero or was: differences tell it later than bounds do. */
  hasZeros = false;
  private readonly sumsOfCell = new Map<string, Sum[]>();
  private readonly waiting = new Set<Sum>();

  constructor(
    readonly figures: Figures,
    private readonly known: Known,
    hidden: Iterable<string>,
  ) {
    for (const sum of figures.sums) for (const cell of [sum.total, ...sum.parts]) this.indexed(cell).push(sum);
    for (const cell of hidden) this.hide(cell);
  }

  hide(cell: string): void {
    this.hidden.add(cell);
    for (const other of this.figures.rows?.get(cell) ?? []) this.hideInRow(other);
    const { since, coversSince } = this.standingOf(cell);
    if (coversSince === DECOY) return;
    this.unknown.add(cell);
    if (this.thingsOf(cell) > 0) this.covering.add(cell);
    this.hasZeros ||= !this.covering.has(cell) || since !== coversSince;
    for (const sum of this.sumsOf(cell)) this.waiting.add(sum);
  }

  /** Sums of which a figure has been hidden since they were looked at; each is taken once. */
  *touched(): Generator<Sum, void> {
    for (const sum of this.waiting) {
      this.waiting.delete(sum);
      yield sum;
    }
  }

  sumsOf(cell: string): readonly Sum[] {
    return this.sumsOfCell.get(cell) ?? [];
  }

  readonly sinceOf = (cell: string): string => this.standingOf(cell).since;

  readonly coversSinceOf = (cell: string): string => this.standingOf(cell).coversSince;

  /** Every cell of a sum has a count: a report counts all it may show. */
  countOf(cell: string): number {
    return this.figures.counts.get(cell) as number;
  }

  /** Whether something shown would hide what has been hidden since then: no zero, and nothing that was shown since. */
  mayCover(cell: string, since: string): boolean {
    return !this.hidden.has(cell) && this.thingsOf(cell) > 0 && this.sinceOf(cell) <= since;
  }

  thingsOf(cell: string): number {
    return this.figures.things.get(cell) as number;
  }

  private standingOf(cell: string): Hidden {
    return standing(this.known.hidden.get(cell), this.thingsOf(cell));
  }

  /** A decoy that follows from what is shown is none: it is shown, and tells nothing new. */
  showDecoys(told: Iterable<string>): void {
    [...told].filter((cell) => !this.unknown.has(cell)).forEach((cell) => this.hidden.delete(cell));
  }

  /** With the year of a row its zeros are hidden as decoys. */
  private hideInRow(cell: string): void {
    this.maybeZero.add(cell);
    if (this.thingsOf(cell) === 0 && !this.hidden.has(cell)) this.hide(cell);
  }

  private indexed(cell: string): Sum[] {
    const sums = this.sumsOfCell.get(cell) ?? [];
    this.sumsOfCell.set(cell, sums);
    return sums;
  }
}
