import { missingChecks, type CheckDone } from './vetting';
import type { ChildAttention } from './vocabulary';

/** A candidate of a report, with what was checked and decided of them, in order. */
export interface Vetted {
  readonly state: string;
  readonly done: readonly CheckDone[];
}

/** What somebody has to see to now, of a report that child services have in hand; null: nothing. */
export const attentionOf = (candidates: readonly Vetted[]): ChildAttention | null => {
  const placed = candidates.find(({ state }) => state === 'PLACED');
  if (placed) return missingChecks(placed.done).length > 0 ? 'CHECK_NOT_PASSED' : null;
  return candidates.some(({ done }) => done.some(({ command }) => command === 'endPlacement')) ? 'NO_PLACE' : null;
};
