import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { LinkageField, LinkageRecord } from '../../src/people/linkage/engine/linkage-record';
import type { MappedColumn } from './options';
import { Problem } from './problem';

export interface EvaluatedRow {
  readonly record: LinkageRecord;
  /** Rows with one truth are one person; `null`: not known. */
  readonly truth: string | null;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? 'unknown error';
    throw new Problem('FILE_NOT_READABLE', `${file} cannot be read (${reason}).`);
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
    throw new Problem('FILE_NOT_CSV', `${file} is not a CSV file: ${reason}`);
  }
};

interface PlacedColumn {
  readonly field: LinkageField;
  readonly at: number;
}

/** Files may name a column differently: each needs one of the columns that make a field, not all. */
const placesOf = (header: readonly string[], map: readonly MappedColumn[], file: string): PlacedColumn[] => {
  const places = map.map(({ column, field }) => ({ field, at: header.indexOf(column) })).filter(({ at }) => at >= 0);
  const missing = map.find(({ field }) => !places.some((place) => place.field === field));
  if (missing === undefined) return places;
  throw new Problem('UNKNOWN_COLUMN', `${file} has no column “${missing.column}”; it has ${header.join(', ')}.`);
};

const truthPlace = (header: readonly string[], truth: string | null, file: string): number => {
  const at = truth === null ? -1 : header.indexOf(truth);
  if (truth === null || at >= 0) return at;
  throw new Problem('UNKNOWN_COLUMN', `${file} has no column “${truth}”; it has ${header.join(', ')}.`);
};

/** The number of `rec-123-org` and `rec-123-dup-0`; anything else as it stands. */
const truthOf = (text: string): string | null => /^rec-(\d+)-/.exec(text)?.[1] ?? (text === '' ? null : text);

const recordOf = (line: readonly string[], places: readonly PlacedColumn[]): LinkageRecord => {
  const record: Partial<Record<LinkageField, string>> = {};
  for (const { field, at } of places) {
    const [before, text] = [record[field] ?? '', line[at] ?? ''];
    record[field] = before === '' || text === '' ? before + text : `${before} ${text}`;
  }
  return record;
};

/** Reads the mapped columns of a file. Throws `Problem`. */
export const readRows = (file: string, map: readonly MappedColumn[], truth: string | null): EvaluatedRow[] => {
  const [header, ...lines] = linesOf(file);
  if (header === undefined || lines.length === 0) throw new Problem('FILE_EMPTY', `${file} has no rows.`);
  const places = placesOf(header, map, file);
  const truthAt = truthPlace(header, truth, file);
  return lines.map((line) => ({
    record: recordOf(line, places),
    truth: truthAt < 0 ? null : truthOf(line[truthAt] ?? ''),
  }));
};

/** A column that no file has is a slip of the command line, even where another column makes its field. */
export const refuseUnknownColumns = (files: readonly string[], map: readonly MappedColumn[]): void => {
  const known = new Set(files.flatMap((file) => linesOf(file)[0] ?? []));
  const stranger = map.find(({ column }) => !known.has(column));
  if (stranger) throw new Problem('UNKNOWN_COLUMN', `No file has a column “${stranger.column}”.`);
};
