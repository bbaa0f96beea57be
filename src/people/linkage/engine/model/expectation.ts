import { comparisonLevels, comparisons, MISSING, type Comparison } from '../compare/levels';
import type { LevelRates } from '../policy';
import { posteriorOf, priorBits } from './linkage-model';
import { countLevels, type LevelCounts, type Pattern } from './patterns';

export type Rates = Readonly<Record<Comparison, LevelRates>>;

export const sizeOf = (comparison: Comparison): number => comparisonLevels[comparison].length;

/** Probability of “one person” for each pattern; 0 where a conflict stands against it. */
export const posteriors = (
  patterns: readonly Pattern[],
  rates: Rates,
  matchRate: number,
  isConflict: (levels: Uint8Array) => boolean,
): Float64Array => {
  const bits = comparisons.map((comparison) => {
    const { m, u } = rates[comparison];
    return m.map((rate, level) => Math.log2(rate / (u[level] as number)));
  });
  const prior = priorBits(matchRate);
  return Float64Array.from(patterns, ({ levels }) => {
    if (isConflict(levels)) return 0;
    let sum = prior;
    levels.forEach((level, position) => {
      if (level !== MISSING) sum += bits[position]?.[level] as number;
    });
    return posteriorOf(sum);
  });
};

/** Shares of the counted levels, weighed against what was expected of them. */
const blend = (counts: readonly number[], expected: readonly number[], strength: number): number[] => {
  const total = counts.reduce((sum, count) => sum + count, strength);
  return counts.map((count, level) => {
    const before = expected[level] as number;
    // What never happened in n pairs may still happen once in n.
    return Math.max((count + strength * before) / total, Math.min(before, 1 / total));
  });
};

/** The rates with `m` or `u` of the named comparisons set by the counts. */
export const relearn = (
  rates: Rates,
  counts: LevelCounts,
  { kind, expected, strength }: { readonly kind: 'm' | 'u'; readonly expected: Rates; readonly strength: number },
): Rates => {
  const rows = comparisons.map((comparison) => {
    const learnt = blend(counts[comparison], expected[comparison][kind], strength);
    return [comparison, { ...rates[comparison], [kind]: learnt }] as const;
  });
  return Object.fromEntries(rows) as unknown as Rates;
};

export const addCounts = (a: LevelCounts, b: LevelCounts): LevelCounts => {
  const rows = comparisons.map((comparison) => [
    comparison,
    a[comparison].map((count, level) => count + (b[comparison][level] as number)),
  ]);
  return Object.fromEntries(rows) as LevelCounts;
};

export const sumOfPairs = (patterns: readonly Pattern[], shares: Float64Array): number =>
  patterns.reduce((sum, { pairs }, at) => sum + pairs * (shares[at] as number), 0);

export const noCounts = (): LevelCounts => countLevels([], new Float64Array(0), sizeOf);
