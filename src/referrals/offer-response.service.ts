import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { ConsentsService } from '../consent';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import { MatchingService } from '../matching';
import { PeopleService } from '../people';
import type { SystemTx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { offerCommandsOf } from './allowed-commands';
import { refusedTo } from './guards';
import type { OfferEntity } from './offer.entity';
import { offerMachine, type OfferCommand } from './offer.machine';
import { OffersStore } from './offers.store';
import { PlacementService } from './placement.service';
import { declinedByOf, isLasting, type DeclineReason } from './reasons';
import { ReferralEndingService } from './referral-ending.service';
import { noteOffer } from './referral-command';
import type { ReferralEntity } from './referral.entity';
import { ReferralsStore } from './referrals.store';
import { RoutingService } from './routing.service';

/** An offer under its referral’s lock, with its siblings. */
interface OpenOffer {
  readonly offer: OfferEntity;
  readonly offers: readonly OfferEntity[];
  readonly referral: ReferralEntity;
}

interface OfferStep {
  readonly actor: Actor;
  readonly offerId: string;
  readonly answer: OfferCommand;
  readonly command: Command;
}

/** What a program does with an offer. */
@Injectable()
export class OfferResponseService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly offers: OffersStore,
    private readonly referrals: ReferralsStore,
    private readonly placement: PlacementService,
    private readonly routing: RoutingService,
    private readonly ending: ReferralEndingService,
    private readonly matching: MatchingService,
    private readonly consents: ConsentsService,
    private readonly people: PeopleService,
  ) {}

  /** The program has seen it. Name and contact show from here on if the person agreed to that. */
  acknowledge(actor: Actor, offerId: string, command: Command): Promise<Done | Refusal> {
    return this.respond({ actor, offerId, answer: 'acknowledge', command }, async (tx, { offer, referral }) => {
      this.offers.acknowledge(tx, offer.id);
      if (referral.acknowledgedAt === null) this.referrals.noteAcknowledged(tx, referral.id);
      const scopes = await this.consents.activeScopes(tx, referral.personId, offer.agencyId);
      if (scopes.includes('IDENTITY_BEFORE_ACCEPTANCE')) {
        this.people.showToProgram(tx, offer.agencyId, referral.personId, 'ACKNOWLEDGED_WITH_CONSENT');
      }
      noteOffer(tx, offer, 'offer.acknowledged');
      return null;
    });
  }

  /** The first acceptance wins: a place is kept and every other offer withdrawn. NO_CAPACITY changes nothing. */
  accept(actor: Actor, offerId: string, command: Command): Promise<Done | Refusal> {
    return this.respond({ actor, offerId, answer: 'accept', command }, (tx, { offer, offers, referral }) =>
      this.placement.takeOffered(tx, referral, offer, offers),
    );
  }

  /** The next candidate is asked in the same transaction, unless others still consider it. */
  decline(actor: Actor, offerId: string, reason: DeclineReason, command: Command): Promise<Done | Refusal> {
    return this.respond({ actor, offerId, answer: 'decline', command }, async (tx, { offer, offers, referral }) => {
      if (declinedByOf(reason) === 'PERSON' && offer.acknowledgedAt === null) return unspoken;
      this.offers.decline(tx, offer.id, reason, declinedByOf(reason));
      this.referrals.pruneParties(tx, referral);
      if (isLasting(reason)) {
        await this.matching.recordLastingDecline(tx, {
          personId: referral.personId,
          programId: offer.programId,
          reason,
        });
      }
      noteOffer(tx, offer, 'offer.declined', { reason });
      if (reason === 'PERSON_CHANGED_MIND') return this.ending.endAs(tx, referral, { command: 'cancel', reason });
      await this.routing.cascade(tx, referral, endedNow(offers, offer.id, 'DECLINED', tx.asOf));
      return null;
    });
  }

  /** Silence: called when the time to decide has passed. Whoever came first, answer or silence, has won. */
  async expire(offerId: string, agencyId: string): Promise<void> {
    await this.unitOfWork.runAsSystem(agencyId, { name: 'expireOffer' }, async (tx) => {
      const seen = await this.offers.find(tx, offerId);
      if (!seen) return notFound('offer');
      const referral = await this.referrals.lockAsSystem(tx, seen.referralId);
      if (!referral || !(await this.offers.expire(tx, offerId))) return notFound('offer due');
      this.referrals.pruneParties(tx, referral);
      noteOffer(tx, seen, 'offer.expired');
      await this.routing.cascade(tx, referral, await this.offers.ofReferral(tx, referral.id));
      return { id: offerId };
    });
  }

  /** Reads the offer as the actor, decides, then locks referral before offers, always in this order, and goes on. */
  private respond(
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
        return new Refusal(next.code, next.message, {
          ...next.details,
          allowed: offerCommandsOf(actor, offer.state, seen),
        });
      }
      return (await work(system, { offer, offers, referral })) ?? { id: offerId };
    });
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
