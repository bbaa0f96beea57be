import { MOST_RECORDS } from '../../src/people/linkage/engine/blocking/block-index';
import { defaultLinkagePolicy } from '../../src/people/linkage/engine/default-policy';
import type { LinkageField } from '../../src/people/linkage/engine/linkage-record';
import { linkRecords } from '../../src/people/linkage/engine/link-records';
import { RecordReader } from '../../src/people/linkage/engine/prepared-record';
import { birthDate } from '../../src/people/linkage/engine/values/birth-date';
import { shippedWords } from '../../src/people/linkage/shipped-words';
import { figuresOf, type Figures } from './measure';
import type { FileQuestion } from './options';
import { Problem } from './problem';
import {
  fieldsOfOneFile,
  readFile,
  refuseEmptyTruth,
  refuseUnknownColumns,
  rowsOf,
  type EvaluatedRow,
} from './read-file';

export interface FileReport extends Figures {
  readonly records: number;
  readonly candidatePairs: number;
  /** From the first byte read to the last pair decided. */
  readonly seconds: number;
  readonly policy: string;
}

/** Links rows at the shipped thresholds and holds the outcome against the truth, which nothing before has seen. */
export const evaluateRows = (
  first: readonly EvaluatedRow[],
  second: readonly EvaluatedRow[] | undefined,
  startedAt: number,
): FileReport => {
  const rows = [...first, ...(second ?? [])];
  if (rows.length > MOST_RECORDS) {
    const message = `There are ${rows.length} rows together.`;
    throw new Problem('TOO_MANY_ROWS', '--file', message, `Send at most ${MOST_RECORDS}.`);
  }
  const reader = new RecordReader(shippedWords());
  const records = rows.map(({ record }) => reader.read(record));
  const split = second === undefined ? null : first.length;
  const { decisions, candidatePairs } = linkRecords({ records, split }, defaultLinkagePolicy);
  const seconds = Math.round(performance.now() - startedAt) / 1000;
  const truths = rows.map((row) => row.truth);
  return {
    records: records.length,
    candidatePairs,
    ...figuresOf(decisions, truths, split),
    seconds,
    policy: defaultLinkagePolicy.version,
  };
};

export type FilesReport = FileReport & {
  /** Mapped, and told by one of the two files only: not compared. */
  readonly fieldsOfOneFile: readonly LinkageField[];
  /** Dates of birth that cannot be read, and count as missing. */
  readonly unreadDates: number;
  /** Rows whose quotes do not close, so that nobody can tell which value is which. */
  readonly rowsLeftOut: number;
  /** Where the first of them stand. */
  readonly leftOut: readonly { readonly file: string; readonly line: number }[];
};

const MOST_LEFT_OUT_SHOWN = 20;

export const evaluateFiles = ({ files, map, truth }: FileQuestion): FilesReport => {
  const startedAt = performance.now();
  const read = files.map(readFile);
  const [first = [], second] = rowsOf(read, map, truth);
  refuseUnknownColumns(read, map);
  const rows = [...first, ...(second ?? [])];
  refuseEmptyTruth(rows, truth);
  const leftOut = read.flatMap(({ path: file, leftOut: lines }) => lines.map((line) => ({ file, line })));
  return {
    ...evaluateRows(first, second, startedAt),
    fieldsOfOneFile: fieldsOfOneFile(read, map),
    unreadDates: rows.filter(({ record }) => record.birthDate && birthDate(record.birthDate) === null).length,
    rowsLeftOut: leftOut.length,
    leftOut: leftOut.slice(0, MOST_LEFT_OUT_SHOWN),
  };
};
