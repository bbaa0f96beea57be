import { BlockIndex } from './blocking/block-index';
import { blockingKeysOf } from './blocking/blocking-keys';
import { RecordComparer } from './compare/compare-records';
import { Judge, type Judgement } from './decide/judge';
import { explain, type Explanation } from './explain';
import type { LinkageRecord } from './linkage-record';
import { Frequencies } from './model/frequencies';
import type { LinkageModel } from './model/linkage-model';
import { Weigher } from './model/weigh';
import type { LinkagePolicy } from './policy';
import type { PreparedRecord, RecordReader } from './prepared-record';

/** Somebody already known who may be the one asked for. */
export interface FoundPerson extends Judgement {
  /** Number of the record among those that are searched. */
  readonly record: number;
}

/** What is expected of a register of so many people in which everybody stands once, before anything was learnt from it. */
export const expectedModel = (people: number, { training, lookup }: LinkagePolicy): LinkageModel => ({
  rates: training.rates,
  matchRate: lookup.knownShare / Math.max(1, people),
  relativeRate: lookup.relativesEach / Math.max(1, people),
  recordsPerPerson: 1,
});

/** The policy as it holds for one person who is looked up. */
export const lookupPolicy = (policy: LinkagePolicy): LinkagePolicy => ({
  ...policy,
  doubts: policy.lookup.doubts,
  identifiers: { ...policy.identifiers, least: policy.lookup.leastIdentifiers },
  relatives: { ...policy.relatives, alike: policy.lookup.alike },
});

/** Searches a register held in memory, one person at a time. Records are read again when they are candidates: that keeps a million small. */
export class PersonFinder {
  private readonly index: BlockIndex;
  private readonly comparer: RecordComparer;
  private readonly weigher: Weigher;
  private readonly judge: Judge;
  private readonly model: LinkageModel;

  constructor(
    private readonly records: readonly LinkageRecord[],
    private readonly reader: RecordReader,
    private readonly policy: LinkagePolicy,
  ) {
    const { keys } = policy.blocking;
    const frequencies = new Frequencies();
    this.index = new BlockIndex(records.length, (number) => {
      const record = this.recordAt(number);
      frequencies.count(record);
      return blockingKeysOf(record, keys);
    });
    this.model = expectedModel(records.length, policy);
    this.comparer = new RecordComparer(policy.likeness);
    this.weigher = new Weigher(this.model, frequencies, lookupPolicy(policy));
    this.judge = new Judge(this.comparer, this.weigher, lookupPolicy(policy));
  }

  /** Everybody who is LINKED or for REVIEW, most probable first; of equals the first record first. Nobody: the person is NEW. */
  find(asked: LinkageRecord): FoundPerson[] {
    const record = this.reader.read(asked);
    return this.candidates(record)
      .map((number) => ({ record: number, ...this.judge.judge(record, this.recordAt(number), this.model) }))
      .filter(({ outcome }) => outcome !== 'NEW')
      .sort((a, b) => b.probability - a.probability || a.record - b.record);
  }

  explain(asked: LinkageRecord, found: number): Explanation {
    return explain([this.reader.read(asked), this.recordAt(found)], this.comparer, this.weigher, this.model);
  }

  /** Whoever shares one key with few others, or two keys with any number: the same person nearly always shares more. */
  private candidates(record: PreparedRecord): number[] {
    const { keys, largestBlock } = this.policy.blocking;
    const { telling } = this.policy.lookup;
    const found = new Map<number, number>();
    for (const key of blockingKeysOf(record, keys)) {
      this.index.block(key, largestBlock, (number, size) => {
        found.set(number, (found.get(number) ?? 0) + (size <= telling ? 2 : 1));
      });
    }
    return [...found].filter(([, votes]) => votes > 1).map(([number]) => number);
  }

  private recordAt(number: number): PreparedRecord {
    return this.reader.read(this.records[number] as LinkageRecord);
  }
}
