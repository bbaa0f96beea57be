import type { ReadTime } from './times';

const MOST_PER_ROW = 100_000;

/** A row that may be a count: its cells, when and where. */
export interface CountRow {
  readonly cells: readonly string[];
  readonly time: ReadTime | null;
  readonly place: string;
}

/** `null`: no whole number of events. */
export const countIn = (text: string): number | null => {
  const count = Number(text.trim() === '' ? Number.NaN : text.replaceAll(',', ''));
  return Number.isInteger(count) && count >= 0 && count <= MOST_PER_ROW ? count : null;
};

export const numbersIn = (rows: readonly CountRow[], position: number): readonly number[] =>
  rows.flatMap(({ cells }) => countIn(cells[position] ?? '') ?? []);
