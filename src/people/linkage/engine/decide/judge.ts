import type { RecordComparer } from '../compare/compare-records';
import { comparisonLevels, emptyLevels, positionOf, type Levels } from '../compare/levels';
import { ConflictFinder } from '../model/conflicts';
import { posteriorOf } from '../model/linkage-model';
import type { Weigher } from '../model/weigh';
import type { LinkagePolicy } from '../policy';
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
  private readonly levels: Levels = emptyLevels();

  constructor(
    private readonly comparer: RecordComparer,
    private readonly weigher: Weigher,
    private readonly policy: LinkagePolicy,
  ) {
    this.conflicts = new ConflictFinder(policy.conflicts);
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

  /** Name of what stands against a link between the two, or `null`. */
  conflictBetween(a: PreparedRecord, b: PreparedRecord): string | null {
    this.comparer.compare(a, b, this.levels);
    return this.conflicts.find(this.levels)?.name ?? null;
  }

  private conflictOf(levels: Levels): string | null {
    const { identifiers, identifyingLevels, leastIdentifiers } = this.policy;
    const agreeing = identifiers.filter((field) => {
      const names: readonly string[] = comparisonLevels[field];
      const name = names[levels[positionOf[field]] as number];
      return identifyingLevels.some((identifying) => identifying === name);
    });
    if (agreeing.length < leastIdentifiers) return 'TOO_LITTLE';
    return this.conflicts.find(levels)?.name ?? null;
  }
}
