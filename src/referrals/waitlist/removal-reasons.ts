import type { CancelReason } from '../reasons';
import type { RemovalReason } from './engine/removal';

/** The reason that the referral ends with. */
export const endOf: Readonly<Record<RemovalReason, CancelReason>> = {
  CANNOT_BE_LOCATED: 'PERSON_NOT_REACHABLE',
  REFUSED_TREATMENT: 'PERSON_CHANGED_MIND',
  PLACED_ELSEWHERE: 'PLACED_ELSEWHERE',
  HOSPITALIZED: 'HOSPITALIZED',
  INCARCERATED: 'INCARCERATED',
  DECEASED: 'DECEASED',
  ENTERED_IN_ERROR: 'ENTERED_IN_ERROR',
};

/** The other way round: what it says of the list when the referral of somebody who waits is cancelled. */
export const removalOf = Object.fromEntries(
  Object.entries(endOf).map(([removal, cancel]) => [cancel, removal]),
) as Readonly<Record<CancelReason, RemovalReason>>;
