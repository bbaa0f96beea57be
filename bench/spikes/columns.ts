import { BadOption, type FileOptions } from './options';

export const NAMED = ['known', 'place', 'lat', 'lon', 'id', 'count', 'stream', 'disposition'] as const;
export type ColumnOption = (typeof NAMED)[number];

export interface Column {
  readonly name: string;
  readonly position: number;
}

/** Columns among which counts are looked for where nobody named one. */
export interface Columns {
  /** A column that by its name may hold the events of a day. */
  readonly guessedCount: number | undefined;
  /** Its name can mean nothing else. */
  readonly isSureCount: boolean;
  /** All that nobody named. */
  readonly free: readonly Column[];
}

/** Where in a row stands what was asked for. */
export interface Positions extends Columns, Partial<Record<ColumnOption, number>> {
  readonly time: readonly number[];
  /** A column that by its name says who it was, where no id was named: rows of one person at one time are one event. */
  readonly who: number | undefined;
  /** A column that by its name tells rows apart: with one, a row that is the same throughout is the same event. */
  readonly isNumbered: boolean;
  /** Columns that do so if their cells differ like numbers. */
  readonly maybeNumbers: readonly number[];
  /** Columns in which rows of one event may differ. */
  readonly states: ReadonlySet<number>;
}

const COUNT_NAMES = new Set(
  'count counts cases case_count n num number total totals events event_count incidents calls overdoses overdose_count deaths ods od_count visits'.split(
    ' ',
  ),
);
/** Names that can mean nothing but how many. */
const SURE_COUNT_NAMES = new Set('count counts case_count event_count overdose_count od_count'.split(' '));
const NUMBER_NAMES =
  /(^|_)(id|uuid|guid|objectid)$|^(incident|event|case|call|run|report|record|cad|pcr|epcr)_?(id|number|no|num|nbr)$/;
/** Names of a number or of a sort: the cells tell. */
const MAYBE_NUMBER_NAMES = /^(incident|event|case|call|run|report|record|cad|pcr|epcr)$/;
/** How far a report has come, and not what happened. */
const STATE_NAMES =
  /^((case|call|incident|event|report|record|run)_)?status$|^(last_)?(updated|modified|edited)(_(at|on|date))?$/;

const PERSON_NAMES = /^(victim|patient|person|decedent|subject)_(id|number|no|num)$/;

/** Case, spaces and signs do not tell columns apart. */
const plain = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '_')
    .replace(/^_|_$/g, '');

const positionOf = (head: readonly string[], name: string): number | undefined => {
  const ways = [(column: string) => column.trim() === name.trim(), (column: string) => plain(column) === plain(name)];
  for (const isIt of ways) {
    const position = head.findIndex(isIt);
    if (position >= 0) return position;
  }
  return undefined;
};

const TITLE_LINES = 10;

/** The row that is the head: above it may stand a title. The first, where none has the columns of the time. */
export const headAt = (rows: readonly (readonly string[])[], time: readonly string[]): number =>
  Math.max(
    0,
    rows.slice(0, TITLE_LINES).findIndex((row) => time.every((name) => positionOf(row, name) !== undefined)),
  );

const positionsLike = (head: readonly string[], names: RegExp): readonly number[] =>
  head.flatMap((name, position) => (names.test(plain(name)) ? [position] : []));

const PART_NAMES = [/(^|_)(year|yr|yyyy)(_|$)/, /(^|_)(month|mon|mm|mo)(_|$)/, /(^|_)(day|dd|dy)(_|$)/];

/** Of columns for a year, a month and a day: in this order, however they were given, if their names tell. */
const partsInOrder = (names: readonly string[]): readonly string[] => {
  if (names.length < PART_NAMES.length) return names;
  const parts = PART_NAMES.flatMap((like) => names.find((name) => like.test(plain(name))) ?? []);
  const clock = names.filter((name) => !parts.includes(name));
  return new Set(parts).size === PART_NAMES.length ? [...parts, ...clock] : names;
};

/** Columns by these names beside the one named as the time. */
export const datePartsAmong = (free: readonly Column[]): readonly string[] => {
  const parts = PART_NAMES.slice(1).flatMap((like) => free.find(({ name }) => like.test(plain(name)))?.name ?? []);
  return parts.length === PART_NAMES.length - 1 ? parts : [];
};

/** Throws `BadOption`, naming the option and the columns there are. */
export const positionsOf = (head: readonly string[], options: FileOptions): Positions => {
  const column = (option: string, name: string): number => {
    const position = positionOf(head, name);
    if (position !== undefined) return position;
    const there = head.map((known) => known.trim()).join(', ');
    throw new BadOption('UNKNOWN_COLUMN', `--${option}: the file has no column “${name}”; it has ${there}.`);
  };
  const named = NAMED.flatMap((option) => {
    const name = options[option];
    return name === undefined ? [] : [[option, column(option, name)] as const];
  });
  const disposition = head.findIndex((name) => /dispos/i.test(name));
  const who = head.findIndex((name) => PERSON_NAMES.test(plain(name)));
  const sure = head.findIndex((name) => SURE_COUNT_NAMES.has(plain(name)));
  const counted = sure < 0 ? head.findIndex((name) => COUNT_NAMES.has(plain(name))) : sure;
  const time = partsInOrder(options.time).map((name) => column('time', name));
  const used = new Set([...time, ...named.map(([, position]) => position), disposition, who]);
  return {
    ...(disposition < 0 ? {} : { disposition }),
    ...Object.fromEntries(named),
    time,
    free: head.flatMap((name, position) => (used.has(position) ? [] : [{ name: name.trim(), position }])),
    guessedCount: counted < 0 ? undefined : counted,
    isSureCount: SURE_COUNT_NAMES.has(plain(head[counted] ?? '')),
    who: who < 0 || options.id !== undefined ? undefined : who,
    isNumbered: head.some((name) => NUMBER_NAMES.test(plain(name))),
    maybeNumbers: positionsLike(head, MAYBE_NUMBER_NAMES),
    states: new Set(positionsLike(head, STATE_NAMES).filter((position) => !time.includes(position))),
  };
};
