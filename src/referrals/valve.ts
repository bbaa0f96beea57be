import { mayRead, type Actor, type Facts } from '../access';
import { progressOf, type Missing, type Progress, type ProgressFacts } from './progress';
import type { ReferralState } from './referral.machine';

/** The one-way valve (domain §6): what a sender hears of its own referral, whichever question it asks. */
export interface ValveFacts extends Facts, ProgressFacts {
  readonly missing: readonly Missing[];
  readonly closedAt: Date | null;
  /** When a sender that could not know of the arrival cancelled or recalled; the referral itself went on. */
  readonly senderWithdrewAt: Date | null;
}

/** A sender who may not learn where in treatment the person is. */
export const isBehindTheValve = (actor: Actor, referral: Facts): boolean =>
  referral.relations.includes('SENDER') && !mayRead(actor, 'Referral', 'state', referral);

/** … not even, with the person’s consent, whether they arrived. */
export const isUnawareOfArrival = (actor: Actor, referral: Facts): boolean =>
  isBehindTheValve(actor, referral) && !mayRead(actor, 'Referral', 'arrivedAt', referral);

const WITH_PROGRAM: ReadonlySet<ReferralState> = new Set(['ARRIVED', 'ADMITTED']);
/** The person has come, and is still there. */
export const isWithProgram = (state: ReferralState): boolean => WITH_PROGRAM.has(state);

/** Where a referral stands as this actor may know it. */
export interface Receipt {
  readonly progress: Progress;
  readonly missing: readonly Missing[];
  readonly closedAt: Date | null;
}

/** For a sender that withdrew it is closed from then on, as when the withdrawal had ended it. */
export const receiptFor = (actor: Actor, referral: ValveFacts): Receipt => {
  const { senderWithdrewAt, missing, closedAt } = referral;
  return senderWithdrewAt !== null && isBehindTheValve(actor, referral)
    ? { progress: 'CLOSED', missing: [], closedAt: senderWithdrewAt }
    : { progress: progressOf(referral), missing, closedAt };
};

/** Sent by the actor’s agency, and not closed as far as the actor may know. */
export const isOpenToItsSender = (actor: Actor, referral: ValveFacts): boolean =>
  referral.relations.includes('SENDER') && receiptFor(actor, referral).progress !== 'CLOSED';
