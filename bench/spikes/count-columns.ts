import { DAY_MS, HOUR_MS } from '../../src/surveillance/engine/timeline';
import type { Columns } from './columns';
import type { Placed } from './day-ends';
import { BadOption } from './options';
import { NOT_SAID, type ReadTime } from './times';

/** Whether days between rows are those of a longer step, of which some may be left out. */
const STEPS: Readonly<Record<string, (gaps: readonly number[]) => boolean>> = {
  weeks: (gaps) => gaps.every((gap) => gap > 0 && gap % 7 === 0),
  months: (gaps) => gaps.every((gap) => gap >= 28) && 2 * gaps.filter((gap) => gap <= 31).length >= gaps.length,
};
const FEW = 8;

/** At least so much of a column must say how many: the rest are days that nobody counted. */
const LEAST_SAID = 0.1;
/** Of a column whose name says nothing, so much; */
const LEAST_NUMBERS = 0.9;
/** its rows follow each other, but for so many, at one distance; */
const LEAST_STEADY = 0.8;
/** and there are so many of them. */
const LEAST_ROWS = 14;
const MOST_PER_ROW = 100_000;

/** A row that may be a count: its cells, when and where. */
export interface CountRow {
  readonly cells: readonly string[];
  readonly time: ReadTime | null;
  readonly place: string;
}

/** The columns that say how many; several: each is a place of its own. */
export interface CountColumns {
  readonly positions: readonly number[];
  readonly isWide: boolean;
}

/** `null`: no whole number of events. */
export const countIn = (text: string): number | null => {
  const count = Number(text.trim() === '' ? Number.NaN : text.replaceAll(',', ''));
  return Number.isInteger(count) && count >= 0 && count <= MOST_PER_ROW ? count : null;
};

const numbersIn = (rows: readonly CountRow[], position: number): readonly number[] =>
  rows.flatMap(({ cells }) => countIn(cells[position] ?? '') ?? []);

/** What stands for a number that is not told. */
const MASKED = /^([<>≤≥~-]|less than|under)\s*\d+\s*[+*]?$|^\*+$|^suppress/i;

const isSaid = (text: string): boolean => !NOT_SAID.test(text.trim()) && !MASKED.test(text.trim());

/** Whether rows stand for whole days or hours. */
const areWhole = (rows: readonly CountRow[]): boolean =>
  rows.every(({ time }) => time === null || !time.hasTime || time.at % HOUR_MS === 0);

type Key = (row: CountRow) => string;

const isOneEach = (rows: readonly CountRow[], keyOf: Key): boolean =>
  rows.length > 1 && new Set(rows.map((row) => `${keyOf(row)}\u0000${row.time?.at}`)).size === rows.length;

/** Whether the rows of each key follow each other at one distance, as days, hours and weeks do and events do not. */
const areSteady = (rows: readonly CountRow[], keyOf: Key): boolean => {
  const last = new Map<string, number>();
  const gaps = new Map<number, number>();
  const inOrder = rows.toSorted((one, other) => (one.time?.at ?? 0) - (other.time?.at ?? 0));
  for (const row of inOrder) {
    const at = row.time?.at ?? 0;
    const before = last.get(keyOf(row));
    last.set(keyOf(row), at);
    if (before !== undefined) gaps.set(at - before, (gaps.get(at - before) ?? 0) + 1);
  }
  const all = [...gaps.values()].reduce((sum, times) => sum + times, 0);
  return all >= LEAST_ROWS - 1 && Math.max(...gaps.values()) >= LEAST_STEADY * all;
};

const placeOf: Key = ({ place }) => place;

/** Rows that differ in what is written in words are of different places or sorts. */
const inWords = (rows: readonly CountRow[], { free }: Columns): Key => {
  const words = free.filter(({ position }) => numbersIn(rows, position).length < LEAST_SAID * rows.length);
  return ({ place, cells }) => [place, ...words.map(({ position }) => cells[position] ?? '')].join('\u0000');
};

/** Numbers that neither stand still nor only grow: a year, an identity or a running total does. */
const isLively = (numbers: readonly number[]): boolean =>
  new Set(numbers).size > 1 && numbers.some((number, index) => number < (numbers[index - 1] ?? 0));

