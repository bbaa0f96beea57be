import { hashOf } from './hash';

/**
 * A hash and a record number share one double: 32 and 21 bits. Two keys with one hash make a candidate too many, which comparing then
 * turns away.
 */
const ID_SPACE = 1 << 21;

/** Most records one index can hold. */
export const MOST_RECORDS = ID_SPACE;

/** Which records share a key. One sorted array of numbers: a million people with a dozen keys each take 100 MB and no pointers. */
export class BlockIndex {
  private readonly entries: Float64Array;
  private readonly starts: Uint32Array;

  /** `keysOf` answers the keys of each record from 0 to `size - 1`. Throws beyond `MOST_RECORDS`. */
  constructor(
    readonly size: number,
    keysOf: (record: number) => readonly string[],
  ) {
    if (size > MOST_RECORDS) throw new RangeError(`An index holds at most ${MOST_RECORDS} records.`);
    let entries = new Float64Array(Math.max(16, size * 8));
    let used = 0;
    for (let record = 0; record < size; record += 1) {
      const keys = keysOf(record);
      if (used + keys.length > entries.length) entries = BlockIndex.grown(entries, keys.length);
      for (const key of keys) entries[used++] = hashOf(key) * ID_SPACE + record;
    }
    this.entries = entries.slice(0, used).sort();
    this.starts = this.firstOfEachSlice();
  }

  /** Tells the records that share this key, in ascending order, and how many they are; none when they are more than `most`. */
  block(key: string, most: number, visit: (record: number, size: number) => void): void {
    const hash = hashOf(key);
    const from = this.lowerBound(hash);
    const until = this.end(hash, from, most);
    if (until - from > most) return;
    const base = hash * ID_SPACE;
    for (let at = from; at < until; at += 1) visit((this.entries[at] as number) - base, until - from);
  }

  private static grown(entries: Float64Array, more: number): Float64Array<ArrayBuffer> {
    const wider = new Float64Array(entries.length * 2 + more);
    wider.set(entries);
    return wider;
  }

  /** Where hashes with the same upper 16 bits begin: halves the steps of a search. */
  private firstOfEachSlice(): Uint32Array {
    const starts = new Uint32Array(0x10001);
    let slice = 0;
    this.entries.forEach((entry, at) => {
      const own = Math.floor(entry / ID_SPACE) >>> 16;
      while (slice <= own) starts[slice++] = at;
    });
    starts.fill(this.entries.length, slice);
    return starts;
  }

  private lowerBound(hash: number): number {
    const target = hash * ID_SPACE;
    let low = this.starts[hash >>> 16] as number;
    let high = this.starts[(hash >>> 16) + 1] as number;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.entries[middle] as number) < target) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Looks no further than one beyond `most`. */
  private end(hash: number, from: number, most: number): number {
    const limit = (hash + 1) * ID_SPACE;
    const last = Math.min(this.entries.length, from + most + 1);
    let at = from;
    while (at < last && (this.entries[at] as number) < limit) at += 1;
    return at;
  }
}
