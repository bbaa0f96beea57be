import { Effort, Equations, type Pivot, type Row } from './equations';
import { guesses, inverse, PRIME, times } from './modular';
import type { Steps } from './steps';
import type { Sum } from './sums';

/** Hidden cells by number, the oldest first. */
class Numbers {
  /** Where the numbers of each age end. */
  readonly ages: readonly number[];
  private readonly cells: readonly string[];
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly ageOf: readonly number[];

  constructor(hidden: ReadonlySet<string>, since: (cell: string) => string) {
    const byAge = new Map<string, string[]>();
    for (const cell of hidden) {
      const own = byAge.get(since(cell)) ?? [];
      byAge.set(since(cell), own);
      own.push(cell);
    }
    const ages = [...byAge.keys()].sort().map((age) => byAge.get(age) as string[]);
    this.cells = ages.flat();
    this.numbers = new Map(this.cells.map((cell, at) => [cell, at]));
    this.ageOf = ages.flatMap((cells, age) => cells.map(() => age));
    let until = 0;
    this.ages = ages.map(({ length }) => (until += length));
  }

  nameOf(cell: number): string {
    return this.cells[cell] as string;
  }

  rowOf({ total, parts }: Sum): Row {
    const row: Row = new Map();
    const put = (name: string, value: number): void => {
      const cell = this.numbers.get(name);
      if (cell !== undefined) row.set(cell, value);
    };
    put(total, PRIME - 1);
    for (const part of parts) put(part, 1);
    return row;
  }

  /** Of the oldest figure of the row. */
  oldest(row: Row): number {
    let first = Infinity;
    for (const cell of row.keys()) if (cell < first) first = cell;
    return this.ageOf[first] as number;
  }
}

/**
 * Hidden cells that follow from what is shown, by any combination of the sums. If the hidden figures could all be others by `x` and
 * every sum still hold, then one whose `x` must be zero is told. A random such `x` is drawn, in whole numbers modulo a large prime, so
 * nothing is lost by rounding: what is told is zero in it always, and anything else once in 67 million, which hides one more.
 *
 * With `since`, a cell is told also where it follows with all younger cells known, each by its own age. The oldest are solved first,
 * and rows that are left of them say something about younger ones only: so what is found of an age needs no younger cell.
 *
 * Where the effort is spent before the end, what is found is not all.
 */
export const solvable = function* (
  sums: readonly Sum[],
  hidden: ReadonlySet<string>,
  { since = () => '', effort = new Effort(Infinity) }: { since?: (cell: string) => string; effort?: Effort } = {},
): Steps<ReadonlySet<string>> {
  const numbers = new Numbers(hidden, since);
  const shelves = numbers.ages.map((): Row[] => []);
  const put = (row: Row): void => {
    if (row.size > 0) (shelves[numbers.oldest(row)] as Row[]).push(row);
  };
  for (const sum of sums) {
    put(numbers.rowOf(sum));
    yield;
  }
  const told = new Set<string>();
  for (const [age, until] of numbers.ages.entries()) {
    const equations = new Equations(until, effort);
    for (const row of shelves[age] as Row[]) {
      equations.add(row);
      yield;
    }
    const pivots = yield* eliminate(equations, put);
    if (effort.isSpent) return told;
    for (const cell of yield* unchanging(until, pivots)) told.add(numbers.nameOf(cell));
  }
  return told;
};

/** One cell after the other is taken out of all other rows. `passOn` gets what then says something about younger figures only. */
const eliminate = function* (equations: Equations, passOn: (row: Row) => void): Steps<Pivot[]> {
  const pivots: Pivot[] = [];
  for (let pivot = equations.next(); pivot !== undefined && !equations.effort.isSpent; pivot = equations.next()) {
    pivots.push(pivot);
    for (const left of equations.solve(pivot)) {
      if (left !== null) passOn(left);
      yield;
    }
    yield;
  }
  return pivots;
};

/** Cells of one age that are the same whatever the others of that age are. */
const unchanging = function* (until: number, pivots: readonly Pivot[]): Steps<number[]> {
  const change = new Map<number, number>();
  const guess = guesses();
  const valueOf = (cell: number): number => {
    const value = change.get(cell) ?? guess.next().value;
    change.set(cell, value);
    return value;
  };
  for (const { row, cell } of pivots.toReversed()) {
    let rest = 0;
    for (const [other, value] of row) {
      if (other < until && other !== cell) rest = (rest + times(value, valueOf(other))) % PRIME;
    }
    change.set(cell, times(PRIME - rest, inverse(row.get(cell) as number)) % PRIME);
    yield;
  }
  return [...change].flatMap(([cell, value]) => (value === 0 ? [cell] : []));
};
