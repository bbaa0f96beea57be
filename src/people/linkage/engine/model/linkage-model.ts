import type { Comparison } from '../compare/levels';
import type { LevelRates } from '../policy';

/** What was learnt about a set of records: with the frequencies of its values, all that weighing a pair needs. */
export interface LinkageModel {
  readonly rates: Readonly<Record<Comparison, LevelRates>>;
  /** Share of all possible pairs that are one person. */
  readonly matchRate: number;
  /** How often one person stands in the records, on average. */
  readonly recordsPerPerson: number;
  /** Share of all possible pairs that are two people of one household. */
  readonly relativeRate: number;
}

/** Keeps powers of two finite. */
const MOST_BITS = 400;

const clamp = (probability: number): number => Math.min(1 - 1e-12, Math.max(1e-12, probability));

/** Bits for or against, from a probability. */
export const priorBits = (probability: number): number => Math.log2(clamp(probability) / (1 - clamp(probability)));

/** Probability, from bits. */
export const posteriorOf = (bits: number): number => 1 / (1 + 2 ** -bits);

/** What comparing two records gave. */
export interface Evidence {
  /** Bits for one person and against two strangers, without the prior. */
  readonly bits: number;
  /** Bits for one person and against two people of one household. */
  readonly overRelatives: number;
}

export interface Beliefs {
  readonly onePerson: number;
  readonly relatives: number;
}

/** Probabilities of the three ways a pair can have come about: one person, two of one household, two strangers. */
export const beliefsOf = (
  { bits, overRelatives }: Evidence,
  rates: Pick<LinkageModel, 'matchRate' | 'relativeRate'>,
): Beliefs => {
  const strangers = clamp(1 - rates.matchRate - rates.relativeRate);
  const onePerson = clamp(rates.matchRate) * 2 ** Math.min(bits, MOST_BITS);
  const relatives = clamp(rates.relativeRate) * 2 ** Math.min(bits - overRelatives, MOST_BITS);
  const all = onePerson + relatives + strangers;
  return { onePerson: onePerson / all, relatives: relatives / all };
};
