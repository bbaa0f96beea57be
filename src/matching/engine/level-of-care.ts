import type { LevelOfCare } from '../../kernel/vocabulary';
import type { Need } from './need';
import type { LevelRow, MatchPolicy, MedicationRow, ServiceRow } from './policy';
import { isRaised, type Signal } from './signals';

/** One signal's word on the acceptable levels. */
export interface LevelReason {
  /** `CLINICIAN` when the levels were assigned, else the signal that narrowed them. */
  readonly from: Signal | 'CLINICIAN';
  readonly reason: string;
  readonly source: string | null;
}

/** What the signals ask of a program, before any program is looked at. */
export interface Screen {
  /** Acceptable ASAM-4 levels, in the policy's order. Never empty unless the policy has no level rows at all. */
  readonly levels: readonly LevelOfCare[];
  readonly reasons: readonly LevelReason[];
  /** Rows whose signal is raised. */
  readonly serviceRows: readonly ServiceRow[];
  readonly medicationRows: readonly MedicationRow[];
}

const assigned: LevelReason = { from: 'CLINICIAN', reason: 'Assigned by a clinician.', source: null };

const narrow = (rows: readonly LevelRow[]): Pick<Screen, 'levels' | 'reasons'> => {
  let levels: readonly LevelOfCare[] = rows[0]?.levels ?? [];
  const reasons: LevelReason[] = [];
  for (const row of rows) {
    const left = levels.filter((level) => row.levels.includes(level));
    // Two signals that exclude each other must not leave the person without any level: the earlier row stands.
    if (left.length === 0) continue;
    levels = left;
    reasons.push({ from: row.when, reason: row.reason, source: row.source });
  }
  return { levels, reasons };
};

/**
 * From signals that a non-clinician can give to the levels of care that are acceptable. It is a screen for routing, not an
 * assessment: the program that admits the person assesses. Levels assigned by a clinician are taken as they are.
 */
export const screenOf = (need: Need, policy: MatchPolicy): Screen => {
  const has = (row: { readonly when: Signal }): boolean => isRaised(row.when, need, policy.signalTerms);
  const { levels, reasons } =
    need.levelsOfCare.length > 0
      ? { levels: need.levelsOfCare, reasons: [assigned] }
      : narrow(policy.levelRows.filter(has));
  return {
    levels,
    reasons,
    serviceRows: policy.serviceRows.filter(has),
    medicationRows: policy.medicationRows.filter(has),
  };
};
