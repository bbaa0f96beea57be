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

const isOfWidth = (record: CsvRecord | Unreadable, width: number | undefined): boolean =>
  !(record instanceof Reject) && (width === undefined || record.values.length === width);

interface Taken {
  /** Absent: a blank line. */
  readonly record?: CsvRecord | Unreadable;
  /** Lines it is made of. */
  readonly lines: number;
}

/** The first of these lines with as many more as its quotes need; undefined: they do not close. */
const closedText = (held: readonly TextLine[]): { readonly text: string; readonly lines: number } | undefined => {
  let text = '';
  for (const [at, piece] of held.slice(0, maxLinesOfRecord).entries()) {
    text += `${at === 0 ? '' : '\n'}${piece.text}`;
    if (!open.test(text)) return { text, lines: at + 1 };
  }
  return undefined;
};

/** The record with which these lines begin; undefined: there is none, or lines that `isMore` to come may belong to it. */
const firstOf = (held: readonly TextLine[], isMore: boolean, width: number | undefined): Taken | undefined => {
  const [first] = held;
  if (!first) return undefined;
  if (first.text.trim() === '') return { lines: 1 };
  const closed = closedText(held);
  if (!closed && isMore && held.length < maxLinesOfRecord) return undefined;
  const record = closed && parseRecord({ line: first.line, text: closed.text });
  if (record && (closed.lines === 1 || isOfWidth(record, width))) return { record, lines: closed.lines };
  return { record: new Reject(first.line, 'MALFORMED_LINE', 'A quote is opened and not closed.'), lines: 1 };
};

/**
 * Records one by one. csv-parse sees one record at a time: a broken quote costs its own line, where the streaming
 * parser would swallow the file up to the next quote. Lines that make no record together are read again one by one.
 */
async function* csvRecords(lines: AsyncIterable<TextLine | Unreadable>): AsyncGenerator<CsvRecord | Unreadable> {
  let held: readonly TextLine[] = [];
  let width: number | undefined;
  const readable = function* (isMore: boolean): Generator<CsvRecord | Unreadable> {
    for (let taken = firstOf(held, isMore, width); taken; taken = firstOf(held, isMore, width)) {
      held = held.slice(taken.lines);
      const { record } = taken;
      if (!record) continue;
      if (!(record instanceof Reject)) width ??= record.values.length;
      yield record;
    }
  };
  for await (const next of lines) {
    if (next instanceof Reject) {
      yield* readable(false);
      yield next;
      continue;
    }
    held = [...held, next];
    yield* readable(true);
  }
  yield* readable(false);
}

type Header<Column> = ReadonlyMap<Column, number>;

const headerOf = <Column extends string>(names: readonly string[], shape: CsvShape<Column>): Header<Column> => {
  const positions = new Map(names.map((name, position) => [name.trim(), position]));
  const twice = [...shape.columns, ...(shape.optional ?? [])].filter(
    (column) => names.filter((name) => name.trim() === column).length > 1,
  );
  if (twice.length > 0) {
    throw new Error(`The header names ${twice.join(', ')} more than once: leave one column of each name.`);
  }
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
