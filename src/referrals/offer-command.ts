import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { CapacityService } from '../capacity';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { SystemTx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { offerCommandsOf } from './allowed-actions';
import { refusedTo } from './guards';
import type { OfferEntity } from './offer.entity';
import { offerMachine, stateAt, type OfferCommand, type OfferState } from './offer.machine';
import { OffersStore } from './offers.store';
import type { ReferralEntity } from './referral.entity';
import { ReferralsStore } from './referrals.store';

/** An offer under its referral’s lock, with its siblings. */
export interface OpenOffer {
  readonly offer: OfferEntity;
  readonly offers: readonly OfferEntity[];
  readonly referral: ReferralEntity;
}

export interface OfferStep {
  readonly actor: Actor;
  readonly offerId: string;
  readonly answer: OfferCommand;
  readonly command: Command;
}

/** The way every answer to an offer goes. */
@Injectable()
export class OfferCommands {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly offers: OffersStore,
    private readonly referrals: ReferralsStore,
    private readonly capacity: CapacityService,
  ) {}

  /** Reads the offer as the actor, decides, then locks referral before offers, always in this order, and goes on. */
  take(
    { actor, offerId, answer, command }: OfferStep,
    work: (tx: SystemTx, open: OpenOffer) => Promise<Refusal | null>,
  ): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const seen = await this.offers.find(tx, offerId);
      if (!seen) return notFound('offer');
      const refused = refusedTo(actor, 'Offer', answer, seen);
      if (refused) return refused;
      const system = tx.asSystem();
      // Sent together: PostgreSQL reads the offers once it holds the lock.
      const locked = this.referrals.lockAsSystem(system, seen.referralId);
      const listed = this.offers.ofReferral(system, seen.referralId);
      const referral = await locked;
      const offers = await listed;
      const offer = offers.find(({ id }) => id === offerId);
      if (!referral || !offer) return notFound('offer');
      const state = stateAt(offer, tx.asOf);
      const next = offerMachine.next(state, answer);
      if (!isRefusal(next)) return (await work(system, { offer, offers, referral })) ?? { id: offerId };
      const late = await this.tooLate(system, offer, { answer, state });
      const allowed = offerCommandsOf(actor, state, seen);
      return late ?? new Refusal(next.code, next.message, { ...next.details, allowed });
    });
  }

  /** Whoever answers after the end hears that, and what can be done; null: it is not lateness that stands in the way. */
  private async tooLate(
    tx: SystemTx,
    { referralId }: OfferEntity,
    { answer, state }: { readonly answer: OfferCommand; readonly state: OfferState },
  ): Promise<Refusal | null> {
    if (state === 'EXPIRED') return timeHasPassed;
    return answer === 'accept' && state === 'ACCEPTED' ? this.capacity.lostHold(tx, referralId) : null;
  }
}

const timeHasPassed = new Refusal('HOLD_EXPIRED', 'The time to decide has passed, and others are asked.', {
  remedy:
    'Ask the coordinating team for a new offer (`offerReferral`); if it still looks for a place, it comes to you again.',
});
