import type { Candidate } from './candidate';
import { contextOf } from './context';
import { defaultPolicy } from './default-policy';
import type { Screen } from './level-of-care';
import type { Need } from './need';
import { compareRanked } from './order';
import type { MatchPolicy } from './policy';
import { judge, type Verdict } from './verdict';

/** One run, whole: what was asked, what the signals required, and a verdict for every candidate. */
export interface MatchResult {
  readonly policyVersion: string;
  readonly asOf: Date;
  readonly screen: Screen;
  /** Eligible first, then score falling, distance rising, program id, pool id. */
  readonly verdicts: readonly Verdict[];
}

/**
 * Judges every candidate and explains every verdict. Same need, same candidates in any order, same `asOf` and policy: same
 * answer. Pool ids must be unique among the candidates. For a request that only wants the best few, `rank` is cheaper.
 */
export const match = (
  need: Need,
  candidates: readonly Candidate[],
  asOf: Date,
  policy: MatchPolicy = defaultPolicy,
): MatchResult => {
  const context = contextOf(need, asOf, policy);
  const verdicts = candidates.map((candidate) => judge(need, candidate, context));
  return { policyVersion: policy.version, asOf, screen: context.screen, verdicts: verdicts.sort(compareRanked) };
};

/** Eligible verdicts, each program once, with its best pool, in the order of the result. */
export const bestPerProgram = ({ verdicts }: Pick<MatchResult, 'verdicts'>): Verdict[] => {
  const seen = new Set<string>();
  return verdicts.filter(({ isEligible, programId }) => {
    if (!isEligible || seen.has(programId)) return false;
    seen.add(programId);
    return true;
  });
};
