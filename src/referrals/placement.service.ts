import { Injectable } from '@nestjs/common';
import { CapacityService } from '../capacity';
import { addMinutes } from '../kernel/clock';
import { isRefusal, type Refusal } from '../kernel/refusal';
import { MatchingService } from '../matching';
import { PeopleService } from '../people';
import type { SystemTx } from '../platform/database/tx';
import { ClockSource } from './clock-source';
import { HandOffsStore } from './hand-offs.store';
import type { OfferEntity } from './offer.entity';
import { isLive } from './offer.machine';
import { OffersStore, type NewOffer } from './offers.store';
import type { WithdrawReason } from './reasons';
import { EXPIRE_HOLD, EXPIRE_OFFER } from './referral-tasks';
import type { ReferralEntity } from './referral.entity';
import { referralMachine, type ReferralCommand, type ReferralState } from './referral.machine';
import { ReferralsStore, type ReferralChanges } from './referrals.store';

/** The program and pool that take a referral. */
export interface Taker {
  readonly programId: string;
  readonly poolId: string;
  readonly agencyId: string;
}
export type Proposal = Taker & Pick<NewOffer, 'matchRunId' | 'rank' | 'secondLookOf'>;

/** Taking and giving back a place, always inside the transaction of a decided command and under the referral’s lock. */
@Injectable()
export class PlacementService {
  constructor(
    private readonly referrals: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly handOffs: HandOffsStore,
    private readonly capacity: CapacityService,
    private readonly people: PeopleService,
    private readonly matching: MatchingService,
    private readonly clocks: ClockSource,
  ) {}

  /** Asks a program: from here on it sees the need, and no name, until it answers or time runs out. */
  ask(tx: SystemTx, referral: ReferralEntity, proposal: Proposal): void {
    const decideBy = addMinutes(tx.asOf, this.clocks.settings().decideMinutes);
    const offerId = this.insertOffer(tx, referral, proposal, decideBy);
    tx.enqueue({ name: EXPIRE_OFFER, data: { offerId, agencyId: proposal.agencyId }, startAt: decideBy });
    tx.emit({ name: 'offer.made', subjectType: 'Offer', subjectId: offerId, payload: { referralId: referral.id } });
  }

  /** A program that takes referrals INSTANT: the place is kept and the offer accepted in one go. Refused: nothing was changed. */
  async takeAtOnce(tx: SystemTx, referral: ReferralEntity, proposal: Proposal): Promise<Refusal | null> {
    const hold = await this.hold(tx, referral, proposal, true);
    if (isRefusal(hold)) return hold;
    const offerId = this.insertOffer(tx, referral, proposal, addMinutes(tx.asOf, this.clocks.settings().decideMinutes));
    await this.settle(tx, referral, { ...proposal, ...hold, offerId });
    return null;
  }

  /** A program accepts its offer: the hold decides, the first acceptance wins, the others are withdrawn with it. */
  async takeOffered(
    tx: SystemTx,
    referral: ReferralEntity,
    offer: OfferEntity,
    all: readonly OfferEntity[],
  ): Promise<Refusal | null> {
    const hold = await this.hold(tx, referral, offer, false);
    if (isRefusal(hold)) return hold;
    this.withdrawOffers(
      tx,
      referral,
      all.filter(({ id }) => id !== offer.id),
      'ANOTHER_ACCEPTED',
    );
    await this.settle(tx, referral, { ...offer, ...hold, offerId: offer.id });
    return null;
  }

  /** Ends the offers among these that still wait for an answer. */
  withdrawOffers(tx: SystemTx, referral: ReferralEntity, offers: readonly OfferEntity[], reason: WithdrawReason): void {
    const live = offers.filter(({ state }) => isLive(state));
    if (live.length === 0) return;
    this.offers.withdraw(
      tx,
      live.map(({ id }) => id),
      reason,
    );
    for (const { id } of live) {
      tx.audit({ action: 'offer.withdrawn', subjectType: 'Offer', subjectId: id, details: { reason } });
      tx.emit({ name: 'offer.ended', subjectType: 'Offer', subjectId: id, payload: { referralId: referral.id } });
    }
  }

