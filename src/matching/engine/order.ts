/** The one order of answers: best score, then nearest, then by id. Ties are broken by rule, so no two runs differ. */
export interface Ranked {
  readonly score: number | null;
  readonly distanceKm: number | null;
  readonly programId: string;
  readonly poolId: string;
}

/** By code units: a locale would make the answer depend on the machine. */
const byCodeUnits = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const byDistance = (a: number | null, b: number | null): number => {
  if (a === b) return 0;
  if (a === null) return 1;
  return b === null ? -1 : a - b;
};

/** Scored before removed, score falling, distance rising (unknown last), then program and pool id. */
export const compareRanked = (a: Ranked, b: Ranked): number =>
  (b.score ?? -1) - (a.score ?? -1) ||
  byDistance(a.distanceKm, b.distanceKm) ||
  byCodeUnits(a.programId, b.programId) ||
  byCodeUnits(a.poolId, b.poolId);
