import type { Positions } from './columns';

type Cells = readonly string[];

/** Rows of one number there may be in the middle: a sort has many more. */
const MOST_OF_ONE = 8;
/** A note is worth so many rows, … */
const LEAST_REPEATED = 5;
/** … and such a share of all. */
const LEAST_SHARE = 0.02;

/** Figures in each cell, and few rows to each: numbers, and no sorts of events. */
const areNumbers = (cells: Cells): boolean => {
  const said = cells.filter((cell) => cell.trim() !== '');
  return said.every((cell) => /\d/.test(cell)) && new Set(said).size * MOST_OF_ONE > cells.length;
};

/** Whether a column tells rows apart, by its name or by its name and cells. */
export const areNumbered = (rows: readonly Cells[], { isNumbered, maybeNumbers }: Positions): boolean =>
  isNumbered || maybeNumbers.some((position) => areNumbers(rows.map((cells) => cells[position] ?? '')));

/** What is the same in rows of one event: all but how far its report has come. */
export const wholeOf = (cells: Cells, { states }: Positions): string =>
  cells.filter((_, position) => !states.has(position)).join('\u0000');

/** Where nothing tells rows apart, many that are the same to the minute are more likely one event each than several. */
export const repeatedNote = (rows: readonly Cells[]): readonly string[] => {
  const repeated = rows.length - new Set(rows.map((cells) => cells.join('\u0000'))).size;
  return repeated >= LEAST_REPEATED && repeated > LEAST_SHARE * rows.length
    ? [
        `${repeated} rows repeat another exactly, and each was counted: no column tells rows apart. Name one: --id <column>.`,
      ]
    : [];
};
