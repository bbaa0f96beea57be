import { readFileSync } from 'node:fs';
import { CsvRecords } from '../../src/partners/csv/csv-records';
import { Reject } from '../../src/partners/csv/reject';
import { linkageFields, type LinkageField, type LinkageRecord } from '../../src/people/linkage/engine/linkage-record';
import { datesAsMeant } from './dates';
import type { MappedColumn } from './options';
import { Problem } from './problem';

export interface EvaluatedRow {
  readonly record: LinkageRecord;
  /** Rows with one truth are one person; `null`: not known. */
  readonly truth: string | null;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** What is no UTF-8 comes from an old spreadsheet. */
const ofBytes = (bytes: Buffer): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
};

/** What spreadsheets call Unicode is UTF-16 with its mark in front; everything else is read as UTF-8, else as Windows-1252. */
const decoded = (bytes: Buffer): string => {
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.subarray(2).toString('utf16le');
  if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff) {
    return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
      .swap16()
      .toString('utf16le');
  }
  return ofBytes(bytes).replace(/^\uFEFF/, '');
};

const textOf = (file: string): string => {
  try {
    return decoded(readFileSync(file));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new Problem('FILE_NOT_READABLE', '--file', `${file} cannot be read (${reason}).`, 'Send the path of a file.');
  }
};

const delimiterOf = (text: string): string => {
  const header = text.slice(0, text.search(/\r|\n|$/));
  const count = (delimiter: string): number => header.split(delimiter).length;
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best));
};

/** A file in parts, with the lines that were left out because nobody can tell where their values end. */
export interface ReadFile {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly leftOut: readonly number[];
}

const trimmed = (values: readonly string[]): string[] => values.map((value) => value.trim());

/** A line whose quotes do not close, with quotes that mean nothing; null: it has more or fewer values than the header then. */
const withoutQuotes = (text: string, delimiter: string, width: number | undefined): string[] | null => {
  const values = trimmed(text.replaceAll('"', '').split(delimiter));
  return values.length === width ? values : null;
};

/** Rows, the header first; none where the header cannot be read. */
const partsOf = (text: string): { readonly rows: string[][]; readonly leftOut: number[] } => {
  const delimiter = delimiterOf(text);
  const lines = text.split(/\r\n|\n|\r/).map((one, at) => ({ line: at + 1, text: one }));
  const records = new CsvRecords(delimiter);
  const found = lines.flatMap((line) => [...records.take(line)]).concat(...records.rest());
  const rows: string[][] = [];
  const leftOut: number[] = [];
  for (const record of found) {
    const asItStands = lines[record.line - 1]?.text ?? '';
    const values =
      record instanceof Reject ? withoutQuotes(asItStands, delimiter, rows[0]?.length) : trimmed(record.values);
    if (values) rows.push(values);
    else leftOut.push(record.line);
    if (rows.length === 0) break;
  }
  return { rows, leftOut };
};

/** Throws `Problem`. */
export const readFile = (path: string): ReadFile => {
  const { rows: read, leftOut } = partsOf(textOf(path));
  const [header, ...rows] = read;
  if (header !== undefined && rows.length > 0) return { path, header, rows, leftOut };
  if (header === undefined && leftOut.length > 0) {
    const remedy = 'Send text with a header line, values apart by comma, semicolon, tab or bar.';
    throw new Problem('FILE_NOT_CSV', '--file', `The header of ${path} has a quote that does not close.`, remedy);
  }
  const remedy = 'Send a file with a header line and rows below it.';
  throw new Problem('FILE_EMPTY', '--file', `${path} has no rows.`, remedy);
};

interface PlacedColumn {
  readonly field: LinkageField;
  readonly at: number;
}

/** `Given Name`, `given_name` and ` GIVEN-NAME ` are one column. */
const folded = (name: string): string =>
  name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '_');

/** Where a column stands: as it is written, else whatever its case, spaces and dashes; -1: nowhere. Throws where it stands twice. */
const placeIn = ({ path, header }: ReadFile, option: '--map' | '--truth', column: string): number => {
  const exact = header.flatMap((name, at) => (name === column ? [at] : []));
  const alike = exact.length > 0 ? exact : header.flatMap((name, at) => (folded(name) === folded(column) ? [at] : []));
  if (alike.length <= 1) return alike[0] ?? -1;
  const remedy = 'Give each column of the file a name of its own.';
  throw new Problem('AMBIGUOUS_COLUMN', option, `${path} has “${column}” ${alike.length} times.`, remedy);
};

type Headed = Pick<ReadFile, 'path' | 'header'>;
const unknownColumn = (option: '--map' | '--truth', column: string, { path, header }: Headed): Problem =>
  new Problem('UNKNOWN_COLUMN', option, `${path} has no column “${column}”.`, `It has ${header.join(', ')}.`);

/** Of one file, as far as it is not for the other. */
export const mapOfFile = (map: readonly MappedColumn[], number: number): readonly MappedColumn[] =>
  map.filter(({ file }) => file === null || file === number);

