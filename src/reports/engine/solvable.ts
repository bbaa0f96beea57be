import type { Steps } from './steps';
import type { Sum } from './sums';

/** A prime below 2^26, so that products of two residues are exact in a double. */
const PRIME = 67_108_859;

type Row = Map<string, number>;

const times = (one: number, other: number): number => (one * other) % PRIME;

const inverse = (value: number): number => {
  let result = 1;
  let base = value;
  for (let power = PRIME - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = times(result, base);
    base = times(base, base);
  }
  return result;
};

const rowOf = ({ total, parts }: Sum, hidden: ReadonlySet<string>): Row => {
  const row: Row = new Map();
  if (hidden.has(total)) row.set(total, PRIME - 1);
  for (const part of parts) if (hidden.has(part)) row.set(part, 1);
  return row;
};

/** Sums that still say something about hidden figures of one age, and which of them each of these figures is in. */
class Equations {
  private readonly byCell = new Map<string, Set<Row>>();
  /** Rows by their length, so that the shortest is found without looking at all. */
  private readonly byLength = new Map<number, Set<Row>>();

  constructor(private readonly isOfAge: (cell: string) => boolean) {}

  add(row: Row): void {
    this.ofLength(row.size).add(row);
    for (const cell of this.cellsOf(row)) this.of(cell).add(row);
  }

  /** Its figures of this age. */
  cellsOf(row: Row): string[] {
    return [...row.keys()].filter(this.isOfAge);
  }

  /** Cells that stand in one row only; that row binds no other cell. */
  get loose(): readonly string[] {
    return [...this.byCell].flatMap(([cell, rows]) => (rows.size === 1 ? [cell] : []));
  }

  rowsWith(cell: string): ReadonlySet<Row> {
    return this.of(cell);
  }

  shortest(): Row | undefined {
    for (const rows of this.byLength.values()) for (const row of rows) return row;
    return undefined;
  }

  remove(row: Row): void {
    this.ofLength(row.size).delete(row);
    for (const cell of this.cellsOf(row)) this.of(cell).delete(row);
  }

  /** Takes `factor` times `other` away from `row`; false where it then says nothing about figures of this age. */
  subtract(row: Row, other: Row, factor: number): boolean {
    this.remove(row);
    for (const [cell, value] of other) {
      const left = ((row.get(cell) ?? 0) + PRIME - times(factor, value)) % PRIME;
      if (left === 0) row.delete(cell);
      else row.set(cell, left);
    }
    const isLeft = this.cellsOf(row).length > 0;
    if (isLeft) this.add(row);
    return isLeft;
  }

  private ofLength(length: number): Set<Row> {
    const known = this.byLength.get(length) ?? new Set();
    this.byLength.set(length, known);
    return known;
  }

  private of(cell: string): Set<Row> {
    const known = this.byCell.get(cell) ?? new Set();
    this.byCell.set(cell, known);
    return known;
  }
}

/** A row, and the cell whose value follows from the others of it. */
interface Pivot {
  readonly row: Row;
  readonly cell: string;
}

/** Sums with a cell that no other sum has: whatever the others are, that cell can make up for them. Most are such. */
const peel = function* (equations: Equations): Steps<Pivot[]> {
  const pivots: Pivot[] = [];
  const waiting = [...equations.loose];
  for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
    const [row] = equations.rowsWith(cell);
    if (row === undefined) continue;
    yield;
    equations.remove(row);
    pivots.push({ row, cell });
    for (const other of equations.cellsOf(row)) if (equations.rowsWith(other).size === 1) waiting.push(other);
  }
  return pivots;
};

/**
 * What is left, one cell after the other taken out of all other rows: the shortest row first, by its rarest cell. `passOn` gets what says
 * something about younger figures only.
 */
const eliminate = function* (equations: Equations, passOn: (row: Row) => void): Steps<Pivot[]> {
  const pivots: Pivot[] = [];
  for (let row = equations.shortest(); row !== undefined; row = equations.shortest()) {
    const own: Row = row;
    const commonness = (cell: string): number => equations.rowsWith(cell).size;
    const cell = equations.cellsOf(own).reduce((best, next) => (commonness(next) < commonness(best) ? next : best));
    equations.remove(own);
    const scale = inverse(own.get(cell) as number);
    for (const other of [...equations.rowsWith(cell)]) {
      if (!equations.subtract(other, own, times(other.get(cell) as number, scale))) passOn(other);
      yield;
    }
    pivots.push({ row: own, cell });
  }
  return pivots;
};

/** Values that could be anybody’s guess; the same in every run. */
const guesses = function* (): Generator<number, never> {
  for (let state = 1; ;) {
    state = (times(state, 48_271) + 11) % PRIME;
    yield state + 1;
  }
};

/** Rows by their oldest figure. */
class Shelves {
  private readonly rows = new Map<string, Row[]>();

  constructor(private readonly since: (cell: string) => string) {}

  put(row: Row): void {
    if (row.size === 0) return;
    const oldest = [...row.keys()].map(this.since).reduce((one, other) => (other < one ? other : one));
    const known = this.rows.get(oldest) ?? [];
    this.rows.set(oldest, known);
    known.push(row);
  }

  of(age: string): readonly Row[] {
    return this.rows.get(age) ?? [];
  }
}

/**
 * Hidden cells that follow from what is shown, by any combination of the sums. If the hidden figures could all be others by `x` and
 * every sum still hold, then one whose `x` must be zero is told. A random such `x` is drawn, in whole numbers modulo a large prime, so
 * nothing is lost by rounding: what is told is zero in it always, and anything else once in 67 million, which hides one more.
 *
 * With `since`, a cell is told also where it follows with all younger cells known, each by its own age. The oldest are solved first,
 * and rows that are left of them say something about younger ones only: so what is found of an age needs no younger cell.
 */
export const solvable = function* (
  sums: readonly Sum[],
  hidden: ReadonlySet<string>,
  since: (cell: string) => string = () => '',
): Steps<ReadonlySet<string>> {
  const shelves = new Shelves(since);
  for (const sum of sums) {
    shelves.put(rowOf(sum, hidden));
    yield;
  }
  const told = new Set<string>();
  for (const age of [...new Set([...hidden].map(since))].sort()) {
    const equations = new Equations((cell) => since(cell) === age);
    for (const row of shelves.of(age)) equations.add(row);
    const pivots = [...(yield* peel(equations)), ...(yield* eliminate(equations, (row) => shelves.put(row)))];
    for (const cell of yield* unchanging(equations, pivots)) told.add(cell);
  }
  return told;
};

/** Cells of one age that are the same whatever the others of that age are. */
const unchanging = function* (equations: Equations, pivots: readonly Pivot[]): Steps<string[]> {
  const change = new Map<string, number>();
  const guess = guesses();
  const valueOf = (cell: string): number => {
    const value = change.get(cell) ?? guess.next().value;
    change.set(cell, value);
    return value;
  };
  for (const { row, cell } of pivots.toReversed()) {
    let rest = 0;
    for (const other of equations.cellsOf(row)) {
      if (other !== cell) rest = (rest + times(row.get(other) as number, valueOf(other))) % PRIME;
    }
    change.set(cell, times(PRIME - rest, inverse(row.get(cell) as number)) % PRIME);
    yield;
  }
  return [...change].flatMap(([cell, value]) => (value === 0 ? [cell] : []));
};
