import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { parse } from 'csv-parse';
import { BadOption, type FileOptions } from './options';
import { readTime, type ReadTime } from './times';

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

export interface EventFile {
  readonly events: readonly FileEvent[];
  readonly rows: RowCounts;
  /** The file says the day only: events stand at the end of their day, when the day is known. */
  readonly isDaily: boolean;
  readonly hasZone: boolean;
}

const DAY_MS = 86_400_000;
const MOST_PER_ROW = 100_000;
const CANCELLED = /^\s*(cancel|duplic)/i;
const DELIMITERS = [',', ';', '\t', '|'] as const;
/** Where nobody names the place. */
const WHOLE_FILE = 'all';

const headOf = async (file: string): Promise<string> => {
  const lines = createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity });
  try {
    for await (const line of lines) if (line.trim() !== '') return line;
    return '';
  } finally {
    lines.close();
  }
};

const fewest = (head: string, delimiter: string): number => head.split(delimiter).length;

type Columns = ReadonlyMap<string, number>;

const column = (columns: Columns, option: string, name: string): number => {
  const position = columns.get(name) ?? columns.get(name.trim());
  if (position !== undefined) return position;
  throw new BadOption(`--${option}: the file has no column “${name}”; it has ${[...columns.keys()].join(', ')}.`);
};

const NAMED = ['known', 'place', 'lat', 'lon', 'id', 'count', 'stream', 'disposition'] as const;

interface Positions extends Partial<Record<(typeof NAMED)[number], number>> {
  readonly time: readonly number[];
}

const positionsOf = (head: readonly string[], options: FileOptions): Positions => {
  const columns: Columns = new Map(head.map((name, position) => [name.trim(), position]));
  const named = NAMED.flatMap((option) => {
    const name = options[option];
    return name === undefined ? [] : [[option, column(columns, option, name)] as const];
  });
  const disposition = options.disposition ?? [...columns.keys()].find((name) => /dispos/i.test(name));
  return {
    ...(disposition === undefined ? {} : { disposition: columns.get(disposition) as number }),
    ...Object.fromEntries(named),
    time: options.time.map((name) => column(columns, 'time', name)),
  };
};

/** Ids are texts; a thousands separator is not part of one. */
const idOf = (text: string): string => text.trim().replace(/(?<=\d),(?=\d{3})/g, '');

const degrees = (text: string | undefined, limit: number): number | undefined => {
  const value = Number(text?.trim() === '' ? Number.NaN : text);
  return Math.abs(value) <= limit && value !== 0 ? value : undefined;
};

class Reader {
  readonly events: { event: FileEvent; hasTime: boolean; times: number }[] = [];
  readonly rows: RowCounts = {
    read: 0,
    used: 0,
    unknownTime: 0,
    unknownPlace: 0,
    cancelled: 0,
    duplicate: 0,
    badCount: 0,
  };
  hasZone = false;
  private readonly seen = new Set<string>();

  constructor(private readonly positions: Positions) {}

  take(row: readonly string[]): void {
    this.rows.read += 1;
    const problem = this.problemOf(row);
    if (problem === null) this.rows.used += 1;
    else this.rows[problem] += 1;
  }

  private value(row: readonly string[], name: (typeof NAMED)[number]): string | undefined {
    const position = this.positions[name];
    return position === undefined ? undefined : (row[position] ?? '');
  }

  private problemOf(row: readonly string[]): keyof RowCounts | null {
    if (CANCELLED.test(this.value(row, 'disposition') ?? '')) return 'cancelled';
    const time = readTime(this.positions.time.map((position) => row[position] ?? '').join(' '));
    if (time === null) return 'unknownTime';
    const place = this.value(row, 'place')?.trim() ?? WHOLE_FILE;
    if (place === '') return 'unknownPlace';
    const times = this.timesOf(row);
    if (times === null) return 'badCount';
    if (this.wasSeen(row)) return 'duplicate';
    this.hasZone ||= time.hasZone;
    this.events.push({ event: this.eventOf(row, place, time), hasTime: time.hasTime, times });
    return null;
  }

  private timesOf(row: readonly string[]): number | null {
    const text = this.value(row, 'count');
    if (text === undefined) return 1;
    const count = Number(text.trim() === '' ? Number.NaN : text.replaceAll(',', ''));
    return Number.isInteger(count) && count >= 0 && count <= MOST_PER_ROW ? count : null;
  }

  private wasSeen(row: readonly string[]): boolean {
    const text = this.value(row, 'id');
    if (text === undefined) return false;
    const id = idOf(text);
    if (id === '') return false;
    if (this.seen.has(id)) return true;
    this.seen.add(id);
    return false;
  }

  private eventOf(row: readonly string[], place: string, { at }: ReadTime): FileEvent {
    const known = readTime(this.value(row, 'known') ?? '')?.at ?? at;
    return {
      place,
      occurredAt: at,
      knownAt: Math.max(at, known),
      stream: this.value(row, 'stream')?.trim(),
      latitude: degrees(this.value(row, 'lat'), 90),
      longitude: degrees(this.value(row, 'lon'), 180),
    };
  }
}

const atDayEnd = (event: FileEvent): FileEvent => {
  const end = (Math.floor(event.occurredAt / DAY_MS) + 1) * DAY_MS - 1;
  return { ...event, occurredAt: end, knownAt: Math.max(end, event.knownAt) };
};

const finish = (reader: Reader, isCounted: boolean): EventFile => {
  const { events, rows, hasZone } = reader;
  const isAtMidnight = ({ event }: { event: FileEvent }): boolean => event.occurredAt % DAY_MS === 0;
  const isDaily = isCounted || events.every((read) => !read.hasTime || isAtMidnight(read));
  const all = events.flatMap(({ event, times }) => {
    const placed = isDaily ? atDayEnd(event) : event;
    return times === 1 ? [placed] : new Array<FileEvent>(times).fill(placed);
  });
  return { events: all.sort((one, other) => one.knownAt - other.knownAt), rows, isDaily, hasZone };
};

/** Reads a file of events, row by row, whatever its order. Throws `BadOption` naming the argument that does not fit it. */
export const readEvents = async (options: FileOptions): Promise<EventFile> => {
  const head = await headOf(options.file).catch((error: unknown) => {
    throw new BadOption(`--file: ${(error as Error).message}.`);
  });
  if (head === '') throw new BadOption('--file: the file is empty.');
  const delimiter = DELIMITERS.reduce((best, next) => (fewest(head, next) > fewest(head, best) ? next : best));
  const lines = parse({ bom: true, delimiter, relax_quotes: true, relax_column_count: true, skip_empty_lines: true });
  const source = createReadStream(options.file).on('error', (error) => lines.destroy(error));
  let reader: Reader | undefined;
  for await (const row of source.pipe(lines) as AsyncIterable<string[]>) {
    if (reader === undefined) reader = new Reader(positionsOf(row, options));
    else reader.take(row);
  }
  if (reader === undefined || reader.events.length === 0) {
    throw new BadOption(`--time: no row of the file has a time that can be read in ${options.time.join(' and ')}.`);
  }
  return finish(reader, options.count !== undefined);
};
