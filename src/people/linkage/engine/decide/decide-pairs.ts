import { beliefsOf } from '../model/linkage-model';
import type { LinkagePolicy } from '../policy';
import type { PreparedRecord } from '../prepared-record';
import type { Decision } from './decision';
import { Groups } from './groups';
import type { Judge, Prior } from './judge';
import { heaviestFirst } from './pair-order';
import type { ScoredPairs } from './scored-pairs';

export interface Case {
  readonly records: readonly PreparedRecord[];
  /** Where the second file begins; `null`: one file. */
  readonly split: number | null;
  readonly pairs: ScoredPairs;
  /** Order of the records by what they say. */
  readonly rankOf: Int32Array;
  readonly prior: Prior;
}

/** Members beyond which a group takes nobody in without a human: one person is not in a file this often. */
const LARGEST_GROUP = 40;

/**
 * Decides over all pairs together, heaviest first. Linking two records joins everything that was linked to them before, so everybody on one
 * side is held against everybody on the other: one conflict, or one pair that is clearly two people, and the pair goes to a human.
 * That keeps a chain of small likenesses from tying two people together, and it is what makes two files pair off one to one unless
 * a file really has the same person twice.
 */
export class PairDecider {
  private readonly groups = new Groups();
  private readonly review: Decision[] = [];

  constructor(
    private readonly judge: Judge,
    private readonly policy: LinkagePolicy,
    private readonly given: Case,
  ) {}

  decide(): Decision[] {
    const { pairs, prior, rankOf } = this.given;
    const ordered = heaviestFirst(
      pairs,
      rankOf,
      (at) => beliefsOf(pairs.evidenceOf(at), prior).onePerson >= this.policy.reviewFrom,
    );
    for (const at of ordered) this.decideOne(pairs.left(at), pairs.right(at));
    const linked = this.groups.all().flatMap((group) => this.linksWithin(group));
    const open = this.review.filter(({ left, right }) => !this.groups.areJoined(left, right));
    return [...linked, ...open];
  }

  private decideOne(left: number, right: number): void {
    const { outcome, bits, probability } = this.judge.judge(this.record(left), this.record(right), this.given.prior);
    if (outcome === 'NEW' || this.groups.areJoined(left, right)) return;
    if (outcome === 'LINKED' && this.mayJoin(left, right)) this.groups.join(left, right);
    else this.review.push({ left, right, bits, probability, outcome: 'REVIEW' });
  }

  private mayJoin(left: number, right: number): boolean {
    const [lefts, rights] = [this.groups.of(left), this.groups.of(right)];
    if (lefts.length + rights.length > LARGEST_GROUP) return false;
    const isManyEach = lefts.length > 1 && rights.length > 1;
    const { isChainOfTwos } = this.policy;
    if (isManyEach && isChainOfTwos && this.standsTwice(lefts, rights)) return false;
    return lefts.every((a) => rights.every((b) => this.mayBeOne(a, b, isManyEach && !isChainOfTwos)));
  }

  /** Whether two records of each side, at one with each other, are in one and the same conflict with both of the other: no slips. */
  private standsTwice(lefts: readonly number[], rights: readonly number[]): boolean {
    const conflictOf = (a: number, b: number) => this.judge.chainConflictOf(this.record(a), this.record(b));
    const twosOf = (side: readonly number[]) =>
      side
        .flatMap((a, at) => side.slice(at + 1).map((b) => [a, b] as const))
        .filter(([a, b]) => conflictOf(a, b) === null);
    const others = twosOf(rights);
    return twosOf(lefts).some((two) =>
      others.some((other) => {
        const found = new Set(two.flatMap((a) => other.map((b) => conflictOf(a, b))));
        return found.size === 1 && !found.has(null);
      }),
    );
  }

  private mayBeOne(a: number, b: number, isStrict: boolean): boolean {
    const [one, other] = [this.record(a), this.record(b)];
    if (this.judge.isConflict(one, other, isStrict || this.isOneSide(a, b))) return false;
    const isOneFile = this.given.split === null;
    const least = isOneFile ? this.policy.chainFrom : this.policy.linkFrom;
    return this.judge.probability(one, other, this.given.prior) >= least;
  }

  /** Whether two files are linked and both records stand in the same: there, a difference is likelier to be another person. */
  private isOneSide(a: number, b: number): boolean {
    const { split } = this.given;
    return split !== null && a < split === b < split;
  }

  private linksWithin(group: readonly number[]): Decision[] {
    const members = [...group].sort((a, b) => a - b);
    return members.flatMap((left, at) =>
      members
        .slice(at + 1)
        .filter((right) => this.isAsked(left, right))
        .map((right) => this.link(left, right)),
    );
  }

  /** Of two files, only pairs across them are asked for. */
  private isAsked(left: number, right: number): boolean {
    const { split } = this.given;
    return split === null || (left < split && right >= split);
  }

  private link(left: number, right: number): Decision {
    const { bits, probability } = this.judge.judge(this.record(left), this.record(right), this.given.prior);
    return { left, right, bits, probability, outcome: 'LINKED' };
  }

  private record(number: number): PreparedRecord {
    return this.given.records[number] as PreparedRecord;
  }
}
