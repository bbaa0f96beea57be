import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { linkageFields, type LinkageField, type LinkageRecord } from '../../src/people/linkage/engine/linkage-record';
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

const linesOf = (file: string): string[][] => {
  const text = textOf(file);
  try {
    const options = { bom: true, trim: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true };
    return parse(text, { ...options, delimiter: delimiterOf(text) });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const remedy = 'Send text with a header line, values apart by comma, semicolon, tab or bar.';
    throw new Problem('FILE_NOT_CSV', '--file', `${file} is not a CSV file: ${reason}.`, remedy);
  }
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

/** Where a column stands: as it is written, else whatever its case, spaces and dashes; -1: nowhere, or in two places. */
const placeIn = (header: readonly string[], column: string): number => {
  const exact = header.indexOf(column);
  if (exact >= 0) return exact;
  const alike = header.flatMap((name, at) => (folded(name) === folded(column) ? [at] : []));
  return alike.length === 1 ? (alike[0] as number) : -1;
};

const unknownColumn = (option: '--map' | '--truth', column: string, file: string, header: readonly string[]): Problem =>
  new Problem('UNKNOWN_COLUMN', option, `${file} has no column “${column}”.`, `It has ${header.join(', ')}.`);

/** Of one file, as far as it is not for the other. */
export const mapOfFile = (map: readonly MappedColumn[], number: number): readonly MappedColumn[] =>
  map.filter(({ file }) => file === null || file === number);

/** Files may name a column differently, or not have it: what only one file tells is missing in the other. */
const placesOf = (header: readonly string[], map: readonly MappedColumn[], file: string): PlacedColumn[] => {
  const places = map.map(({ column, field }) => ({ field, at: placeIn(header, column) })).filter(({ at }) => at >= 0);
  if (places.length > 0) return places;
  const [missing] = map;
  if (missing !== undefined) throw unknownColumn('--map', missing.column, file, header);
  throw new Problem(
    'BAD_ARGUMENT',
    '--map',
    `Nothing of ${file} is mapped.`,
    'Say which of its columns hold which field.',
  );
};

const truthPlace = (header: readonly string[], truth: string | null, file: string): number => {
  const at = truth === null ? -1 : placeIn(header, truth);
  if (truth === null || at >= 0) return at;
  throw unknownColumn('--truth', truth, file, header);
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

const TWO_THEN_YEAR = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{2,4})(?=$|[ T])/;
const MONTHS = 12;

/** Whether a file writes the day before the month: more of its dates can be read only so than only the other way. */
const areDaysFirst = (records: readonly LinkageRecord[]): boolean => {
  let lead = 0;
  for (const { birthDate } of records) {
    const [, first, , second] = TWO_THEN_YEAR.exec(birthDate ?? '') ?? [];
    lead += Number(Number(first) > MONTHS) - Number(Number(second) > MONTHS);
  }
  return lead > 0;
};

/** A date that could be read either way, as the rest of its file is to be read. */
const withDateOf = (record: LinkageRecord, isDayFirst: boolean): LinkageRecord => {
  const [, first, , second, year] = TWO_THEN_YEAR.exec(record.birthDate ?? '') ?? [];
  if (!isDayFirst || Number(first) > MONTHS || year === undefined) return record;
  return { ...record, birthDate: `${second ?? ''}/${first ?? ''}/${year}` };
};

/** Reads the mapped columns of a file. Throws `Problem`. */
export const readRows = (file: string, map: readonly MappedColumn[], truth: string | null): EvaluatedRow[] => {
  const [header, ...lines] = linesOf(file);
  if (header === undefined || lines.length === 0) {
    throw new Problem(
      'FILE_EMPTY',
      '--file',
      `${file} has no rows.`,
      'Send a file with a header line and rows below it.',
    );
  }
  const places = placesOf(header, map, file);
  const truthAt = truthPlace(header, truth, file);
  const records = lines.map((line) => recordOf(line, places));
  const isDayFirst = areDaysFirst(records);
  return records.map((record, row) => ({
    record: withDateOf(record, isDayFirst),
    truth: truthAt < 0 ? null : truthOf(valueAt(lines[row] ?? [], truthAt)),
  }));
};

/** A column that no file has is a slip of the command line, even where another column makes its field. */
export const refuseUnknownColumns = (files: readonly string[], map: readonly MappedColumn[]): void => {
  const headers = files.map((file) => linesOf(file)[0] ?? []);
  const isKnown = ({ column, file }: MappedColumn): boolean =>
    headers.some((header, number) => (file === null || file === number) && placeIn(header, column) >= 0);
  const stranger = map.find((mapped) => !isKnown(mapped));
  if (stranger) throw unknownColumn('--map', stranger.column, files.join(' and '), headers.flat());
};

/** Mapped fields that one of two files has no column for: missing in all of its rows, so that nothing of them is compared. */
export const fieldsOfOneFile = (files: readonly string[], map: readonly MappedColumn[]): readonly LinkageField[] => {
  const told = files.map((file, number) => {
    const header = linesOf(file)[0] ?? [];
    return new Set(placesOf(header, mapOfFile(map, number), file).map(({ field }) => field));
  });
  return linkageFields.filter((field) => new Set(told.map((fields) => fields.has(field))).size > 1);
};

/** A truth that is nowhere told would measure nothing, and look like a measurement. */
export const refuseEmptyTruth = (rows: readonly EvaluatedRow[], truth: string | null): void => {
  if (truth === null || rows.some((row) => row.truth !== null)) return;
  const message = `Not one row has a value in “${truth}”.`;
  throw new Problem('TRUTH_EMPTY', '--truth', message, 'Name the column that says who is who, or leave it out.');
};
