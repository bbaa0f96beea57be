import type { Actor } from '../access';
import { isRefusal, Refusal } from '../kernel/refusal';
import type { HandOffEntity } from './hand-off.entity';
import { handOffMachine, type HandOffState } from './hand-off.machine';
import type { ReferralState } from './referral.machine';
import type { ReferralRow } from './referrals.store';
import { isUnawareOfArrival, isWithProgram } from './valve';

/** A place is kept, and the person is not there yet. */
const IS_KEPT: ReadonlySet<ReferralState> = new Set(['ACCEPTED', 'SCHEDULED']);

/** A hand-off as it is kept: whom the person goes to, null while nobody has accepted, and how it begins. */
export interface Release {
  readonly to: string | null;
  readonly state: HandOffState;
}
type Earlier = Pick<HandOffEntity, 'state' | 'fromAgencyId'>;

/**
 * What becomes of a sending side’s word that it let the person go. For whoever may not know of the arrival it counts once and
 * whatever the state: it waits for the program that accepts, is open to the one that keeps a place, or is paper for the file of
 * the one they came to.
 */
export const releaseFor = (actor: Actor, referral: ReferralRow, earlier: readonly Earlier[]): Release | Refusal =>
  isUnawareOfArrival(actor, referral) ? stated(actor, referral, earlier) : planned(referral, earlier);

const stated = (actor: Actor, referral: ReferralRow, earlier: readonly Earlier[]): Release | Refusal => {
  if (earlier.some(({ fromAgencyId }) => fromAgencyId === actor.agencyId)) return handedOffBefore;
  const isPaper = isWithProgram(referral.state) || earlier.some(isOpen);
  const filed = isPaper ? handOffMachine.next(handOffMachine.initial, 'file') : handOffMachine.initial;
  return isRefusal(filed) ? filed : { to: referral.receiverAgencyId, state: filed };
};

const planned = ({ state, receiverAgencyId }: ReferralRow, earlier: readonly Earlier[]): Release | Refusal => {
  const isKept = IS_KEPT.has(state);
  if (earlier.some((one) => isOpen(one) || (!isKept && one.state === 'RECEIVED'))) return handedOffBefore;
  return isKept && receiverAgencyId !== null ? { to: receiverAgencyId, state: handOffMachine.initial } : noPlaceKept;
};

const isOpen = ({ state }: Earlier): boolean => !handOffMachine.isFinal(state);

const handedOffBefore = new Refusal('ALREADY_EXISTS', 'The person was handed off before.', {
  remedy: 'Wait for the program to receive them.',
});
const noPlaceKept = new Refusal('ILLEGAL_TRANSITION', 'A person is handed off while a place is kept for them.', {
  remedy: 'Wait until a program has accepted.',
});
