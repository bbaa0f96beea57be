import { addMinutes } from '../../kernel/clock';
import type { AlertKind, CustodyCommand, CustodyState } from './vocabulary';

/** Minutes a state may last before somebody has to look; null: as long as it takes. */
export type StateTerms = Readonly<Record<CustodyState, number | null>>;

/** What it is called when a state has lasted too long. */
const overdueAs: Readonly<Partial<Record<CustodyState, AlertKind>>> = {
  OPENED: 'NOT_COUNTERSIGNED',
  IN_TRANSIT: 'NOT_RECEIVED',
  AT_LABORATORY: 'RESULT_OVERDUE',
  TO_BE_DESTROYED: 'DESTRUCTION_UNFINISHED',
  WITNESSED_ONCE: 'DESTRUCTION_UNFINISHED',
};

/** When a state that begins now has lasted too long; null: never. */
export const dueAt = (state: CustodyState, asOf: Date, terms: StateTerms): Date | null => {
  const minutes = terms[state];
  return minutes === null ? null : addMinutes(asOf, minutes);
};

/** What to raise for a state whose time is over: nothing where it has none or has it left. */
export const overdueAlert = (state: CustodyState, due: Date | null, asOf: Date): AlertKind | null =>
  due === null || due > asOf ? null : (overdueAs[state] ?? null);

/**
 * What to raise when a state is left: that it was left too late, or without what it was for. `due` is null once a laboratory has told
 * its result, or the lack of it was raised.
 */
export const leftBehind = (
  command: CustodyCommand,
  { state, dueAt: due }: { readonly state: CustodyState; readonly dueAt: Date | null },
  asOf: Date,
): AlertKind | null => {
  const isWithoutResult = command === 'releaseFromLaboratory' && due !== null;
  return isWithoutResult ? 'RESULT_OVERDUE' : overdueAlert(state, due, asOf);
};
