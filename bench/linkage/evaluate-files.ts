import { MOST_RECORDS } from '../../src/people/linkage/engine/blocking/block-index';
import { defaultLinkagePolicy } from '../../src/people/linkage/engine/default-policy';
import type { LinkageField } from '../../src/people/linkage/engine/linkage-record';
import { linkRecords } from '../../src/people/linkage/engine/link-records';
import { RecordReader } from '../../src/people/linkage/engine/prepared-record';
import { shippedWords } from '../../src/people/linkage/shipped-words';
import { figuresOf, type Figures } from './measure';
import type { FileQuestion } from './options';
import { Problem } from './problem';
import {
  fieldsOfOneFile,
  mapOfFile,
  readRows,
  refuseEmptyTruth,
  refuseUnknownColumns,
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
};

export const evaluateFiles = ({ files, map, truth }: FileQuestion): FilesReport => {
  const startedAt = performance.now();
  const [first = [], second] = files.map((file, number) => readRows(file, mapOfFile(map, number), truth));
  refuseUnknownColumns(files, map);
  refuseEmptyTruth([...first, ...(second ?? [])], truth);
  return { ...evaluateRows(first, second, startedAt), fieldsOfOneFile: fieldsOfOneFile(files, map) };
};
