import { inverse, PRIME, times } from './modular';

/** Coefficients by the number of a cell. */
export type Row = Map<number, number>;

/** A row, and the cell whose value follows from the others of it. */
export interface Pivot {
  readonly row: Row;
  readonly cell: number;
}

/** Things by a small number of each, so that those with the least are found without looking at all. */
class Buckets<Thing> {
  private readonly buckets: (Set<Thing> | undefined)[] = [];

  move(thing: Thing, from: number, to: number): void {
    this.buckets[from]?.delete(thing);
    if (to > 0) (this.buckets[to] ??= new Set()).add(thing);
  }

  /** One of those with the least. */
  least(): Thing | undefined {
    for (const bucket of this.buckets) for (const thing of bucket ?? []) return thing;
    return undefined;
  }
}

/** How much may be worked out, in coefficients that are changed. */
export class Effort {
  constructor(private left: number) {}

  spend(amount: number): void {
    this.left -= amount;
  }

  get isSpent(): boolean {
    return this.left < 0;
  }
}

/** Sums that still say something about hidden figures of one age, which are numbered below `until`; younger ones are numbered from there. */
export class Equations {
  private readonly rowsOf = new Map<number, Set<Row>>();
  private readonly cells = new Buckets<number>();
  private readonly rows = new Buckets<Row>();

  constructor(
    private readonly until: number,
    readonly effort: Effort,
  ) {}

  add(row: Row): void {
    this.rows.move(row, 0, row.size);
    for (const cell of this.cellsOf(row)) this.note(row, cell);
  }

  /** Its figures of this age. */
  *cellsOf(row: Row): Generator<number, void> {
    for (const cell of row.keys()) if (cell < this.until) yield cell;
  }

  /**
   * What to solve next: a cell and a row of it such that little is added to other rows. A cell that stands in one row only costs nothing;
   * otherwise the rarest cell with its shortest row, or the shortest row with its rarest cell.
   */
  next(): Pivot | undefined {
    const rarest = this.cells.least();
    if (rarest === undefined) return undefined;
    const one = { row: this.shortestWith(rarest), cell: rarest };
    if (this.rowsWith(rarest).size === 1) return one;
    const shortest = this.rows.least() as Row;
    const other = { row: shortest, cell: this.rarestOf(shortest) };
    return this.cost(other) < this.cost(one) ? other : one;
  }

  /** Takes the row out, and its cell out of all other rows. Of those, which then say nothing about figures of this age, are given back. */
  *solve({ row, cell }: Pivot): Generator<Row | null, void> {
    this.remove(row);
    const scale = inverse(row.get(cell) as number);
    for (const other of [...this.rowsWith(cell)]) {
      this.subtract(other, row, times(other.get(cell) as number, scale));
      yield this.cellsOf(other).next().done ? other : null;
    }
  }

  private subtract(row: Row, other: Row, factor: number): void {
    this.effort.spend(other.size);
    this.rows.move(row, row.size, 0);
    for (const [cell, value] of other) {
      const had = row.get(cell) ?? 0;
      const left = (had + PRIME - times(factor, value)) % PRIME;
      if (left === 0) this.drop(row, cell);
      else {
        row.set(cell, left);
        if (had === 0 && cell < this.until) this.note(row, cell);
      }
    }
    if (!this.cellsOf(row).next().done) this.rows.move(row, 0, row.size);
  }

  private remove(row: Row): void {
    this.rows.move(row, row.size, 0);
    for (const cell of this.cellsOf(row)) this.forget(row, cell);
  }

  private note(row: Row, cell: number): void {
    const rows = this.rowsWith(cell);
    this.cells.move(cell, rows.size, rows.size + 1);
    rows.add(row);
  }

  private drop(row: Row, cell: number): void {
    row.delete(cell);
    if (cell < this.until) this.forget(row, cell);
  }

  private forget(row: Row, cell: number): void {
    const rows = this.rowsWith(cell);
    this.cells.move(cell, rows.size, rows.size - 1);
    rows.delete(row);
  }

  private rowsWith(cell: number): Set<Row> {
    const known = this.rowsOf.get(cell) ?? new Set();
    this.rowsOf.set(cell, known);
    return known;
  }

  private shortestWith(cell: number): Row {
    return [...this.rowsWith(cell)].reduce((best, row) => (row.size < best.size ? row : best));
  }

  private rarestOf(row: Row): number {
    const commonness = (cell: number): number => this.rowsWith(cell).size;
    return [...this.cellsOf(row)].reduce((best, cell) => (commonness(cell) < commonness(best) ? cell : best));
  }

  private cost({ row, cell }: Pivot): number {
    return (row.size - 1) * (this.rowsWith(cell).size - 1);
  }
}
