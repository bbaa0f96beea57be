import { parse, type CsvError } from 'csv-parse/sync';
import { Reject, type UnreadableReason } from './reject';
import { textLines, type TextLine } from './text-lines';

/** A quoted field may hold line ends. A quote still open after so many lines is taken for a stray one. */
const maxLinesOfRecord = 8;

interface CsvRecord {
  readonly line: number;
  readonly values: readonly string[];
}
type Unreadable = Reject<UnreadableReason>;

/** One record: trimmed text under the names of the columns, absent values empty. */
export interface CsvLine<Column extends string> {
  readonly line: number;
  readonly row: Readonly<Record<Column, string>>;
}

/** Which columns a file must have, and which it may have; further ones are passed over. */
export interface CsvShape<Column extends string> {
  /** For the message to whoever sends another file, for example `the facilities directory`. */
  readonly name: string;
  readonly columns: readonly Column[];
  readonly optional?: readonly Column[];
}

const inQuotes = '"[^"]*(?:""[^"]*)*';
// A quote opens at the beginning of a field only: 5" is five inches.
const field = `(?:${inQuotes}"|[^",][^,]*|)`;
const whole = new RegExp(`^(?:${field},)*${field}$`);
const open = new RegExp(`^(?:${field},)*${inQuotes}$`);

const parseRecord = ({ line, text }: TextLine): CsvRecord | Unreadable => {
  if (!whole.test(text)) return new Reject(line, 'MALFORMED_LINE', 'Quotes are not closed or not doubled.');
  try {
    const [values = []] = parse(text, { relax_column_count: true, relax_quotes: true, record_delimiter: '\n' });
    return { line, values };
  } catch (error) {
    return new Reject(line, 'MALFORMED_LINE', `It cannot be read (${(error as CsvError).code}).`);
  }
};

interface Taken {
  readonly record: CsvRecord | Unreadable;
  /** Lines it is made of. */
  readonly lines: number;
}

/** The record with which these lines begin; null: further lines may belong to it. */
const firstOf = (held: readonly TextLine[], first: TextLine, width: number | undefined): Taken | null => {
  let text = first.text;
  for (let lines = 1; ; lines += 1) {
    if (!open.test(text)) {
      const record = parseRecord({ line: first.line, text });
      const isOne = !(record instanceof Reject) && (width === undefined || record.values.length === width);
      if (lines === 1 || isOne) return { record, lines };
      break;
    }
    if (lines >= maxLinesOfRecord) break;
    const more = held[lines];
    if (more === undefined) return null;
    text += `\n${more.text}`;
  }
  return { record: new Reject(first.line, 'MALFORMED_LINE', 'A quote is opened and not closed.'), lines: 1 };
};

/**
 * Records one by one. csv-parse sees one record at a time: a broken quote costs its own line, where the streaming
 * parser would swallow the file up to the next quote. Lines that make no record together are read again one by one.
 */
async function* csvRecords(lines: AsyncIterable<TextLine | Unreadable>): AsyncGenerator<CsvRecord | Unreadable> {
  let held: TextLine[] = [];
  let width: number | undefined;
  const readable = function* (isEnd: boolean): Generator<CsvRecord | Unreadable> {
    for (let [first] = held; first !== undefined; [first] = held) {
      const isBlank = first.text.trim() === '';
      const taken = isBlank ? null : firstOf(held, first, width);
      if (taken === null && !isBlank && !isEnd) return;
      held = held.slice(taken?.lines ?? 1);
      if (taken && !(taken.record instanceof Reject)) width ??= taken.record.values.length;
      if (!isBlank) yield taken?.record ?? parseRecord(first);
    }
  };
  for await (const next of lines) {
    if (!(next instanceof Reject)) held.push(next);
    yield* readable(next instanceof Reject);
    if (next instanceof Reject) yield next;
  }
  yield* readable(true);
}

type Header<Column> = ReadonlyMap<Column, number>;

const headerOf = <Column extends string>(names: readonly string[], shape: CsvShape<Column>): Header<Column> => {
  const positions = new Map(names.map((name, position) => [name.trim(), position]));
  const missing = shape.columns.filter((column) => !positions.has(column));
  if (missing.length > 0) {
    throw new Error(`This is not ${shape.name}: the header has no column ${missing.join(', ')}.`);
  }
  return new Map(
    [...shape.columns, ...(shape.optional ?? [])].map((column) => [column, positions.get(column) ?? -1] as const),
  );
};

/** U+FFFD stands where the bytes were no UTF-8; control characters cannot be stored, or would forge lines. */
const unreadable = /[\uFFFD]|(?![\t\r\n])\p{Cc}/u;

const lineOf = <Column extends string>(
  { line, values }: CsvRecord,
  header: Header<Column>,
  width: number,
): CsvLine<Column> | Unreadable => {
  if (values.length !== width) {
    return new Reject(line, 'MALFORMED_LINE', `${width} columns expected, ${values.length} found.`);
  }
  if (values.some((value) => unreadable.test(value))) {
    return new Reject(line, 'UNREADABLE_TEXT', 'Bytes that are not UTF-8, or control characters.');
  }
  const row = Object.fromEntries([...header].map(([column, position]) => [column, (values[position] ?? '').trim()]));
  return { line, row: row as Record<Column, string> };
};

/**
 * The records of a CSV file, one at a time, in file order; a line that cannot be read comes as a `Reject`.
 * Throws when the file is missing, empty, or its header lacks a column.
 */
export async function* readCsv<Column extends string>(
  path: string,
  shape: CsvShape<Column>,
): AsyncGenerator<CsvLine<Column> | Unreadable> {
  let header: Header<Column> | undefined;
  let width = 0;
  for await (const record of csvRecords(textLines(path))) {
    if (header) yield record instanceof Reject ? record : lineOf(record, header, width);
    else {
      if (record instanceof Reject) throw new Error(`The header cannot be read: ${record.message}`);
      header = headerOf(record.values, shape);
      width = record.values.length;
    }
  }
  if (!header) throw new Error('The file is empty.');
}
