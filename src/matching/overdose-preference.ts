import type { Candidate } from './engine/candidate';
import type { Danger, PreferredProgram } from './engine/danger';
import type { RunVerdict } from './run-verdicts';

/** How many programs are kept of an order, from the first: nobody reads further, and a run has hundreds. */
const KEPT = 20;

/** A preference as `match_run.overdose_preference` keeps it, beside the verdicts: not everybody who reads those may know of overdoses. */
export interface StoredPreference {
  readonly because: readonly string[];
  /** In the order to ask them. */
  readonly programs: readonly Omit<PreferredProgram, 'poolId'>[];
}

export const packPreference = (
  programs: readonly PreferredProgram[],
  dangers: readonly Danger[],
): StoredPreference => ({
  because: dangers.map(({ because }) => because),
  programs: programs.slice(0, KEPT).map(({ programId, bonus, because }) => ({ programId, bonus, because })),
});

/** What the order of eligible programs is made from. */
export const withPools = (eligible: readonly RunVerdict[], pools: ReadonlyMap<string, Candidate>) =>
  eligible.map(({ programId, poolId, score, distanceKm }) => ({
    ...{ programId, poolId, distanceKm, score: score ?? 0 },
    candidate: pools.get(poolId) as Candidate,
  }));

/** Eligible verdicts in the order to ask them. */
export const inOrder = (
  eligible: readonly RunVerdict[],
  preferred: readonly PreferredProgram[] | null,
): readonly RunVerdict[] => {
  const byProgram = new Map(eligible.map((verdict) => [verdict.programId, verdict]));
  return preferred?.flatMap(({ programId }) => byProgram.get(programId) ?? []) ?? eligible;
};
