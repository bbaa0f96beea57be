import { hashOf } from '../blocking/hash';
import type { LinkageField } from '../linkage-record';
import { contentOf, valueOf, type PreparedRecord } from '../prepared-record';

/** Records of one file, or of two: then `split` is where the second begins. */
export interface Population {
  readonly records: readonly PreparedRecord[];
  readonly split: number | null;
}

export type PairVisitor = (left: PreparedRecord, right: PreparedRecord) => void;

/** By a hash of the content: an order that looks like chance, is always the same, and does not know the order of the rows. */
const shuffled = (records: readonly PreparedRecord[]): PreparedRecord[] =>
  records
    .map((record) => ({ record, content: contentOf(record) }))
    .map(({ record, content }) => ({ record, key: `${hashOf(content).toString(36).padStart(7, '0')} ${content}` }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ record }) => record);

/** Of one value shared by very many, so many records take part in training. */
const MOST_OF_ONE_VALUE = 40;

export class TrainingPairs {
  private readonly lefts: readonly PreparedRecord[];
  private readonly rights: readonly PreparedRecord[] | null;

  constructor({ records, split }: Population) {
    this.lefts = shuffled(split === null ? records : records.slice(0, split));
    this.rights = split === null ? null : shuffled(records.slice(split));
  }

  /** All pairs there are. */
  get possible(): number {
    const { length } = this.lefts;
    return this.rights === null ? (length * (length - 1)) / 2 : length * this.rights.length;
  }

  /** Most people who can stand behind a pair. */
  get mostMatches(): number {
    return this.rights === null ? this.lefts.length : Math.min(this.lefts.length, this.rights.length);
  }

  /** So many pairs, spread evenly over all: the records next to each other, then those two apart, and so on. */
  random(most: number, visit: PairVisitor): void {
    const [lefts, rights] = [this.lefts, this.rights ?? this.lefts];
    const isOneFile = this.rights === null;
    let told = 0;
    const furthest = isOneFile ? Math.floor((lefts.length - 1) / 2) : rights.length - 1;
    for (let apart = isOneFile ? 1 : 0; apart <= furthest && told < most; apart += 1) {
      for (let left = 0; left < lefts.length && told < most; left += 1) {
        const right = (left + apart) % rights.length;
        visit(lefts[left] as PreparedRecord, rights[right] as PreparedRecord);
        told += 1;
      }
    }
  }

  /** At most so many pairs whose values in all these fields are the same. */
  agreeing(fields: readonly LinkageField[], most: number, visit: PairVisitor): void {
    const lefts = groups(this.lefts, fields);
    const rights = this.rights === null ? lefts : groups(this.rights, fields);
    let told = 0;
    for (const [key, members] of lefts) {
      if (told >= most) return;
      const others = rights.get(key) ?? [];
      members.forEach((left, at) => {
        for (const right of this.rights === null ? members.slice(at + 1) : others) {
          visit(left, right);
          told += 1;
        }
      });
    }
  }
}

const groups = (
  records: readonly PreparedRecord[],
  fields: readonly LinkageField[],
): ReadonlyMap<string, PreparedRecord[]> => {
  const found = new Map<string, PreparedRecord[]>();
  for (const record of records) {
    const values = fields.map((field) => valueOf(record, field));
    if (values.includes(null)) continue;
    const key = values.join('\u0001');
    const group = found.get(key);
    if (group === undefined) found.set(key, [record]);
    else if (group.length < MOST_OF_ONE_VALUE) group.push(record);
  }
  return found;
};