/** Files may name a column differently, or not have it: what only one file tells is missing in the other. */
const placesOf = (file: ReadFile, map: readonly MappedColumn[]): PlacedColumn[] => {
  const places = map
    .map(({ column, field }) => ({ field, at: placeIn(file, '--map', column) }))
    .filter(({ at }) => at >= 0);
  if (places.length > 0) return places;
  const [missing] = map;
  if (missing !== undefined) throw unknownColumn('--map', missing.column, file);
  throw new Problem(
    'BAD_ARGUMENT',
    '--map',
    `Nothing of ${file.path} is mapped.`,
    'Say which of its columns hold which field.',
  );
};

const truthPlace = (file: ReadFile, truth: string | undefined): number => {
  const at = truth === undefined ? -1 : placeIn(file, '--truth', truth);
  if (truth === undefined || at >= 0) return at;
  throw unknownColumn('--truth', truth, file);
};

/** The number of `rec-123-org` and `rec-123-dup-0`; anything else as it stands. */
const truthOf = (text: string): string | null => /^rec-(\d+)-/i.exec(text)?.[1] ?? (text === '' ? null : text);

/** How programs write that there is nothing. `Null`, `Nan` and `Na` stay: people are called that. */
const NOTHING = new Set(
  ['null', 'NULL', 'nan', 'NaN', 'NA', '<NA>', 'None', 'none', 'NONE', 'NaT', '\\N', '.', '-', '--', '?'].concat(
    ...['unknown', 'unk', 'missing', 'undefined', 'n/a', '#n/a', 'n.a.', '(null)', '<null>', 'not available'].map(
      (word) => [word, word.toUpperCase(), word.charAt(0).toUpperCase() + word.slice(1)],
    ),
  ),
);
/** What a program makes of a column of numbers once one of them is missing. */
const WHOLE_NUMBER = /^(\d+)\.0$/;

const valueAt = (line: readonly string[], at: number): string => {
  const text = line[at] ?? '';
  return NOTHING.has(text) ? '' : text.replace(WHOLE_NUMBER, '$1');
};

const recordOf = (line: readonly string[], places: readonly PlacedColumn[]): LinkageRecord => {
  const record: Partial<Record<LinkageField, string>> = {};
  for (const { field, at } of places) {
    const [before, text] = [record[field] ?? '', valueAt(line, at)];
    record[field] = before === '' || text === '' ? before + text : `${before} ${text}`;
  }
  return record;
};

/** The mapped columns of files that are compared with each other. Throws `Problem`. */
export const rowsOf = (
  files: readonly ReadFile[],
  map: readonly MappedColumn[],
  truth: readonly string[],
): EvaluatedRow[][] => {
  const read = files.map((file, number) => {
    const places = placesOf(file, mapOfFile(map, number));
    const truthAt = truthPlace(file, truth[number]);
    return file.rows.map((line) => ({
      record: recordOf(line, places),
      truth: truthAt < 0 ? null : truthOf(valueAt(line, truthAt)),
    }));
  });
  const dates = datesAsMeant(read.map((rows) => rows.map(({ record }) => record.birthDate ?? '')));
  return read.map((rows, number) =>
    rows.map(({ record, truth: told }, row) => ({
      record: record.birthDate ? { ...record, birthDate: dates[number]?.[row] ?? '' } : record,
      truth: told,
    })),
  );
};

/** A column that no file has is a slip of the command line, even where another column makes its field. */
export const refuseUnknownColumns = (files: readonly ReadFile[], map: readonly MappedColumn[]): void => {
  const isKnown = ({ column, file }: MappedColumn): boolean =>
    files.some((read, number) => (file === null || file === number) && placeIn(read, '--map', column) >= 0);
  const stranger = map.find((mapped) => !isKnown(mapped));
  if (!stranger) return;
  const path = files.map((file) => file.path).join(' and ');
  throw unknownColumn('--map', stranger.column, { path, header: files.flatMap(({ header }) => header) });
};

/** Mapped fields that one of two files has no column for: missing in all of its rows, so that nothing of them is compared. */
export const fieldsOfOneFile = (files: readonly ReadFile[], map: readonly MappedColumn[]): readonly LinkageField[] => {
  const told = files.map((file, number) => new Set(placesOf(file, mapOfFile(map, number)).map(({ field }) => field)));
  return linkageFields.filter((field) => new Set(told.map((fields) => fields.has(field))).size > 1);
};

/** A truth that is nowhere told would measure nothing, and look like a measurement. */
export const refuseEmptyTruth = (rows: readonly EvaluatedRow[], truth: readonly string[]): void => {
  if (truth.length === 0 || rows.some((row) => row.truth !== null)) return;
  const message = `Not one row has a value in “${[...new Set(truth)].join('” or “')}”.`;
  throw new Problem('TRUTH_EMPTY', '--truth', message, 'Name the column that says who is who, or leave it out.');
};