  /** Gives the kept place back and takes the referral on with `command`; the receiving side sees it no more. */
  async giveBack(
    tx: SystemTx,
    referral: ReferralEntity,
    command: ReferralCommand,
    changes: ReferralChanges & { readonly reason?: string } = {},
  ): Promise<ReferralEntity | Refusal> {
    const to = referralMachine.next(referral.state, command);
    if (isRefusal(to)) return to;
    const { reason, ...others } = changes;
    if (referral.holdId) await this.capacity.release(tx, referral.holdId);
    this.handOffs.cancel(tx, referral.id);
    const left = {
      receiverAgencyId: null,
      programId: null,
      holdId: null,
      scheduledFor: null,
      arrivedAt: null,
      ...others,
    };
    this.referrals.move(tx, referral.id, { command, from: referral.state, to, reason }, left);
    this.referrals.pruneParties(tx, referral);
    return { ...referral, ...left, state: to };
  }

  /** Nobody at the program decides where `isAtOnce`: the sender’s quota does. */
  private async hold(
    tx: SystemTx,
    referral: ReferralEntity,
    taker: Taker,
    isAtOnce: boolean,
  ): Promise<{ holdId: string; endsAt: Date; to: ReferralState } | Refusal> {
    const to = referralMachine.next(referral.state, 'accept');
    if (isRefusal(to)) return to;
    const endsAt = addMinutes(tx.asOf, this.clocks.settings().holdMinutes);
    const sender = { agencyId: referral.senderAgencyId, isBound: isAtOnce };
    const hold = await this.capacity.hold(tx, { poolId: taker.poolId, referralId: referral.id, endsAt, sender });
    return isRefusal(hold) ? hold : { holdId: hold.id, endsAt, to };
  }

  private insertOffer(tx: SystemTx, referral: ReferralEntity, proposal: Proposal, decideBy: Date): string {
    const acknowledgeBy = addMinutes(tx.asOf, this.clocks.settings().acknowledgeMinutes);
    const offerId = this.offers.insert(tx, { ...proposal, referralId: referral.id, acknowledgeBy, decideBy });
    this.referrals.addParty(tx, proposal.agencyId, referral, 'PROVIDER');
    const details = { referralId: referral.id, programId: proposal.programId };
    tx.audit({ action: 'offer.made', subjectType: 'Offer', subjectId: offerId, details });
    return offerId;
  }

  /** Everything that follows from a place kept. */
  private async settle(
    tx: SystemTx,
    referral: ReferralEntity,
    taken: Taker & { offerId: string; holdId: string; endsAt: Date; to: ReferralState },
  ): Promise<void> {
    const { programId, agencyId, offerId, holdId, endsAt, to } = taken;
    this.offers.accept(tx, offerId);
    const changes = {
      receiverAgencyId: agencyId,
      programId,
      holdId,
      missing: [],
      acknowledgedAt: referral.acknowledgedAt ?? tx.asOf,
    };
    this.referrals.move(tx, referral.id, { command: 'accept', from: referral.state, to }, changes);
    if (referral.acknowledgedAt !== null) this.handOffs.address(tx, referral.id, agencyId);
    this.referrals.pruneParties(tx, referral);
    this.people.showToProgram(tx, agencyId, referral.personId, 'ACCEPTANCE');
    await this.matching.resolveUnmetNeed(tx, referral.id);
    tx.enqueue({ name: EXPIRE_HOLD, data: { holdId, referralId: referral.id, agencyId }, startAt: endsAt });
    tx.audit({
      action: 'offer.accepted',
      subjectType: 'Offer',
      subjectId: offerId,
      details: { referralId: referral.id, holdId },
    });
    tx.emit({ name: 'referral.accepted', subjectType: 'Referral', subjectId: referral.id, payload: { offerId } });
  }
}
