import type { Candidate } from './candidate';
import type { MatchContext } from './context';
import type { Need } from './need';
import type { TermName } from './policy';
import { fit, preference } from './score/person-terms';
import { response, stillOpen, travel } from './score/program-terms';

/** One term of a score, explained. `value` and `weight` lie in [0, 1]; the weights of one score add up to 1. */
export interface ScoredTerm {
  readonly term: TermName;
  readonly value: number;
  readonly weight: number;
  readonly because: string;
}

export const terms = [travel, stillOpen, response, fit, preference] as const;

/** Four decimals: what is shown is what is sorted by, and noise of the last bit never decides. */
export const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;

const weightSum = ({ policy }: MatchContext): number =>
  terms.reduce((sum, { name }) => sum + policy.score.weights[name], 0);

/** Weighted mean of the terms in [0, 1], for a candidate at a known distance. Builds no text. */
export const scoreOf = (need: Need, candidate: Candidate, context: MatchContext, distanceKm: number): number => {
  let sum = 0;
  for (const term of terms) {
    sum += context.policy.score.weights[term.name] * term.valueOf(need, candidate, context, distanceKm);
  }
  return rounded(sum / weightSum(context));
};

/** The same score, term by term. */
export const termsOf = (need: Need, candidate: Candidate, context: MatchContext, distanceKm: number): ScoredTerm[] => {
  const sum = weightSum(context);
  return terms.map((term) => ({
    term: term.name,
    value: rounded(term.valueOf(need, candidate, context, distanceKm)),
    weight: rounded(context.policy.score.weights[term.name] / sum),
    because: term.because(need, candidate, context, distanceKm),
  }));
};
