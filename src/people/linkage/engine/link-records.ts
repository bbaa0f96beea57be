import { candidatePairs } from './blocking/candidate-pairs';
import { RecordComparer } from './compare/compare-records';
import { PairDecider } from './decide/decide-pairs';
import type { Decision } from './decide/decision';
import { Judge, type Prior } from './decide/judge';
import { ScoredPairs } from './decide/scored-pairs';
import { Frequencies } from './model/frequencies';
import { priorBits, type LinkageModel } from './model/linkage-model';
import { Trainer } from './model/train';
import type { Population } from './model/training-pairs';
import { Weigher } from './model/weigh';
import type { LinkagePolicy } from './policy';
import { contentOf, type PreparedRecord } from './prepared-record';

export interface Linkage {
  /** Every pair that is LINKED or for REVIEW, by record number; the rest is NEW. */
  readonly decisions: readonly Decision[];
  /** Pairs that were compared. */
  readonly candidatePairs: number;
  readonly model: LinkageModel;
}

/** One person stands in one file this often at most, when the share of matches is looked for. */
const MOST_PAIRS_A_RECORD = 8;
/** A pair this improbable even then is dropped at once. */
const HOPELESS = 1e-4;
const STEPS = 12;

const rankByContent = (records: readonly PreparedRecord[]): Int32Array => {
  const contents = records.map(contentOf);
  const order = contents.map((_, number) => number);
  order.sort((a, b) => ((contents[a] as string) < (contents[b] as string) ? -1 : 1));
  const ranks = new Int32Array(records.length);
  order.forEach((number, rank) => {
    ranks[number] = rank;
  });
  return ranks;
};

const mostMatchesOf = ({ records, split }: Population): number =>
  MOST_PAIRS_A_RECORD * (split === null ? records.length : Math.min(split, records.length - split));

const possiblePairs = ({ records: { length }, split }: Population): number =>
  Math.max(1, split === null ? (length * (length - 1)) / 2 : split * (length - split));

/** The shares of pairs that agree with the probabilities they lead to. */
const ratesOf = (pairs: ScoredPairs, population: Population, { perPerson }: LinkagePolicy['relatives']): Prior => {
  const possible = possiblePairs(population);
  const most = Math.min(0.4, mostMatchesOf(population) / possible);
  let rates: Prior = {
    matchRate: Math.min(most, population.records.length / 4 / possible),
    relativeRate: (perPerson * population.records.length) / possible,
  };
  for (let step = 0; step < STEPS; step += 1) {
    const { onePerson, relatives } = pairs.expected(rates);
    rates = {
      matchRate: Math.min(most, (onePerson + 1) / (possible + 2)),
      relativeRate: Math.min(most, (relatives + 1 + perPerson * population.records.length) / (possible + 2)),
    };
  }
  return rates;
};

/** The policy as it holds for these files, by what they showed. */
const settledFor = (
  policy: LinkagePolicy,
  population: Population,
  { matchRate, relativeRate }: Prior,
): LinkagePolicy => {
  const { matchesFrom, relativesUpTo, linkFrom, leastIdentifiers } = policy.withoutRelatives;
  const matches = matchRate * possiblePairs(population);
  if (matches < matchesFrom || relativeRate > matchRate * relativesUpTo) return policy;
  const identifiers = { ...policy.identifiers, exact: [], contrary: {}, least: leastIdentifiers };
  const settled = { ...policy, linkFrom, conflicts: [], doubts: [], identifiers };
  // Of two files each has everybody once, as a rule: there, two of one name in one file are two people. In one file it takes two of each.
  const { chainConflicts } = policy.withoutRelatives;
  return population.split === null ? { ...settled, chainConflicts, isChainOfTwos: true } : settled;
};

/** Links one file within itself, or two files, knowing nothing but the records: learns, compares the candidates, decides. */
export const linkRecords = (population: Population, policy: LinkagePolicy): Linkage => {
  const { records, split } = population;
  const comparer = new RecordComparer(policy.likeness);
  const trained = new Trainer(comparer, policy).train(population);
  const weigher = new Weigher(trained, new Frequencies(records), policy);
  const judge = new Judge(comparer, weigher, policy);
  const most = Math.min(0.5, mostMatchesOf(population) / possiblePairs(population));
  const least = Math.log2(HOPELESS) - priorBits(most);
  const pairs = new ScoredPairs();
  const compared = candidatePairs(records, split, policy.blocking, (left, right) => {
    const evidence = judge.weigh(records[left] as PreparedRecord, records[right] as PreparedRecord);
    if (evidence.bits - Math.min(0, evidence.overRelatives) >= least) pairs.add(left, right, evidence);
  });
  const prior = ratesOf(pairs, population, policy.relatives);
  const rankOf = rankByContent(records);
  const settled = settledFor(policy, population, prior);
  const decider = new PairDecider(new Judge(comparer, weigher, settled), settled, {
    records,
    split,
    pairs,
    rankOf,
    prior,
  });
  const decisions = decider.decide();
  return { decisions, candidatePairs: compared, model: { ...trained, ...prior } };
};
