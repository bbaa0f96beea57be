import type { PreparedRecord } from '../prepared-record';
import { BlockIndex } from './block-index';
import { blockingKeysOf, type BlockingKey } from './blocking-keys';

export interface Blocking {
  readonly keys: readonly BlockingKey[];
  readonly largestBlock: number;
}

/**
 * Every pair of records that shares a key, once, the lower number first. With `split` the first so many records are one file and the
 * rest another, and only pairs across are told. Answers how many there were.
 */
export const candidatePairs = (
  records: readonly PreparedRecord[],
  split: number | null,
  { keys, largestBlock }: Blocking,
  visit: (left: number, right: number) => void,
): number => {
  const keysOf = (record: number): string[] => blockingKeysOf(records[record] as PreparedRecord, keys);
  const index = new BlockIndex(records.length, keysOf);
  const lastSeenBy = new Int32Array(records.length).fill(-1);
  const lefts = split ?? records.length;
  let pairs = 0;
  for (let left = 0; left < lefts; left += 1) {
    const firstRight = split ?? left + 1;
    for (const key of keysOf(left)) {
      index.block(key, largestBlock, (right) => {
        if (right < firstRight || lastSeenBy[right] === left) return;
        lastSeenBy[right] = left;
        pairs += 1;
        visit(left, right);
      });
    }
  }
  return pairs;
};
