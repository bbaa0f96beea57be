import { areCounts, refuseLongSteps } from './count-columns';
import { NAMED, positionsOf, type ColumnOption, type Positions } from './columns';
import { rowsOf } from './csv-rows';
import { eventsOf, type Placed } from './day-ends';
import { BadOption, type FileOptions } from './options';
import { NOT_SAID, orderOf, readDateAndClock, readTime, type DateOrder, type ReadTime } from './times';

export interface FileEvent {
  readonly place: string;
  readonly occurredAt: number;
  readonly knownAt: number;
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
  readonly guessedCount: string | undefined;
  readonly isSureCount: boolean;
  readonly who: string | undefined;
  /** The whole row, where a row that is repeated is the same event. */
  readonly whole: string | undefined;
}

const MOST_PER_ROW = 100_000;
/** A day outside these is a slip or stands for an unknown one: a place would be watched, and called quiet, for centuries. */
const EARLIEST = Date.UTC(1950, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
const CANCELLED = /^\s*(cancel|duplic)/i;
/** Where nobody names the place. */
const WHOLE_FILE = 'all';

/** Ids are texts; a thousands separator is not part of one. */
const idOf = (text: string): string => text.trim().replace(/(?<=\d),(?=\d{3})/g, '');

const degrees = (text: string | undefined, limit: number): number | undefined => {
  const value = Number(text?.trim() === '' ? Number.NaN : text);
  return Math.abs(value) <= limit && value !== 0 ? value : undefined;
};

const countIn = (text: string): number | null => {
  const count = Number(text.trim() === '' ? Number.NaN : text.replaceAll(',', ''));
  return Number.isInteger(count) && count >= 0 && count <= MOST_PER_ROW ? count : null;
};

/** `undefined`: the cell says nothing; `null`: something else than how many. */
const guessedIn = (text: string | undefined): number | null | undefined =>
  text === undefined ? null : NOT_SAID.test(text.trim()) ? undefined : countIn(text);

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
  guessedCount: positions.guessedCount === undefined ? undefined : row[positions.guessedCount],
  isSureCount: positions.isSureCount,
  who: positions.who === undefined ? undefined : row[positions.who],
  whole: positions.isNumbered ? row.join('\u0000') : undefined,
});

const pickAll = async (options: FileOptions): Promise<readonly Picked[]> => {
  let positions: Positions | undefined;
  const picked: Picked[] = [];
  for await (const row of rowsOf(options.file)) {
    if (positions === undefined) positions = positionsOf(row, options);
    else picked.push(pick(row, positions));
  }
  if (picked.length === 0) throw new BadOption('EMPTY_FILE', '--file: the file has a head and no rows.');
  return picked;
};

const timeOf = ([date = '', clock]: readonly string[], order: DateOrder): ReadTime | null =>
  clock === undefined ? readTime(date, order) : readDateAndClock(date, clock, order);

/** What makes rows the same event: what is blank says nothing. */
const keysOf = ({ id = '', who = '', whole, time, place }: Picked): string[] => [
  ...(id.trim() === '' ? [] : [`id ${idOf(id)}`]),
  ...(who.trim() === '' || who.trim() === 'NULL' ? [] : [['who', idOf(who), place, ...time].join('\u0000')]),
  ...(whole === undefined ? [] : [`row ${whole}`]),
];

class Reader {
  readonly placed: Placed[] = [];
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

  /** By the column that was found: rows that say no number are left out. */
  counted(): readonly Placed[] {
    const said = this.placed.flatMap((one) => (one.guessed == null ? [] : [{ ...one, times: one.guessed }]));
    this.rows.used -= this.placed.length - said.length;
    this.rows.badCount += this.placed.length - said.length;
    return said;
  }

  private problemOf(row: Picked): keyof RowCounts | null {
    if (isCancelled(row)) return 'cancelled';
    const time = timeOf(row.time, this.order);
    if (time === null || time.at < EARLIEST || time.at >= LATEST) return 'unknownTime';
    const place = this.placeOf(row);
    if (place === '') return 'unknownPlace';
    const times = countIn(row.count ?? '1');
    if (times === null) return 'badCount';
    if (this.wasSeen(row)) return 'duplicate';
    this.place(this.eventOf(row, place, time), time, { times, guessed: guessedIn(row.guessedCount) });
    return null;
  }

  private placeOf({ place = WHOLE_FILE }: Picked): string {
    const key = spelling(place);
    const known = this.places.get(key) ?? place.replace(/\s+/g, ' ').trim();
    this.places.set(key, known);
    return known;
  }

  private place(event: FileEvent, { hasTime, hasZone }: ReadTime, counts: Pick<Placed, 'times' | 'guessed'>): void {
    this.hasZone ||= hasZone;
    this.placed.push({ event, hasTime, ...counts });
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

const noTime = (picked: readonly Picked[], { time: columns }: FileOptions): BadOption => {
  const example = picked.map(({ time }) => time.join(' ').trim()).find((text) => text !== '') ?? 'nothing';
  const what = `no row has a time that can be read in ${columns.join(' and ')}, for example “${example.slice(0, 40)}”`;
  return new BadOption('NO_READABLE_TIME', `--time: ${what}.`);
};

const foundNotes = (order: DateOrder, isGuessed: boolean): readonly string[] => [
  ...(order === 'DAY_FIRST' ? ['Dates are written with the day before the month.'] : []),
  ...(isGuessed
    ? ['A column of counts was found: each row was taken for as many events. Another: --count <column>.']
    : []),
];

/** Reads a file of events, row by row, whatever its order. Throws `BadOption` naming the argument that does not fit it. */
export const readEvents = async (options: FileOptions): Promise<EventFile> => {
  const picked = await pickAll(options);
  const order = orderOf(picked.map(({ time }) => time[0] ?? ''));
  const reader = new Reader(order);
  for (const row of picked) reader.take(row);
  if (reader.placed.length === 0) throw noTime(picked, options);
  const isGuessed = options.count === undefined && areCounts(reader.placed, picked[0]?.isSureCount ?? false);
  const placed = isGuessed ? reader.counted() : (reader.placed as readonly Placed[]);
  const isCounted = isGuessed || options.count !== undefined;
  if (isCounted) refuseLongSteps(placed);
  const { hasZone, rows } = reader;
  const { events, isDaily, watch, notes } = eventsOf(placed, { isCounted, hasZone });
  return {
    ...{ events, watch, rows, isDaily, hasZone },
    notes: [...foundNotes(order, isGuessed), ...notes],
  };
};