const isCountByShape = (rows: readonly CountRow[], position: number): boolean => {
  const said = rows.filter(({ cells }) => isSaid(cells[position] ?? '')).length;
  const numbers = numbersIn(rows, position);
  return numbers.length >= LEAST_NUMBERS * said && numbers.length >= LEAST_SAID * rows.length && isLively(numbers);
};

const byName = (rows: readonly CountRow[], columns: Columns): CountColumns | null => {
  const { guessedCount: position, isSureCount } = columns;
  if (position === undefined) return null;
  const numbers = numbersIn(rows, position);
  const isCounted = numbers.length >= LEAST_SAID * rows.length && numbers.some((count) => count !== 1);
  const found: CountColumns = { positions: [position], isWide: false };
  if (!isCounted || isSureCount) return isCounted ? found : null;
  if (!areWhole(rows)) return null;
  const words = inWords(rows, columns);
  return isOneEach(rows, placeOf) || (isOneEach(rows, words) && areSteady(rows, words)) ? found : null;
};

/** Where no name tells: rows a day, hour or week apart, and in a column nothing but whole numbers. */
const byShape = (rows: readonly CountRow[], columns: Columns, isPlaced: boolean): CountColumns | null => {
  if (rows.length < LEAST_ROWS || !areWhole(rows)) return null;
  const isSingle = isOneEach(rows, placeOf);
  const keyOf = isSingle ? placeOf : inWords(rows, columns);
  if (!isOneEach(rows, keyOf) || !areSteady(rows, keyOf)) return null;
  const found = columns.free.filter(({ name, position }) => !NO_COUNTS.test(name) && isCountByShape(rows, position));
  if (found.length === 0) return null;
  if (found.length > 1 && (isPlaced || !isSingle)) {
    const names = found.map(({ name }) => `“${name}”`).join(', ');
    throw new BadOption('BAD_VALUE', `--count: several columns may say how many (${names}); name one.`);
  }
  return { positions: found.map(({ position }) => position), isWide: found.length > 1 };
};

/** Names of whole numbers that are no counts of events. */
const NO_COUNTS =
  /(^|[^a-z])(year|month|day|week|weekday|dow|hour|quarter|fips|zip|zipcode|postal|geoid|id|index|row|lat|lon|lng|latitude|longitude|x|y|age|population|pop|rate|temp|temperature)([^a-z]|$)/i;

/**
 * Columns of whole numbers that nobody named and that say how many: where its name can mean nothing else, where a column of such a name
 * has one row a day or full hour and place, or where rows follow each other day by day (hour by hour, week by week). Odd cells in it
 * change nothing. `null`: each row is an event.
 */
export const countColumnsOf = (rows: readonly CountRow[], columns: Columns, isPlaced: boolean): CountColumns | null => {
  const timed = rows.filter(({ time }) => time !== null);
  return byName(timed, columns) ?? byShape(timed, columns, isPlaced);
};

/** Days between a row and the next of the same place. */
const gapsOf = (placed: readonly Placed[]): readonly number[] => {
  const last = new Map<string, number>();
  const inOrder = [...placed].sort((one, other) => one.event.occurredAt - other.event.occurredAt);
  return inOrder.flatMap(({ event: { place, occurredAt } }) => {
    const before = last.get(place);
    last.set(place, occurredAt);
    return before === undefined || before === occurredAt ? [] : [Math.round((occurredAt - before) / DAY_MS)];
  });
};

/** Counts of weeks or months say nothing about a day: they are refused, and not taken for the counts of their first day. */
export const refuseLongSteps = (placed: readonly Placed[]): void => {
  const gaps = gapsOf(placed);
  if (gaps.length < FEW) return;
  const found = Object.entries(STEPS).find(([, isStep]) => isStep(gaps));
  if (found === undefined) return;
  throw new BadOption(
    'BAD_VALUE',
    `--count: the rows of a place are ${found[0]} apart, so a row counts more than a day; give a file with a row a day or hour, or one an event.`,
  );
};
