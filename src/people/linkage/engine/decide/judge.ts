import type { RecordComparer } from '../compare/compare-records';
import { emptyLevels, levelName, positionOf, type Levels } from '../compare/levels';
import { ConflictFinder } from '../model/conflicts';
import { posteriorOf } from '../model/linkage-model';
import type { Weigher } from '../model/weigh';
import type { Conflict, LinkagePolicy } from '../policy';
import type { PreparedRecord } from '../prepared-record';
import type { Outcome } from './decision';

export interface Judgement {
  readonly bits: number;
  readonly probability: number;
  readonly outcome: Outcome;
  /** The conflict that keeps a pair of enough weight from being linked. */
  readonly conflict: string | null;
}

/** Judges one pair by itself: weight, thresholds, and what stands against a link whatever it weighs. */
export class Judge {
  private readonly conflicts: ConflictFinder;
  private readonly everyConflict: ConflictFinder;
  private readonly levels: Levels = emptyLevels();

  constructor(
    private readonly comparer: RecordComparer,
    private readonly weigher: Weigher,
    private readonly policy: LinkagePolicy,
    conflicts: readonly Conflict[],
  ) {
    this.conflicts = new ConflictFinder(conflicts);
    this.everyConflict = new ConflictFinder(policy.conflicts);
  }

  /** Bits of evidence, without the prior. */
  weigh(a: PreparedRecord, b: PreparedRecord): number {
    this.comparer.compare(a, b, this.levels);
    return this.weigher.weigh(this.levels, a, b);
  }

  /** `prior` in bits. */
  judge(a: PreparedRecord, b: PreparedRecord, prior: number): Judgement {
    const bits = this.weigh(a, b);
    const probability = posteriorOf(prior + bits);
    const { linkFrom, reviewFrom } = this.policy;
    if (probability < reviewFrom) return { bits, probability, outcome: 'NEW', conflict: null };
    const conflict = this.conflictOf(this.levels);
    const isLinked = probability >= linkFrom && conflict === null;
    return { bits, probability, outcome: isLinked ? 'LINKED' : 'REVIEW', conflict };
  }

  /** Whether a conflict stands between the two; with `isStrict` also one that these records have shown to mean little. */
  isConflict(a: PreparedRecord, b: PreparedRecord, isStrict: boolean): boolean {
    this.comparer.compare(a, b, this.levels);
    return (isStrict ? this.everyConflict : this.conflicts).find(this.levels) !== null;
  }

  private conflictOf(levels: Levels): string | null {
    const { fields, personal, levels: identifying, least } = this.policy.identifiers;
    const agreeing = fields.filter((field) =>
      identifying.some((name) => name === levelName(field, levels[positionOf[field]] as number)),
    );
    const hasPersonal = agreeing.some((field) => personal.includes(field));
    if (agreeing.length < least || !hasPersonal) return 'TOO_LITTLE';
    return this.conflicts.find(levels)?.name ?? null;
  }
}
