/** What a hospital said with a flag of when it lets the patient go. */
export interface Discharge {
  readonly agencyId: string;
  readonly flaggedAt: Date;
  /** Null: now, unless it has named a time that lies ahead. */
  readonly dischargeAt: Date | null;
}

/**
 * When the last hospital lets the patient go: what one says takes the place of what it said before, and of several the person is in the
 * one that keeps them longest. `said`: the first first; null: none said anything.
 */
export const leavesAt = (said: readonly Discharge[]): Date | null => {
  const byHospital = new Map<string, Date>();
  for (const { agencyId, flaggedAt, dischargeAt } of said) {
    byHospital.set(agencyId, dischargeAt ?? later(byHospital.get(agencyId) ?? flaggedAt, flaggedAt));
  }
  return [...byHospital.values()].reduce<Date | null>((last, at) => (last === null ? at : later(last, at)), null);
};

const later = (a: Date, b: Date): Date => (a > b ? a : b);
