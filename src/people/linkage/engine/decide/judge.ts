import type { RecordComparer } from '../compare/compare-records';
import { emptyLevels, type Levels } from '../compare/levels';
import { ConflictFinder } from '../model/conflicts';
import { beliefsOf, type Evidence, type LinkageModel } from '../model/linkage-model';
import type { Weigher } from '../model/weigh';
import type { LinkagePolicy } from '../policy';
import type { PreparedRecord } from '../prepared-record';
import type { Outcome } from './decision';
import { identifyingFields } from './identifying-fields';

export interface Judgement {
  readonly bits: number;
  readonly probability: number;
  readonly outcome: Outcome;
  /** What keeps a pair of enough weight from being linked. */
  readonly conflict: string | null;
}

/** How common pairs of one person, and of one household, are. */
export type Prior = Pick<LinkageModel, 'matchRate' | 'relativeRate'>;

/** Judges one pair by itself: weight, thresholds, and what stands against a link whatever it weighs. */
export class Judge {
  private readonly conflicts: ConflictFinder;
  private readonly stopping: ConflictFinder;
  private readonly chainConflicts: ConflictFinder;
  private readonly levels: Levels = emptyLevels();

  constructor(
    private readonly comparer: RecordComparer,
    private readonly weigher: Weigher,
    private readonly policy: LinkagePolicy,
  ) {
    const always = [...policy.suffixes, ...policy.conflicts];
    this.conflicts = new ConflictFinder(always);
    this.stopping = new ConflictFinder([...always, ...policy.doubts]);
    this.chainConflicts = new ConflictFinder([...always, ...policy.chainConflicts]);
  }

  weigh(a: PreparedRecord, b: PreparedRecord): Evidence {
    this.comparer.compare(a, b, this.levels);
    return this.weigher.weigh(this.levels, a, b);
  }

  probability(a: PreparedRecord, b: PreparedRecord, prior: Prior): number {
    return beliefsOf(this.weigh(a, b), prior).onePerson;
  }

  judge(a: PreparedRecord, b: PreparedRecord, prior: Prior): Judgement {
    const evidence = this.weigh(a, b);
    const { bits } = evidence;
    const probability = beliefsOf(evidence, prior).onePerson;
    const { linkFrom, reviewFrom } = this.policy;
    if (probability < reviewFrom) return { bits, probability, outcome: 'NEW', conflict: null };
    const conflict = this.conflictOf(this.levels);
    const isLinked = probability >= linkFrom && conflict === null;
    return { bits, probability, outcome: isLinked ? 'LINKED' : 'REVIEW', conflict };
  }

  /** Whether a conflict stands between two of a group; with `isStrict`, or under guard, also one that a slip of the pen would explain. */
  isConflict(a: PreparedRecord, b: PreparedRecord, isStrict: boolean): boolean {
    this.comparer.compare(a, b, this.levels);
    const isGuarded = isStrict || this.policy.doubts.length > 0;
    return (isGuarded ? this.chainConflicts : this.conflicts).find(this.levels) !== null;
  }

  /** The name of what would stand against the two where nothing is a slip of the pen. */
  chainConflictOf(a: PreparedRecord, b: PreparedRecord): string | null {
    this.comparer.compare(a, b, this.levels);
    return this.chainConflicts.find(this.levels)?.name ?? null;
  }

  private conflictOf(levels: Levels): string | null {
    if (this.isTooLittle(levels)) return 'TOO_LITTLE';
    return this.stopping.find(levels)?.name ?? null;
  }

  private isTooLittle(levels: Levels): boolean {
    const { identifiers } = this.policy;
    const { agreeing, contrary } = identifyingFields(levels, identifiers);
    const needed = identifiers.least + identifiers.forEachContrary * contrary.length;
    return agreeing.length < needed || !agreeing.some((field) => identifiers.personal.includes(field));
  }
}
