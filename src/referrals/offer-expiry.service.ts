import { Injectable } from '@nestjs/common';
import { isRefusal, notFound } from '../kernel/refusal';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { OffersStore } from './offers.store';
import { ReferralClocks } from './referral-clocks';
import { noteOffer } from './referral-command';
import { ReferralsStore } from './referrals.store';
import { RoutingService } from './routing.service';

/** What silence does to an offer. */
@Injectable()
export class OfferExpiryService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly offers: OffersStore,
    private readonly referrals: ReferralsStore,
    private readonly routing: RoutingService,
    private readonly clocks: ReferralClocks,
  ) {}

  /** Silence: called when the time to decide has passed. Whoever came first, answer or silence, has won. True where it was silence. */
  async expire(offerId: string, agencyId: string): Promise<boolean> {
    const done = await this.unitOfWork.runAsSystem(agencyId, { name: 'expireOffer' }, async (tx) => {
      const seen = await this.offers.find(tx, offerId);
      if (!seen) return notFound('offer');
      const referral = await this.referrals.lockAsSystem(tx, seen.referralId);
      if (!referral || !(await this.offers.expire(tx, offerId))) return notFound('offer due');
      this.clocks.offerExpired(tx, offerId);
      this.referrals.pruneParties(tx, referral);
      noteOffer(tx, seen, 'offer.expired');
      await this.routing.cascade(tx, referral, await this.offers.ofReferral(tx, referral.id));
      return { id: offerId };
    });
    return !isRefusal(done);
  }
}
