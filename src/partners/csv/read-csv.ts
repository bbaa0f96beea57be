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

const isOpen = (text: string): boolean => (text.match(/"/g)?.length ?? 0) % 2 === 1;

const parseRecord = ({ line, text }: TextLine): CsvRecord | Unreadable => {
  try {
    const [values = []] = parse(text, { relax_column_count: true, record_delimiter: '\n' });
    return { line, values };
  } catch (error) {
    return new Reject(line, 'MALFORMED_LINE', `Quotes are not closed or not doubled (${(error as CsvError).code}).`);
  }
};

/**
 * Records one by one. csv-parse sees one record at a time: a broken quote costs its own line, where the streaming
 * parser would swallow the file up to the next quote.
 */
async function* csvRecords(lines: AsyncIterable<TextLine>): AsyncGenerator<CsvRecord | Unreadable> {
  let held: TextLine[] = [];
  const strays = function* (): Generator<CsvRecord | Unreadable> {
    const [first, ...others] = held;
    held = [];
    if (first) yield new Reject(first.line, 'MALFORMED_LINE', 'A quote is opened and not closed.');
    for (const other of others) yield parseRecord(other);
  };
  for await (const next of lines) {
    if (held.length === 0 && next.text.trim() === '') continue;
    held.push(next);
    const text = held.map((piece) => piece.text).join('\n');
    if (!isOpen(text)) {
      const line = held[0]?.line ?? next.line;
      held = [];
      yield parseRecord({ line, text });
    } else if (held.length >= maxLinesOfRecord) yield* strays();
  }
  yield* strays();
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
