import type { Decision } from '../../src/people/linkage/engine/decide/decision';

/** Figures over pairs of records; a pair is true when both have the same truth, and neither true nor wrong where one has none. */
export interface Figures {
  readonly truePairs: number;
  readonly linkedPairs: number;
  readonly reviewPairs: number;
  /** Linked or sent to review, with a side of which nobody says who it is: no part of what follows but `reviewShare`. */
  readonly pairsOfUnknownTruth: number;
  /** Of the linked pairs whose truth is known, the share that is true. */
  readonly precision: number | null;
  /** Of the true pairs, the share that was linked. */
  readonly recall: number | null;
  readonly f1: number | null;
  /** Of the true pairs, the share that was linked or is shown to a human. */
  readonly recallWithReview: number | null;
  /** Of the pairs that were linked or sent to review, the share sent to review. */
  readonly reviewShare: number;
}

type Truth = string | null;

const countsOf = (truths: readonly Truth[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const truth of truths) if (truth !== null) counts.set(truth, (counts.get(truth) ?? 0) + 1);
  return counts;
};

const truePairsOf = (truths: readonly Truth[], split: number | null): number => {
  if (split === null) return [...countsOf(truths).values()].reduce((sum, n) => sum + (n * (n - 1)) / 2, 0);
  const rights = countsOf(truths.slice(split));
  return [...countsOf(truths.slice(0, split))].reduce((sum, [truth, n]) => sum + n * (rights.get(truth) ?? 0), 0);
};

/** Of nothing, `ofNothing`: who links nobody is wrong about nobody, and where there is nobody to find nobody is missed. */
const share = (part: number, whole: number, ofNothing = 1): number =>
  whole === 0 ? ofNothing : Math.round((1e6 * part) / whole) / 1e6;

export const figuresOf = (decisions: readonly Decision[], truths: readonly Truth[], split: number | null): Figures => {
  const isTold = ({ left, right }: Decision): boolean => truths[left] !== null && truths[right] !== null;
  const isTrue = (pair: Decision): boolean => isTold(pair) && truths[pair.left] === truths[pair.right];
  const linked = decisions.filter(({ outcome }) => outcome === 'LINKED');
  const review = decisions.filter(({ outcome }) => outcome === 'REVIEW');
  const truePairs = truePairsOf(truths, split);
  const [right, found] = [linked.filter(isTrue).length, review.filter(isTrue).length];
  const judged = linked.filter(isTold).length;
  const isKnown = truths.some((truth) => truth !== null);
  const told = <Figure>(figure: Figure): Figure | null => (isKnown ? figure : null);
  return {
    truePairs,
    linkedPairs: linked.length,
    reviewPairs: review.length,
    pairsOfUnknownTruth: [...linked, ...review].filter((pair) => !isTold(pair)).length,
    precision: told(share(right, judged)),
    recall: told(share(right, truePairs)),
    f1: told(share(2 * right, judged + truePairs)),
    recallWithReview: told(share(right + found, truePairs)),
    reviewShare: share(review.length, review.length + linked.length, 0),
  };
};
