import type { RecordComparer } from '../compare/compare-records';
import { emptyLevels } from '../compare/levels';
import type { Conflict, LinkagePolicy } from '../policy';
import { ConflictFinder } from './conflicts';
import type { TrainingPairs } from './training-pairs';

/** Pairs that share what a household shares. */
interface Households {
  /** Clearly two people. */
  readonly relatives: number;
  /** Pairs that show each conflict, by its name. */
  readonly shown: ReadonlyMap<string, number>;
}

const surveyOf = (pairs: TrainingPairs, comparer: RecordComparer, policy: LinkagePolicy): Households => {
  const { fields: rules, clearlyTwo } = policy.households;
  const finder = new ConflictFinder(policy.conflicts);
  const levels = emptyLevels();
  const shown = new Map<string, number>();
  for (const fields of rules) {
    pairs.agreeing(fields, policy.training.pairsPerRule, (left, right) => {
      comparer.compare(left, right, levels);
      const name = finder.find(levels)?.name;
      if (name !== undefined) shown.set(name, (shown.get(name) ?? 0) + 1);
    });
  }
  return { relatives: shown.get(clearlyTwo) ?? 0, shown };
};

/** Of the pairs that show a conflict, the share that is two people, told from how many relatives there are to be mistaken. */
const shareOfTwo = (amongRelatives: number, { relatives, shown }: Households, name: string): number =>
  (amongRelatives * (relatives + 1)) / ((shown.get(name) ?? 0) + 1);

/**
 * Twins, and a parent and child of one name, look like one person whose given name or birth date was written down wrong. Which it is
 * shows in the rest of the file: where hardly any two people share a household, there are hardly any relatives to be mistaken, and a
 * conflict seen far more often than relatives could explain is a way of writing, not a way of being related. Answers the conflicts
 * that stand; without a word about households all of them do.
 */
export const conflictsInForce = (
  pairs: TrainingPairs,
  comparer: RecordComparer,
  policy: LinkagePolicy,
): readonly Conflict[] => {
  if (!policy.households.fields.some((fields) => pairs.know(fields))) return policy.conflicts;
  const survey = surveyOf(pairs, comparer, policy);
  const { mostMistaken } = policy.households;
  return policy.conflicts.filter(
    ({ name, amongRelatives }) => amongRelatives === null || shareOfTwo(amongRelatives, survey, name) > mostMistaken,
  );
};
