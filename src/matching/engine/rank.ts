import type { Candidate } from './candidate';
import { contextOf } from './context';
import { defaultPolicy } from './default-policy';
import { distanceKmTo } from './facts';
import type { Need } from './need';
import { compareRanked, type Ranked } from './order';
import type { MatchPolicy } from './policy';
import { scoreOf } from './score';
import { eligibleVerdict, isEligible, type Verdict } from './verdict';

export interface RankOptions {
  /** How many verdicts at most. */
  readonly limit: number;
  /** Each program once, with its best pool. Default: every eligible pool. */
  readonly isOncePerProgram?: boolean;
  /** Default: the shipped policy. */
  readonly policy?: MatchPolicy;
}

interface Runner extends Ranked {
  readonly candidate: Candidate;
  readonly score: number;
  readonly distanceKm: number;
}

const firstOfEachProgram = (runners: readonly Runner[], limit: number): Runner[] => {
  const seen = new Set<string>();
  const first: Runner[] = [];
  for (const runner of runners) {
    if (first.length >= limit) break;
    if (seen.has(runner.programId)) continue;
    seen.add(runner.programId);
    first.push(runner);
  }
  return first;
};

/**
 * The best `limit` eligible verdicts, the same ones and in the same order as `match` gives, without judging the rest to the
 * end: a candidate is dropped at the first rule it fails, and only what is returned is explained.
 */
export const rank = (
  need: Need,
  candidates: readonly Candidate[],
  asOf: Date,
  { limit, isOncePerProgram = false, policy = defaultPolicy }: RankOptions,
): Verdict[] => {
  const context = contextOf(need, asOf, policy);
  const runners: Runner[] = [];
  for (const candidate of candidates) {
    if (!isEligible(need, candidate, context)) continue;
    // The distance rule has been met, so the place is known.
    const distanceKm = distanceKmTo(candidate, need) as number;
    const score = scoreOf(need, candidate, context, distanceKm);
    runners.push({ candidate, score, distanceKm, programId: candidate.programId, poolId: candidate.poolId });
  }
  runners.sort(compareRanked);
  const best = isOncePerProgram ? firstOfEachProgram(runners, limit) : runners.slice(0, Math.max(0, limit));
  return best.map(({ candidate, distanceKm }) => eligibleVerdict(need, candidate, context, distanceKm));
};
