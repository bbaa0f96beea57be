import { compareRanked } from './engine/order';
import type { ScoredTerm } from './engine/score';
import { lastRuleStanding } from './engine/unmet-need';
import type { Verdict } from './engine/verdict';
import { ALREADY_ASKED, type RunRule } from './matching.enums';

export interface RunRemoval {
  readonly rule: RunRule;
  readonly because: string;
}

/** What a run says of one pool: the engine’s word, and whether the referral was put to the program before. */
export interface RunVerdict {
  readonly poolId: string;
  readonly programId: string;
  readonly isEligible: boolean;
  /** In [0, 1]; `null` when removed. */
  readonly score: number | null;
  readonly distanceKm: number | null;
  readonly removedBy: readonly RunRemoval[];
  readonly terms: readonly ScoredTerm[];
}

const alreadyAsked: RunRemoval = {
  rule: ALREADY_ASKED,
  because: 'The referral was put to this program before and not taken.',
};

const runVerdictOf = ({ poolId, programId, isEligible, score, distanceKm, removedBy, terms }: Verdict): RunVerdict => ({
  poolId,
  programId,
  isEligible,
  score,
  distanceKm,
  removedBy,
  terms,
});

/** The engine’s verdicts with the programs already asked removed, in the engine’s order. */
export const runVerdictsOf = (verdicts: readonly Verdict[], askedProgramIds: readonly string[]): RunVerdict[] => {
  const asked = new Set(askedProgramIds);
  return verdicts
    .map(runVerdictOf)
    .map((verdict) =>
      asked.has(verdict.programId)
        ? { ...verdict, isEligible: false, score: null, terms: [], removedBy: [...verdict.removedBy, alreadyAsked] }
        : verdict,
    )
    .sort(compareRanked);
};

/** Better: eligible, then fewer rules in the way, then the earlier one in the run’s order. */
const isBetter = (one: RunVerdict, other: RunVerdict): boolean =>
  one.isEligible === other.isEligible ? one.removedBy.length < other.removedBy.length : one.isEligible;

/** One verdict for each program, by the pool that came closest: eligible ones first, then those with the fewest rules in the way. */
export const programVerdictsOf = (verdicts: readonly RunVerdict[]): RunVerdict[] => {
  const best = new Map<string, RunVerdict>();
  for (const verdict of verdicts) {
    const other = best.get(verdict.programId);
    if (!other || isBetter(verdict, other)) best.set(verdict.programId, verdict);
  }
  return [...best.values()].sort((a, b) => a.removedBy.length - b.removedBy.length || compareRanked(a, b));
};

const ANSWERS: ReadonlySet<RunRule> = new Set<RunRule>(['LASTING_DECLINE', ALREADY_ASKED]);

/** Rules without those that are a program’s word on the person: that it was asked, that it said no. */
export const rulesWithoutAnswers = (rules: readonly RunRule[]): RunRule[] => rules.filter((rule) => !ANSWERS.has(rule));

/**
 * Verdicts for whoever may not know what programs answered. One that rests on an answer alone is left out, as one beyond reach is:
 * shown without its rule it would tell as much.
 */
export const withoutAnswers = (verdicts: readonly RunVerdict[]): RunVerdict[] =>
  programVerdictsOf(
    verdicts.flatMap((verdict) => {
      const removedBy = verdict.removedBy.filter(({ rule }) => !ANSWERS.has(rule));
      return verdict.isEligible || removedBy.length > 0 ? [{ ...verdict, removedBy }] : [];
    }),
  );

/**
 * The rules that removed the pools that came closest, most pools first; empty while somebody is left. Where no pool lies
 * within reach at all, it is the distance that is in the way.
 */
export const rulesOfLastRemoved = (verdicts: readonly RunVerdict[]): RunRule[] => {
  // The engine only counts the rules, so one more name beside its own does no harm.
  const unmet = lastRuleStanding({ verdicts: verdicts as unknown as Verdict[] });
  if (unmet === null) return [];
  return unmet.judged === 0 ? ['DISTANCE'] : unmet.lastRules.map(({ rule }) => rule);
};
