import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { isRefusal, Refusal } from '../kernel/refusal';
import { MatchingService } from '../matching';
import { PeopleService } from '../people';
import type { SystemTx } from '../platform/database/tx';
import type { Command, Done } from '../platform/database/unit-of-work';
import { HandOffsStore } from './hand-offs.store';
import { end, endings } from './leaving';
import { OfferCommands, type OpenOffer } from './offer-command';
import type { OfferEntity } from './offer.entity';
import { OffersStore } from './offers.store';
import { declinedByOf, isLasting, type DeclineReason } from './reasons';
import { ReferralClocks } from './referral-clocks';
import { noteOffer, noteReferral, noteWithdrawn } from './referral-command';
import { ReferralsStore } from './referrals.store';
import { RoutingService } from './routing.service';

/** What a program does with an offer, short of accepting it. */
@Injectable()
export class OfferResponseService {
  constructor(
    private readonly commands: OfferCommands,
    private readonly offers: OffersStore,
    private readonly referrals: ReferralsStore,
    private readonly handOffs: HandOffsStore,
    private readonly routing: RoutingService,
    private readonly matching: MatchingService,
    private readonly people: PeopleService,
    private readonly clocks: ReferralClocks,
  ) {}

  /** The program has seen it. Name and contact show from here on if the person agreed to that. */
  acknowledge(actor: Actor, offerId: string, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, offerId, answer: 'acknowledge', command }, async (tx, { offer, referral }) => {
      this.offers.acknowledge(tx, offer.id);
      this.clocks.offerAcknowledged(tx, offer.id);
      if (referral.acknowledgedAt === null) this.referrals.noteAcknowledged(tx, referral.id);
      await this.people.followConsents(tx, [referral.personId]);
      noteOffer(tx, offer, 'offer.acknowledged');
      return null;
    });
  }

  /** The next candidate is asked in the same transaction, unless others still consider it. */
  decline(actor: Actor, offerId: string, reason: DeclineReason, command: Command): Promise<Done | Refusal> {
    return this.commands.take(
      { actor, offerId, answer: 'decline', command },
      async (tx, { offer, offers, referral }) => {
        if (declinedByOf(reason) === 'PERSON' && offer.acknowledgedAt === null) return unspoken;
        this.offers.decline(tx, offer.id, reason, declinedByOf(reason));
        this.clocks.offerDeclined(tx, offer.id);
        this.referrals.pruneParties(tx, referral);
        if (isLasting(reason)) {
          await this.matching.recordLastingDecline(tx, {
            personId: referral.personId,
            programId: offer.programId,
            reason,
          });
        }
        noteOffer(tx, offer, 'offer.declined', { reason });
        if (reason === 'PERSON_CHANGED_MIND') return this.endForPerson(tx, { offer, offers, referral });
        await this.routing.cascade(tx, referral, endedNow(offers, offer.id, 'DECLINED', tx.asOf));
        return null;
      },
    );
  }

  /** The person says no through the program: that ends the referral, and nobody else is asked. */
  private async endForPerson(tx: SystemTx, { offer, offers, referral }: OpenOffer): Promise<Refusal | null> {
    const ended = end(referral, { command: 'cancel', reason: 'PERSON_CHANGED_MIND' }, tx.asOf);
    if (isRefusal(ended)) return ended;
    const others = offers.filter(({ id }) => id !== offer.id);
    noteWithdrawn(tx, this.offers.withdraw(tx, others, 'CANCELLED'));
    this.handOffs.cancel(tx, referral.id);
    this.referrals.leave(tx, ended);
    this.clocks.ended(tx, referral, 'PERSON_CHANGED_MIND', 'REFUSED_TREATMENT');
    await this.matching.resolveUnmetNeed(tx, referral.id);
    noteReferral(tx, referral, endings.cancel, { reason: ended.step.reason });
    return null;
  }
}

const endedNow = (
  offers: readonly OfferEntity[],
  id: string,
  state: OfferEntity['state'],
  endedAt: Date,
): OfferEntity[] => offers.map((offer) => (offer.id === id ? { ...offer, state, endedAt } : offer));

/** A program that has not even acknowledged has not spoken with the person it would speak for. */
const unspoken = new Refusal(
  'ILLEGAL_TRANSITION',
  'Only a program that has acknowledged can say what the person wants.',
  {
    remedy: 'Acknowledge the offer first, or decline with a reason of the program’s own.',
  },
);
