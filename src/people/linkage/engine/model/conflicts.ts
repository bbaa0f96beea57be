import { comparisonLevels, comparisons, positionOf, type Levels } from '../compare/levels';
import type { Conflict } from '../policy';

interface Test {
  readonly conflict: Conflict;
  /** For each named comparison: which levels are named, as bits. */
  readonly masks: readonly (readonly [position: number, mask: number])[];
}

const testOf = (conflict: Conflict): Test => ({
  conflict,
  masks: comparisons.flatMap((comparison) => {
    const named: readonly string[] | undefined = conflict.when[comparison];
    if (named === undefined) return [];
    const levels: readonly string[] = comparisonLevels[comparison];
    const mask = levels.reduce((bits, level, at) => bits | (named.includes(level) ? 1 << at : 0), 0);
    return [[positionOf[comparison], mask] as const];
  }),
});

/** No comparison has so many levels: a missing value meets no mask. */
const HIGHEST_LEVEL = 30;

/** Finds what stands against a link, whatever the pair weighs. */
export class ConflictFinder {
  private readonly tests: readonly Test[];

  constructor(conflicts: readonly Conflict[]) {
    this.tests = conflicts.map(testOf);
  }

  find(levels: Levels): Conflict | null {
    const met = this.tests.find(({ masks }) =>
      masks.every(([position, mask]) => {
        const level = levels[position] as number;
        return level <= HIGHEST_LEVEL && ((mask >> level) & 1) === 1;
      }),
    );
    return met?.conflict ?? null;
  }
}
