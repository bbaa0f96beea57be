import type { Comparison } from '../compare/levels';
import type { Conflict, LevelRates } from '../policy';

/** What was learnt about a set of records: with the frequencies of its values, all that weighing a pair needs. */
export interface LinkageModel {
  readonly rates: Readonly<Record<Comparison, LevelRates>>;
  /** Share of all possible pairs that are one person. */
  readonly matchRate: number;
  /** How often one person stands in the records, on average. */
  readonly recordsPerPerson: number;
  /** What keeps a pair from being linked in these records. */
  readonly conflicts: readonly Conflict[];
}

const clamp = (probability: number): number => Math.min(1 - 1e-12, Math.max(1e-12, probability));

/** Bits for or against “one person” before anything was compared. */
export const priorBits = (matchRate: number): number => Math.log2(clamp(matchRate) / (1 - clamp(matchRate)));

/** Probability of “one person”, from bits. */
export const posteriorOf = (bits: number): number => 1 / (1 + 2 ** -bits);
