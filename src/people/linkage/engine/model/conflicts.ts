import { comparisonLevels, comparisons, MISSING, positionOf, type Levels } from '../compare/levels';
import type { Conflict } from '../policy';

interface Test {
  readonly conflict: Conflict;
  /** For each named comparison: which levels are named, as bits. */
  readonly masks: readonly (readonly [position: number, mask: number])[];
}

/** Behind every level: where a missing value is told as a bit. */
const MISSING_BIT = 30;
const bitOf = (level: number): number => 1 << Math.min(level, MISSING_BIT);

const testOf = (conflict: Conflict): Test => ({
  conflict,
  masks: comparisons.flatMap((comparison) => {
    const named: readonly string[] | undefined = conflict.when[comparison];
    if (named === undefined) return [];
    const levels: readonly string[] = comparisonLevels[comparison];
    const met = levels.flatMap((level, at) => (named.includes(level) ? [bitOf(at)] : []));
    const mask = [...met, named.includes('MISSING') ? bitOf(MISSING) : 0].reduce((bits, bit) => bits | bit, 0);
    return [[positionOf[comparison], mask] as const];
  }),
});

/** Finds what stands against a link, whatever the pair weighs. */
export class ConflictFinder {
  private readonly tests: readonly Test[];

  constructor(conflicts: readonly Conflict[]) {
    this.tests = conflicts.map(testOf);
  }

  find(levels: Levels): Conflict | null {
    const met = this.tests.find(({ masks }) =>
      masks.every(([position, mask]) => (mask & bitOf(levels[position] as number)) !== 0),
    );
    return met?.conflict ?? null;
  }
}
