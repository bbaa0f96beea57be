import { comparisons, MISSING, type Comparison, type Levels } from '../compare/levels';

/** Levels that pairs showed, and how many pairs. */
export interface Pattern {
  readonly levels: Levels;
  readonly pairs: number;
}

/** Enough for the most levels a comparison has and “missing”. */
const BASE = 8;

const codeOf = (levels: Levels): number => {
  let code = 0;
  for (const level of levels) code = code * BASE + (level === MISSING ? BASE - 1 : level);
  return code;
};

/** Counts equal patterns: a hundred thousand pairs show a few thousand. */
export class PatternCounter {
  private readonly found = new Map<number, { levels: Levels; pairs: number }>();

  add(levels: Levels): void {
    const code = codeOf(levels);
    const known = this.found.get(code);
    if (known) known.pairs += 1;
    else this.found.set(code, { levels: levels.slice(), pairs: 1 });
  }

  /** In an order that does not depend on the order of counting, so that sums come out the same to the last bit. */
  patterns(): Pattern[] {
    return [...this.found].sort(([a], [b]) => a - b).map(([, pattern]) => pattern);
  }
}

/** Pairs seen at each level of each comparison, perhaps in fractions. */
export type LevelCounts = Readonly<Record<Comparison, readonly number[]>>;

/** Sums, at each level, `shareOf(pattern)` of the pattern’s pairs. */
export const countLevels = (
  patterns: readonly Pattern[],
  shares: Float64Array,
  sizeOf: (comparison: Comparison) => number,
): LevelCounts => {
  const counts = comparisons.map((comparison) => new Array<number>(sizeOf(comparison)).fill(0));
  patterns.forEach(({ levels, pairs }, at) => {
    const share = (shares[at] as number) * pairs;
    counts.forEach((row, position) => {
      const level = levels[position] as number;
      if (level !== MISSING) row[level] = (row[level] as number) + share;
    });
  });
  return Object.fromEntries(comparisons.map((comparison, at) => [comparison, counts[at]])) as unknown as LevelCounts;
};
