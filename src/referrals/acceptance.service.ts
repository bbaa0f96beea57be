import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { CapacityService } from '../capacity';
import { isRefusal, type Refusal } from '../kernel/refusal';
import { MatchingService } from '../matching';
import { PeopleService } from '../people';
import type { SystemTx } from '../platform/database/tx';
import type { Command, Done } from '../platform/database/unit-of-work';
import { AgreedRecipients } from './agreed-recipients';
import { HandOffsStore } from './hand-offs.store';
import { OfferCommands } from './offer-command';
import { OffersStore } from './offers.store';
import { ReferralClocks } from './referral-clocks';
import { noteWithdrawn } from './referral-command';
import { EXPIRE_HOLD } from './referral-tasks';
import type { ReferralEntity } from './referral.entity';
import { referralMachine } from './referral.machine';
import { ReferralsStore } from './referrals.store';

/** The program and pool that take a referral. */
export interface Taker {
  readonly programId: string;
  readonly poolId: string;
  readonly agencyId: string;
  /** Neither somebody at the program decides nor the order of those who wait: the sender’s quota does. */
  readonly isBoundByQuota: boolean;
}

/** A program takes the person: a place is kept, and all that follows from it. */
@Injectable()
export class AcceptanceService {
  constructor(
    private readonly commands: OfferCommands,
    private readonly referrals: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly handOffs: HandOffsStore,
    private readonly capacity: CapacityService,
    private readonly people: PeopleService,
    private readonly matching: MatchingService,
    private readonly clocks: ReferralClocks,
    private readonly agreed: AgreedRecipients,
  ) {}

  /** The first acceptance wins: a place is kept and every other offer withdrawn. NO_CAPACITY changes nothing. */
  accept(actor: Actor, offerId: string, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, offerId, answer: 'accept', command }, (tx, { offer, offers, referral }) =>
      this.take(tx, referral, { ...offer, isBoundByQuota: false }, () => {
        const others = offers.filter(({ id }) => id !== offerId);
        noteWithdrawn(tx, this.offers.withdraw(tx, others, 'ANOTHER_ACCEPTED'));
        return offerId;
      }),
    );
  }

  /** Under the referral’s lock. `offerOf` says which offer is accepted, once the place is certain. Refused: nothing was changed. */
  async take(tx: SystemTx, referral: ReferralEntity, taker: Taker, offerOf: () => string): Promise<Refusal | null> {
    const to = referralMachine.next(referral.state, 'accept');
    if (isRefusal(to)) return to;
    const refused = await this.agreed.refusedTo(tx, referral, taker.agencyId);
    if (refused) return refused;
    const endsAt = await this.clocks.holdEnds(tx, taker.programId);
    const sender = { agencyId: referral.senderAgencyId, isBound: taker.isBoundByQuota };
    const hold = await this.capacity.hold(tx, { poolId: taker.poolId, referralId: referral.id, endsAt, sender });
    if (isRefusal(hold)) return hold;
    const { agencyId, programId } = taker;
    const [offerId, holdId] = [offerOf(), hold.id];
    this.offers.accept(tx, offerId);
    this.clocks.placeKept(tx, referral, { offerId, holdId, agencyId, endsAt });
    const acknowledgedAt = referral.acknowledgedAt ?? tx.asOf;
    const changes = { receiverAgencyId: agencyId, programId, holdId, missing: [], acknowledgedAt };
    this.referrals.move(tx, referral.id, { command: 'accept', from: referral.state, to }, changes);
    // Nobody states a release before the acknowledgement.
    if (referral.acknowledgedAt !== null) this.handOffs.address(tx, referral.id, agencyId);
    this.referrals.pruneParties(tx, referral);
    this.people.showToReceiver(tx, agencyId, referral.personId);
    await this.matching.resolveUnmetNeed(tx, referral.id);
    tx.enqueue({ name: EXPIRE_HOLD, data: { holdId, referralId: referral.id, agencyId }, startAt: endsAt });
    const details = { referralId: referral.id, holdId };
    tx.audit({ action: 'offer.accepted', subjectType: 'Offer', subjectId: offerId, details });
    tx.emit({ name: 'referral.accepted', subjectType: 'Referral', subjectId: referral.id, payload: { offerId } });
    return null;
  }
}
