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

/** Takes `factor` times `other` away from `row`. */
const subtract = (row: Row, other: Row, factor: number): void => {
  for (const [cell, value] of other) {
    const left = ((row.get(cell) ?? 0) + PRIME - times(factor, value)) % PRIME;
    if (left === 0) row.delete(cell);
    else row.set(cell, left);
  }
};

const rowOf = ({ total, parts }: Sum, hidden: ReadonlySet<string>): Row => {
  const row: Row = new Map();
  if (hidden.has(total)) row.set(total, PRIME - 1);
  for (const part of parts) if (hidden.has(part)) row.set(part, 1);
  return row;
};

/** The rows brought to reduced echelon form: each begins with a cell that no other row has. */
const reduced = (rows: readonly Row[]): readonly Row[] => {
  const byLead = new Map<string, Row>();
  for (const row of rows) {
    // A row that stands has no lead but its own, so what was there to begin with is all there is to take away.
    for (const [cell, value] of [...row]) {
      const known = byLead.get(cell);
      if (known !== undefined) subtract(row, known, value);
    }
    const first = [...row][0];
    if (first === undefined) continue;
    const [lead, value] = first;
    const scale = inverse(value);
    for (const [cell, one] of row) row.set(cell, times(one, scale));
    for (const known of byLead.values()) {
      const own = known.get(lead);
      if (own !== undefined) subtract(known, row, own);
    }
    byLead.set(lead, row);
  }
  return [...byLead.values()];
};

/**
 * Hidden cells that follow from what is shown, by any combination of the sums: those that linear algebra isolates. Counted in
 * whole numbers modulo a large prime, so nothing is lost by rounding.
 */
export const solvable = (sums: readonly Sum[], hidden: ReadonlySet<string>): ReadonlySet<string> => {
  const rows = sums.map((sum) => rowOf(sum, hidden)).filter(({ size }) => size > 0);
  return new Set(reduced(rows).flatMap((row) => (row.size === 1 ? [...row.keys()] : [])));
};
