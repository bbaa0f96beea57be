import { DAY_MS, HOUR_MS } from '../../src/surveillance/engine/timeline';
import type { Placed } from './day-ends';
import { BadOption } from './options';

/** Days of the shortest and the longest stretch that rows of a count may stand for. */
const STRETCHES = { weeks: [7, 7], months: [28, 31] } as const;
const FEW = 8;

/** At least so much of a column must say how many: the rest are gaps. */
const LEAST_SAID = 0.5;

const isSaid = ({ guessed }: Placed): boolean => guessed !== undefined;

/**
 * Whether a column of whole numbers that nobody named says how many: where its name can mean nothing else, or where each place has one
 * row a day or full hour. Cells left empty are gaps.
 */
export const areCounts = (placed: readonly Placed[], isSure: boolean): boolean => {
  const said = placed.filter(isSaid);
  const isCounted = said.every(({ guessed }) => guessed !== null) && said.some(({ guessed }) => guessed !== 1);
  if (!isCounted || said.length < LEAST_SAID * placed.length || isSure) {
    return isCounted && said.length >= LEAST_SAID * placed.length;
  }
  const rows = new Set(placed.map(({ event }) => `${event.place}\u0000${event.occurredAt}`));
  const isWhole = placed.every(({ event, hasTime }) => !hasTime || event.occurredAt % HOUR_MS === 0);
  return placed.length > 1 && rows.size === placed.length && isWhole;
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
  const found = Object.entries(STRETCHES).find(([, [least, most]]) => gaps.every((gap) => gap >= least && gap <= most));
  if (found === undefined) return;
  throw new BadOption(
    'BAD_VALUE',
    `--count: the rows of a place are ${found[0]} apart, so a row counts more than a day; give a file with a row a day or hour, or one an event.`,
  );
};
