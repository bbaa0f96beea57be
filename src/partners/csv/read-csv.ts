import { CsvRecords, type CsvRecord, type Unreadable } from './csv-records';
import { Reject } from './reject';
import { textLines, type TextLine } from './text-lines';

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

async function* recordsOf(lines: AsyncIterable<TextLine | Unreadable>): AsyncGenerator<CsvRecord | Unreadable> {
  const records = new CsvRecords();
  for await (const next of lines) {
    if (!(next instanceof Reject)) yield* records.take(next);
    else {
      yield* records.rest();
      yield next;
    }
  }
  yield* records.rest();
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
  for await (const record of recordsOf(textLines(path))) {
    if (header) yield record instanceof Reject ? record : lineOf(record, header, width);
    else {
      if (record instanceof Reject) throw new Error(`The header cannot be read: ${record.message}`);
      header = headerOf(record.values, shape);
      width = record.values.length;
    }
  }
  if (!header) throw new Error('The file is empty.');
}
