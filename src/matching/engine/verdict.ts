import type { Candidate } from './candidate';
import type { MatchContext } from './context';
import { distanceKmTo } from './facts';
import type { Need } from './need';
import { rules, type RuleName } from './rules';
import { scoreOf, termsOf, type ScoredTerm } from './score';

/** A hard rule that stands against a candidate, in words. */
export interface Removal {
  readonly rule: RuleName;
  readonly because: string;
}

/** What the engine says of one pool for one need. */
export interface Verdict {
  readonly poolId: string;
  readonly programId: string;
  readonly agencyId: string;
  /** Every hard rule is met. */
  readonly isEligible: boolean;
  /** Only rules about the moment stand against it (hours, census, room): a program to wait for. */
  readonly isSuitable: boolean;
  /** Every hard rule not met, in the order of `rules`; empty exactly when eligible. */
  readonly removedBy: readonly Removal[];
  /** In [0, 1], four decimals; `null` when removed. */
  readonly score: number | null;
  /** Empty when removed. */
  readonly terms: readonly ScoredTerm[];
  /** Straight-line kilometres; `null`: the program's place is not known. */
  readonly distanceKm: number | null;
}

const identityOf = ({
  poolId,
  programId,
  agencyId,
}: Candidate): Pick<Verdict, 'poolId' | 'programId' | 'agencyId'> => ({
  poolId,
  programId,
  agencyId,
});

/** Meets every hard rule; stops at the first that is not met and builds no text. */
export const isEligible = (need: Need, candidate: Candidate, context: MatchContext): boolean => {
  for (const rule of rules) {
    if (!rule.isMet(need, candidate, context)) return false;
  }
  return true;
};

/** The verdict on a candidate that `isEligible` has let through, at its distance. */
export const eligibleVerdict = (
  need: Need,
  candidate: Candidate,
  context: MatchContext,
  distanceKm: number,
): Verdict => ({
  ...identityOf(candidate),
  isEligible: true,
  isSuitable: true,
  removedBy: [],
  score: scoreOf(need, candidate, context, distanceKm),
  terms: termsOf(need, candidate, context, distanceKm),
  distanceKm,
});

/** The whole verdict on one candidate, with every rule that stands against it. */
export const judge = (need: Need, candidate: Candidate, context: MatchContext): Verdict => {
  const distanceKm = distanceKmTo(candidate, need);
  const removedBy: Removal[] = [];
  let isSuitable = true;
  for (const rule of rules) {
    if (rule.isMet(need, candidate, context)) continue;
    removedBy.push({ rule: rule.name, because: rule.because(need, candidate, context) });
    if (rule.about === 'PERSON') isSuitable = false;
  }
  // An unknown place never gets past the distance rule, so the second half only tells the compiler.
  if (removedBy.length === 0 && distanceKm !== null) return eligibleVerdict(need, candidate, context, distanceKm);
  return { ...identityOf(candidate), isEligible: false, isSuitable, removedBy, score: null, terms: [], distanceKm };
};
