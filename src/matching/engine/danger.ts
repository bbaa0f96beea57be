import type { Candidate } from './candidate';
import { defaultPolicy } from './default-policy';
import type { Need } from './need';
import { compareRanked, type Ranked } from './order';
import type { DangerRow, DangerSignal, MatchPolicy } from './policy';
import { rounded } from './score';

/** Why somebody is in danger of another overdose, in words that whoever reads the run’s preference may read. */
export interface Danger {
  readonly signal: DangerSignal;
  /** One sentence. */
  readonly because: string;
}

/** An eligible program by the pool that was scored best. */
export interface Scored extends Ranked {
  readonly score: number;
}

/** What the danger added to the score of a program, and why. */
export interface PreferredProgram {
  readonly programId: string;
  readonly poolId: string;
  /** 0 and more; what is asked first has the highest sum of score and bonus. */
  readonly bonus: number;
  /** What the program has of what is looked for, one sentence. */
  readonly because: string;
}

const mayUseOpioids = ({ substances }: Need): boolean =>
  substances.length === 0 || substances.includes('UNKNOWN') || substances.includes('OPIOIDS');

const isOffered = (row: DangerRow, candidate: Candidate): boolean =>
  (row.takesAtOnce && candidate.acceptanceMode === 'INSTANT') ||
  row.services.some((service) => candidate.services.includes(service)) ||
  row.medications.some((medication) => candidate.medicationsOffered.includes(medication)) ||
  row.levels.includes(candidate.levelOfCare);

/**
 * Eligible programs in the order to ask them for somebody in such danger. It removes nobody and changes no score: what it adds is kept
 * beside the score, because not everybody who may read the score may know of the overdoses.
 */
export const preferInDanger = (
  need: Need,
  programs: readonly (Scored & { readonly candidate: Candidate })[],
  dangers: readonly Danger[],
  policy: MatchPolicy = defaultPolicy,
): PreferredProgram[] => {
  const signals = dangers.map(({ signal }) => signal);
  const rows = policy.dangerRows.filter(
    ({ when, isForOpioids }) =>
      when.some((signal) => signals.includes(signal)) && (!isForOpioids || mayUseOpioids(need)),
  );
  const weighed = programs.map(({ candidate, ...scored }) => {
    const offered = rows.map((row) => ({ ...row, isOffered: isOffered(row, candidate) }));
    const bonus = rounded(offered.reduce((sum, row) => sum + (row.isOffered ? row.bonus : 0), 0));
    const because = `${offered.map((row) => `${row.name}: ${row.isOffered ? 'yes' : 'no'}`).join('; ')}.`;
    return { ...scored, score: rounded(scored.score + bonus), bonus, because };
  });
  return weighed
    .sort(compareRanked)
    .map(({ programId, poolId, bonus, because }) => ({ programId, poolId, bonus, because }));
};
