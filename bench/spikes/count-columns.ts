import { DAY_MS, HOUR_MS } from '../../src/surveillance/engine/timeline';
import type { Column, Columns } from './columns';
import { numbersIn, type CountRow } from './count-cells';
import type { Placed } from './day-ends';
import { grouped } from './grouped';
import { BadOption } from './options';
import { NOT_SAID } from './times';
import { isNamedTotal, isRunningTotal, runningTotals, totalAmong } from './totals';

/** Whether days between rows are those of a longer step, of which some may be left out. */
const STEPS: Readonly<Record<string, (gaps: readonly number[]) => boolean>> = {
  weeks: (gaps) => gaps.every((gap) => gap > 0 && gap % 7 === 0),
  months: (gaps) => gaps.every((gap) => gap >= 28) && 2 * gaps.filter((gap) => gap <= 31).length >= gaps.length,
  quarters: (gaps) => gaps.every((gap) => gap >= 89) && 2 * gaps.filter((gap) => gap <= 92).length >= gaps.length,
  years: (gaps) => gaps.every((gap) => gap > 0 && Math.abs(gap - 365.25 * Math.round(gap / 365.25)) < 1),
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
/** The columns that say how many; several: each is a place of its own. */
export interface CountColumns {
  readonly positions: readonly number[];
  readonly isWide: boolean;
  /** A column that is the sum of these. */
  readonly total?: string | undefined;
}

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

/** Numbers that neither stand still nor only grow: a year or an identity does. */
const isLively = (numbers: readonly number[]): boolean =>
  new Set(numbers).size > 1 && numbers.some((number, index) => number < (numbers[index - 1] ?? 0));

const areNumbers = (rows: readonly CountRow[], position: number): boolean => {
  const said = rows.filter(({ cells }) => isSaid(cells[position] ?? '')).length;
  const numbers = numbersIn(rows, position).length;
  return numbers >= LEAST_NUMBERS * said && numbers >= LEAST_SAID * rows.length;
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

/** The numbers of a column in the order of time, for each key by itself. */
const numbersByKey = (rows: readonly CountRow[], position: number, keyOf: Key): readonly (readonly number[])[] => {
  const inOrder = rows.toSorted((one, other) => (one.time?.at ?? 0) - (other.time?.at ?? 0));
  return [...grouped(inOrder, keyOf).values()].map((own) => numbersIn(own, position));
};

/** Columns of whole numbers whose names may mean how many; those that only grow are no counts of a day. */
const numbersByShape = (rows: readonly CountRow[], { free }: Columns, keyOf: Key): readonly Column[] => {
  const all = free.filter(({ name, position }) => !NO_COUNTS.test(name) && areNumbers(rows, position));
  const running = all.filter(({ position }) => numbersByKey(rows, position, keyOf).some(isRunningTotal));
  const found = all.filter((column) => !running.includes(column) && isLively(numbersIn(rows, column.position)));
  if (found.length === 0 && running.length > 0) throw runningTotals(running.map(({ name }) => name));
  return found;
};

/** What tells the rows of one step apart, where they follow each other day by day (hour by hour, week by week). */
const keyOfSteps = (rows: readonly CountRow[], columns: Columns): Key | null => {
  if (rows.length < LEAST_ROWS || !areWhole(rows)) return null;
  const keyOf = isOneEach(rows, placeOf) ? placeOf : inWords(rows, columns);
  return isOneEach(rows, keyOf) && areSteady(rows, keyOf) ? keyOf : null;
};

/** Where no name tells: rows a day, hour or week apart, and in a column nothing but whole numbers. */
const byShape = (rows: readonly CountRow[], columns: Columns, isPlaced: boolean): CountColumns | null => {
  const keyOf = keyOfSteps(rows, columns);
  if (keyOf === null) return null;
  const all = numbersByShape(rows, columns, keyOf);
  const mayBeWide = keyOf === placeOf && !isPlaced;
  const total = mayBeWide ? totalAmong(rows, all) : undefined;
  const found = all.filter((column) => column !== total);
  if (found.length > 1 && !mayBeWide) {
    const names = found.map(({ name }) => `“${name}”`).join(', ');
    throw new BadOption('BAD_VALUE', `--count: several columns may say how many (${names}); name one.`);
  }
  const positions = found.map(({ position }) => position);
  return positions.length === 0 ? null : { positions, isWide: positions.length > 1, total: total?.name };
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
  const named = byName(timed, columns);
  if (named === null) return byShape(timed, columns, isPlaced);
  const isTotal = columns.free.some(({ name, position }) => named.positions.includes(position) && isNamedTotal(name));
  const wide = isTotal && !isPlaced ? byShape(timed, columns, isPlaced) : null;
  return wide?.total === undefined ? named : wide;
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
