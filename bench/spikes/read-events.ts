import { datePartsAmong, headAt, NAMED, positionsOf, type Column, type ColumnOption, type Positions } from './columns';
import { areSwapped, degrees } from './coordinates';
import { countIn } from './count-cells';
import { countColumnsOf, refuseLongSteps, type CountColumns } from './count-columns';
import { rowsOf } from './csv-rows';
import { eventsOf, type Placed } from './day-ends';
import { uncountedNote, unobservedOf, type Uncounted, type Unobserved } from './gaps';
import { BadOption, type FileOptions } from './options';
import { areNumbered, repeatedNote, wholeOf } from './same-rows';
import { inFourFigures, isOfFigures, orderOf, readCells, readTime, type DateOrder, type ReadTime } from './times';
import { refuseRunningTotals } from './totals';

export interface FileEvent {
  readonly place: string;
  readonly occurredAt: number;
  readonly knownAt: number;
  /** Where other rows say the hour, and this one does not. */
  readonly isDayOnly?: boolean;
  readonly stream: string | undefined;
  readonly latitude: number | undefined;
  readonly longitude: number | undefined;
}

/** Rows by what became of them. */
export interface RowCounts {
  read: number;
  used: number;
  unknownTime: number;
  unknownPlace: number;
  cancelled: number;
  duplicate: number;
  badCount: number;
}

/** From its first row each place is watched, until the last row of the file: also by rows that count none. */
export interface Watch {
  readonly from: ReadonlyMap<string, number>;
  readonly until: number;
  /** Days that the file says nothing of. */
  readonly unobserved: Unobserved;
}

export interface EventFile {
  readonly events: readonly FileEvent[];
  readonly watch: Watch;
  readonly rows: RowCounts;
  /** The file says the day only: events stand at the end of their day, when the day is known. */
  readonly isDaily: boolean;
  readonly hasZone: boolean;
  /** What was found out about the file and not said by who asked. */
  readonly notes: readonly string[];
}

/** What is kept of a row. */
interface Picked extends Partial<Record<ColumnOption, string>> {
  readonly time: readonly string[];
  /** Read once, when the order of its figures is known. */
  readonly at: ReadTime | null;
  readonly cells: readonly string[];
  readonly who: string | undefined;
  /** The whole row, where a row that is repeated is the same event. */
  readonly whole: string | undefined;
}

