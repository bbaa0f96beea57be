import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { SystemTx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { offerCommandsOf } from './allowed-actions';
import { refusedTo } from './guards';
import type { OfferEntity } from './offer.entity';
import { offerMachine, type OfferCommand } from './offer.machine';
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
      const next = offerMachine.next(offer.state, answer);
      if (isRefusal(next)) {
        const allowed = offerCommandsOf(actor, offer.state, seen);
        return new Refusal(next.code, next.message, { ...next.details, allowed });
      }
      return (await work(system, { offer, offers, referral })) ?? { id: offerId };
    });
  }
}
