import { RecordComparer } from '../compare/compare-records';
import { Judge, type Judgement } from '../decide/judge';
import { explain } from '../explain';
import { expectedModel, lookupPolicy } from '../find-person';
import type { LinkageRecord } from '../linkage-record';
import type { LinkageModel } from '../model/linkage-model';
import { Weigher } from '../model/weigh';
import type { LinkagePolicy } from '../policy';
import type { PreparedRecord, RecordReader } from '../prepared-record';
import { evidenceLines, type EvidenceLine } from './agreement';
import { RegisterShares, type Register } from './register-shares';

export interface KnownRecord {
  readonly id: string;
  readonly record: LinkageRecord;
}

export interface Found extends Judgement {
  readonly id: string;
  readonly evidence: readonly EvidenceLine[];
}

const isProbable = ({ outcome }: Found): boolean => outcome !== 'NEW';

/** Say too little alone: half of all share the one, and a name goes with the other. */
const BESIDE_FACTS: ReadonlySet<string> = new Set(['sex', 'nameSuffix']);

/** Few share one, and who looks by it alone has nothing else: a number on a slip. */
const REACHED_BY: ReadonlySet<string> = new Set(['phone', 'email']);

/** Two facts that agree, beside the sex that half of all share, or by what somebody is reached, and none that differs. */
const isAsTold = ({ evidence }: Found): boolean => {
  const telling = evidence.filter(({ comparison }) => !BESIDE_FACTS.has(comparison));
  const isReached = telling.some(({ comparison, agreement }) => REACHED_BY.has(comparison) && agreement === 'AGREES');
  return (telling.length >= 2 || isReached) && evidence.every(({ agreement }) => agreement !== 'DIFFERS');
};

const inOrder = (found: readonly Found[]): Found[] =>
  [...found].sort((a, b) => b.probability - a.probability || (a.id < b.id ? -1 : 1));

/** Judges one person against the candidates that a register found by keys. Holds what it has read: make one for each search. */
export class RegisterSearch {
  private readonly comparer: RecordComparer;
  private readonly weigher: Weigher;
  private readonly judge: Judge;
  private readonly model: LinkageModel;
  private readonly asked: PreparedRecord;
  private readonly prepared = new Map<string, PreparedRecord>();

  constructor(
    asked: LinkageRecord,
    register: Register,
    private readonly reader: RecordReader,
    private readonly policy: LinkagePolicy,
  ) {
    this.asked = reader.read(asked);
    this.comparer = new RecordComparer(policy.likeness);
    // A small register is no sign of a small county.
    this.model = expectedModel(Math.max(register.people, policy.lookup.leastPeople), policy);
    this.weigher = new Weigher(this.model, new RegisterShares(register, policy.lookup), lookupPolicy(policy));
    this.judge = new Judge(this.comparer, this.weigher, lookupPolicy(policy));
  }

  /** Those who are LINKED or for REVIEW, most probable first; of equals by id. Nobody: the person is NEW. */
  find(candidates: readonly KnownRecord[]): Found[] {
    return inOrder(candidates.map((known) => this.judged(known)).filter(isProbable));
  }

  /** For who looks by a name alone: beside those also everybody of whom nothing that was told differs, however many bear the name. */
  sought(candidates: readonly KnownRecord[]): Found[] {
    return inOrder(candidates.map((known) => this.judged(known)).filter((one) => isProbable(one) || isAsTold(one)));
  }

  /** The word on one candidate, whatever it is. */
  judged({ id, record }: KnownRecord): Found {
    const known = this.recordOf({ id, record });
    const judgement = this.judge.judge(this.asked, known, this.model);
    const evidence = evidenceLines(explain([this.asked, known], this.comparer, this.weigher, this.model));
    return { id, ...judgement, evidence };
  }

  /** Whether the person asked for may be one with this record because others tie the two. */
  mayBe(known: KnownRecord): boolean {
    return this.mayBeOne(this.asked, this.recordOf(known));
  }

  /** The same between two records of the register. */
  areAlike(one: KnownRecord, other: KnownRecord): boolean {
    return this.mayBeOne(this.recordOf(one), this.recordOf(other));
  }

  private mayBeOne(one: PreparedRecord, other: PreparedRecord): boolean {
    if (this.judge.isConflict(one, other, true)) return false;
    return this.judge.probability(one, other, this.model) >= this.policy.chainFrom;
  }

  private recordOf({ id, record }: KnownRecord): PreparedRecord {
    const known = this.prepared.get(id) ?? this.reader.read(record);
    this.prepared.set(id, known);
    return known;
  }
}