/** A day outside these is a slip or stands for an unknown one: a place would be watched, and called quiet, for centuries. */
const EARLIEST = Date.UTC(1950, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
const CANCELLED = /^\s*(cancel|duplic)/i;
/** Where nobody names the place. */
const WHOLE_FILE = 'all';

/** Ids are texts; a thousands separator is not part of one. */
const idOf = (text: string): string => text.trim().replace(/(?<=\d),(?=\d{3})/g, '');

/** One place however its name is written. */
const spelling = (place: string): string => place.normalize('NFKC').replace(/\s+/g, ' ').trim().toLowerCase();

const isCancelled = ({ disposition }: Picked): boolean => disposition !== undefined && CANCELLED.test(disposition);

const pick = (row: readonly string[], positions: Positions): Picked => ({
  ...Object.fromEntries(
    NAMED.flatMap((option) => {
      const position = positions[option];
      return position === undefined ? [] : [[option, row[position] ?? '']];
    }),
  ),
  time: positions.time.map((position) => row[position] ?? ''),
  at: null,
  cells: row,
  who: positions.who === undefined ? undefined : row[positions.who],
  whole: undefined,
});

interface PickedFile {
  readonly positions: Positions;
  readonly order: DateOrder;
  readonly isNumbered: boolean;
  /** Lines above the head. */
  readonly titles: number;
  /** The columns of coordinates were named the wrong way round. */
  readonly isSwapped: boolean;
  /** Times of day are written in figures alone. */
  readonly isInFigures: boolean;
  readonly picked: readonly Picked[];
}

const pickAll = async (options: FileOptions): Promise<PickedFile> => {
  const all: (readonly string[])[] = [];
  for await (const row of rowsOf(options.file)) all.push(row);
  const titles = headAt(all, options.time);
  const [head, ...below] = all.slice(titles);
  const positions = head && positionsOf(head, options);
  const read = positions === undefined ? [] : below.map((row) => pick(row, positions));
  const isSwapped = areSwapped(read);
  const picked = isSwapped ? read.map((row) => ({ ...row, lat: row.lon ?? '', lon: row.lat ?? '' })) : read;
  if (positions === undefined || picked.length === 0) {
    throw new BadOption('EMPTY_FILE', '--file: the file has a head and no rows.');
  }
  const order = orderOf(picked.map(({ time }) => time[0] ?? ''));
  const clockAt = positions.time.length === 2 || positions.time.length === 4 ? positions.time.length - 1 : Infinity;
  const isInFigures = isOfFigures(picked.map(({ time }) => time[clockAt] ?? ''));
  const timeOf = ({ time }: Picked): readonly string[] =>
    isInFigures ? time.map((cell, index) => (index === clockAt ? inFourFigures(cell) : cell)) : time;
  const cells = picked.map((row) => row.cells);
  const isNumbered = areNumbered(cells, positions);
  return {
    ...{ positions, order, isNumbered, titles, isSwapped, isInFigures },
    picked: picked.map((row) => ({
      ...row,
      at: readCells(timeOf(row), order),
      whole: isNumbered ? wholeOf(row.cells, positions) : undefined,
    })),
  };
};

/** What makes rows the same event: what is blank says nothing. */
const keysOf = ({ id = '', who = '', whole, time, place }: Picked): string[] => [
  ...(id.trim() === '' ? [] : [`id ${idOf(id)}`]),
  ...(who.trim() === '' || who.trim() === 'NULL' ? [] : [['who', idOf(who), place, ...time].join('\u0000')]),
  ...(whole === undefined ? [] : [`row ${whole}`]),
];

const isOfOurs = (time: ReadTime | null): time is ReadTime => time !== null && time.at >= EARLIEST && time.at < LATEST;

class Reader {
  readonly placed: Placed[] = [];
  readonly uncounted: Uncounted[] = [];
  readonly rows: RowCounts = {
    ...{ read: 0, used: 0, unknownTime: 0, unknownPlace: 0, cancelled: 0, duplicate: 0, badCount: 0 },
  };
  hasZone = false;
  private readonly seen = new Set<string>();
  /** Names of places as the file writes them first. */
  private readonly places = new Map<string, string>();

  constructor(private readonly order: DateOrder) {}

  take(row: Picked): void {
    this.rows.read += 1;
    const problem = this.problemOf(row);
    if (problem === null) this.rows.used += 1;
    else this.rows[problem] += 1;
  }

  private problemOf(row: Picked): keyof RowCounts | null {
    if (isCancelled(row)) return 'cancelled';
    const time = row.at;
    if (!isOfOurs(time)) return 'unknownTime';
    const place = this.placeOf(row);
    if (place === '') return 'unknownPlace';
    const times = this.timesOf(row, place, time);
    if (times === null) return 'badCount';
    if (this.wasSeen(row)) return 'duplicate';
    this.hasZone ||= time.hasZone;
    this.placed.push({ event: this.eventOf(row, place, time), hasTime: time.hasTime, times });
    return null;
  }

  private timesOf({ count = '1' }: Picked, place: string, { at }: ReadTime): number | null {
    const times = countIn(count);
    if (times === null) this.uncounted.push({ place, at, token: count.trim() });
    return times;
  }

  private placeOf({ place = WHOLE_FILE }: Picked): string {
    const key = spelling(place);
    const known = this.places.get(key) ?? place.replace(/\s+/g, ' ').trim();
    this.places.set(key, known);
    return known;
  }

  private wasSeen(row: Picked): boolean {
    const keys = keysOf(row);
    const isKnown = keys.some((key) => this.seen.has(key));
    for (const key of keys) this.seen.add(key);
    return isKnown;
  }

  private eventOf(row: Picked, place: string, { at }: ReadTime): FileEvent {
    const known = readTime(row.known ?? '', this.order)?.at ?? at;
    return {
      place,
      occurredAt: at,
      knownAt: Math.max(at, known),
      stream: row.stream?.trim(),
      latitude: degrees(row.lat, 90),
      longitude: degrees(row.lon, 180),
    };
  }
}

const ONLY_CLOCK = /^\d{1,2}:\d{2}/;
const ONLY_MONTH = /^(\d{4}([-/]\d{1,2}|[-/ ]?Q\d)?|\d{1,2}[-/]\d{4}|[A-Za-z]{3,9}[-, ]*\d{2,4})$/;

/** What to do about a column of times of which none can be read. */
const remedyFor = (example: string, [column]: readonly string[], free: readonly Column[]): string => {
  if (ONLY_CLOCK.test(example)) return `; it says the time of day only: --time <date column> --time ${column}`;
  const parts = datePartsAmong(free);
  if (parts.length > 0) {
    return `; where the date stands in several columns: ${[column, ...parts].map((part) => `--time "${part}"`).join(' ')}`;
  }
  return ONLY_MONTH.test(example)
    ? '; a month or a year says nothing about a day: give a file with a row a day or hour, or one an event'
    : '';
};

/** Why nothing is left: no time, no place, or no count that can be read. */
const noEvents = ({ picked, positions }: PickedFile, options: FileOptions, rows: RowCounts): BadOption => {
  if (rows.badCount > 0) return new BadOption('BAD_VALUE', `--count: no row has a whole number in “${options.count}”.`);
  if (rows.unknownPlace > rows.unknownTime) {
    return new BadOption('BAD_VALUE', `--place: no row names a place in “${options.place}”.`);
  }
  const columns = options.time;
  const example = picked.map(({ time }) => time.join(' ').trim()).find((text) => text !== '') ?? 'nothing';
  const what = `no row has a time that can be read in ${columns.join(' and ')}, for example “${example.slice(0, 40)}”`;
  return new BadOption('NO_READABLE_TIME', `--time: ${what}${remedyFor(example, columns, positions.free)}.`);
};

const countNames = (counts: CountColumns, { free }: Positions): readonly string[] =>
  free.filter(({ position }) => counts.positions.includes(position)).map(({ name }) => name);

const countNote = (counts: CountColumns | null, positions: Positions): readonly string[] => {
  if (counts === null) return [];
  const names = countNames(counts, positions).map((name) => `“${name}”`);
  const total = counts.total === undefined ? '' : `“${counts.total}” is their sum and was left out. `;
  return counts.isWide
    ? [
        `Columns of counts were found, and each taken for a place: ${names.join(', ')}. ${total}One alone: --count <column>.`,
      ]
    : [
        `A column of counts was found (${names.join('')}): each row was taken for as many events. Another: --count <column>.`,
      ];
};

/** The same rows with what was found to be their counts; where places stand beside each other, a row for each. */
const withCounts = ({ picked, positions }: PickedFile, counts: CountColumns | null): readonly Picked[] => {
  if (counts === null) return picked;
  const { free } = positions;
  return picked.flatMap((row) =>
    counts.positions.map((position) => {
      const count = row.cells[position] ?? '';
      const place = free.find((column) => column.position === position)?.name ?? '';
      return counts.isWide ? { ...row, count, place, whole: undefined } : { ...row, count };
    }),
  );
};

const foundCounts = ({ picked, positions }: PickedFile, { count, place }: FileOptions): CountColumns | null => {
  if (count !== undefined) return null;
  const rows = picked.map((row) => ({ cells: row.cells, time: row.at, place: spelling(row.place ?? '') }));
  return countColumnsOf(rows, positions, place !== undefined);
};

const headNotes = ({ order, titles, isSwapped, isInFigures }: PickedFile): readonly string[] => [
  ...(titles > 0 ? [`Lines above the head were left out: ${titles}.`] : []),
  ...(isSwapped ? ['--lat and --lon were named the wrong way round, and were read the other way.'] : []),
  ...(isInFigures
    ? ['Times of day are written in figures alone: 930 is 09:30, and 10 is ten minutes past midnight.']
    : []),
  ...(order === 'DAY_FIRST' ? ['Dates are written with the day before the month.'] : []),
];

/** Of events told to the minute: elsewhere rows may well be alike. */
const repeatedIn = (
  { isNumbered, picked }: PickedFile,
  { id }: FileOptions,
  { isCounted, isDaily, step }: { isCounted: boolean; isDaily: boolean; step: number | null },
): readonly string[] =>
  isNumbered || id !== undefined || isCounted || isDaily || step !== null
    ? []
    : repeatedNote(picked.filter(({ at }) => isOfOurs(at)).map(({ cells }) => cells));

/** Reads a file of events, row by row, whatever its order. Throws `BadOption` naming the argument that does not fit it. */
export const readEvents = async (options: FileOptions): Promise<EventFile> => {
  const file = await pickAll(options);
  const counts = foundCounts(file, options);
  const reader = new Reader(file.order);
  for (const row of withCounts(file, counts)) reader.take(row);
  const { placed, uncounted, hasZone, rows } = reader;
  if (placed.length === 0) throw noEvents(file, options, rows);
  const isCounted = counts !== null || options.count !== undefined;
  if (isCounted) {
    refuseLongSteps(placed);
    refuseRunningTotals(placed, counts === null ? [options.count ?? ''] : countNames(counts, file.positions));
  }
  const { events, isDaily, watch, step, notes } = eventsOf(placed, { isCounted, hasZone });
  const unobserved = unobservedOf({ placed, uncounted, step: isCounted ? step : 24 });
  return {
    ...{ events, watch: { ...watch, unobserved }, rows, isDaily, hasZone },
    notes: [
      ...headNotes(file),
      ...countNote(counts, file.positions),
      ...uncountedNote(uncounted),
      ...repeatedIn(file, options, { isCounted, isDaily, step }),
      ...notes,
    ],
  };
};
