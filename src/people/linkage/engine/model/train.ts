import type { RecordComparer } from '../compare/compare-records';
import { emptyLevels, MISSING, positionOf } from '../compare/levels';
import type { LinkageField } from '../linkage-record';
import type { LinkagePolicy } from '../policy';
import { ConflictFinder } from './conflicts';
import { addCounts, noCounts, posteriors, relearn, sizeOf, sumOfPairs, type Rates } from './expectation';
import type { LinkageModel } from './linkage-model';
import { countLevels, PatternCounter, type LevelCounts, type Pattern } from './patterns';
import { TrainingPairs, type Population } from './training-pairs';

type Training = LinkagePolicy['training'];

/** Share of one person among the pairs of a rule, before the first step. */
const FIRST_SHARE = 0.2;

const conditionedOn = (fields: readonly LinkageField[]): number[] => {
  // A suffix teaches nothing: it does not weigh.
  const positions = [...fields.map((field) => positionOf[field]), positionOf.nameSuffix];
  const hasName = fields.includes('givenName') || fields.includes('familyName');
  const hasPlace = fields.includes('street') || fields.includes('city');
  return [...positions, ...(hasName ? [positionOf.nameOrder] : []), ...(hasPlace ? [positionOf.addressOrder] : [])];
};

export type Trained = Pick<LinkageModel, 'rates' | 'matchRate' | 'recordsPerPerson'>;

/**
 * Learns from records without being told who is who (Fellegi and Sunter 1969; EM as in Winkler 1988): `u` from pairs at random, `m` by
 * expectation and maximisation over pairs that agree by one rule after the other, each rule teaching the fields it does not use.
 * Few pairs move the expectations of the policy little, so a small file cannot lead it astray.
 */
export class Trainer {
  private readonly training: Training;
  private readonly conflicts: ConflictFinder;

  constructor(
    private readonly comparer: RecordComparer,
    policy: LinkagePolicy,
  ) {
    this.conflicts = new ConflictFinder([...policy.suffixes, ...policy.conflicts]);
    this.training = policy.training;
  }

  train(population: Population): Trained {
    const pairs = new TrainingPairs(population);
    const { rates: expected, rounds, nonMatchStrength } = this.training;
    const random = this.randomPatterns(pairs);
    const blocks = this.training.rules.map((fields) => this.rulePatterns(pairs, fields));
    let rates: Rates = expected;
    let matches = 0;
    let matchRate = Math.min(0.5, pairs.mostMatches / 4 / Math.max(1, pairs.possible));
    for (let round = 0; round < rounds; round += 1) {
      const strangers = posteriors(random, rates, matchRate, (levels) => this.isConflict(levels)).map((p) => 1 - p);
      const counts = countLevels(random, strangers, sizeOf);
      rates = withoutOrders(relearn(rates, counts, { kind: 'u', expected, strength: nonMatchStrength }), expected);
      const learnt = this.learnMatches(blocks, rates);
      rates = learnt.rates;
      matches = learnt.matches;
      matchRate = Math.max(1, matches) / Math.max(2, pairs.possible);
    }
    return { rates, matchRate, recordsPerPerson: 1 + (2 * matches) / population.records.length };
  }

  private isConflict(levels: Uint8Array): boolean {
    return this.conflicts.find(levels) !== null;
  }

  private randomPatterns(pairs: TrainingPairs): Pattern[] {
    const counter = new PatternCounter();
    const levels = emptyLevels();
    pairs.random(this.training.randomPairs, (left, right) => {
      this.comparer.compare(left, right, levels);
      levels[positionOf.nameSuffix] = MISSING;
      counter.add(levels);
    });
    return counter.patterns();
  }

  private rulePatterns(pairs: TrainingPairs, fields: readonly LinkageField[]): Pattern[] {
    const counter = new PatternCounter();
    const levels = emptyLevels();
    const unseen = conditionedOn(fields);
    pairs.agreeing(fields, this.training.pairsPerRule, (left, right) => {
      this.comparer.compare(left, right, levels);
      // Two people of one household are no example of one person, however much they share.
      if (this.isConflict(levels)) return;
      for (const position of unseen) levels[position] = MISSING;
      counter.add(levels);
    });
    return counter.patterns();
  }

  /** Expectation and maximisation within each rule, then one set of rates from all of them. */
  private learnMatches(blocks: readonly (readonly Pattern[])[], before: Rates): { rates: Rates; matches: number } {
    const { rates: expected, matchStrength: strength } = this.training;
    let counts: LevelCounts = noCounts();
    let matches = 0;
    for (const patterns of blocks) {
      const found = this.learnRule(patterns, before);
      counts = addCounts(counts, found.counts);
      matches = Math.max(matches, found.matches);
    }
    return { rates: relearn(before, counts, { kind: 'm', expected, strength }), matches };
  }

  private learnRule(patterns: readonly Pattern[], before: Rates): { counts: LevelCounts; matches: number } {
    const { rates: expected, matchStrength: strength, steps } = this.training;
    const pairs = patterns.reduce((sum, pattern) => sum + pattern.pairs, 0);
    let rates = before;
    let share = FIRST_SHARE;
    let counts = noCounts();
    let matches = 0;
    for (let step = 0; step < steps; step += 1) {
      const beliefs = posteriors(patterns, rates, share, () => false);
      counts = countLevels(patterns, beliefs, sizeOf);
      matches = sumOfPairs(patterns, beliefs);
      rates = relearn(rates, counts, { kind: 'm', expected, strength });
      share = (matches + FIRST_SHARE) / (pairs + 1);
    }
    return { counts, matches };
  }
}

/** Values in the other field are as rare among strangers as values in their own: see the shipped rates. */
const withoutOrders = (rates: Rates, expected: Rates): Rates => ({
  ...rates,
  nameOrder: { ...rates.nameOrder, u: expected.nameOrder.u },
  addressOrder: { ...rates.addressOrder, u: expected.addressOrder.u },
});
