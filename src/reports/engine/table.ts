import type { Sum } from './sums';

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

/** Later than any week. */
export const NOW = 'now';

/** Figures with what is hidden of them so far, and the sums that are still to be looked at because of it. */
export class Table {
  readonly hidden = new Set<string>();
  private readonly sumsOfCell = new Map<string, Sum[]>();
  private readonly waiting = new Set<Sum>();
  private readonly told = new Set<string>();

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
    for (const sum of this.sumsOf(cell)) this.waiting.add(sum);
  }

  /** A zero that is told by others: it hides nothing. */
  show(cell: string): void {
    this.hidden.delete(cell);
    this.told.add(cell);
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

  sinceOf(cell: string): string {
    return this.known.hidden.get(cell) ?? NOW;
  }

  /** Every cell of a sum has a count: a report counts all it may show. */
  countOf(cell: string): number {
    return this.figures.counts.get(cell) as number;
  }

  thingsOf(cell: string): number {
    return this.figures.things.get(cell) as number;
  }

  /** Whether something shown would hide what has been hidden since then: not if it was shown since, nor if anybody knows that it is zero. */
  mayCover(cell: string, since: string): boolean {
    if (this.hidden.has(cell) || this.told.has(cell) || this.sinceOf(cell) > since) return false;
    return this.countOf(cell) > 0 || !this.known.isSurelyZero(cell);
  }

  private indexed(cell: string): Sum[] {
    const sums = this.sumsOfCell.get(cell) ?? [];
    this.sumsOfCell.set(cell, sums);
    return sums;
  }
}
