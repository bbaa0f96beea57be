import { Injectable } from '@nestjs/common';
import { ClocksService, type ClockKind, type NewClock } from '../clocks';
import { addMinutes } from '../kernel/clock';
import type { SystemTx } from '../platform/database/tx';
import type { ClockSettings } from './clock-settings';
import { ClockSource } from './clock-source';
import type { ReferralEntity } from './referral.entity';

const OFFER: readonly ClockKind[] = ['OFFER_ACKNOWLEDGED', 'OFFER_DECIDED'];
const ADMISSION: readonly ClockKind[] = ['ADMISSION', 'ADMISSION_WITH_INTERIM'];

/** Facts of a referral that say who owns what runs on it. */
type Watched = Pick<ReferralEntity, 'id' | 'coordinatingAgencyId' | 'senderAgencyId'>;

/** Which clocks each step on a referral starts and ends; always in the transaction of the step. */
@Injectable()
export class ReferralClocks {
  constructor(
    private readonly clocks: ClocksService,
    private readonly source: ClockSource,
  ) {}

  /** The limits of routing. */
  settings(): ClockSettings {
    return this.source.settings();
  }

  /** By when the programs have to acknowledge and to decide on offers made now. */
  async offerTimes(
    tx: SystemTx,
    programIds: readonly string[],
  ): Promise<(programId: string) => { acknowledgeBy: Date; decideBy: Date }> {
    const terms = await this.clocks.termsOfPrograms(tx, programIds);
    return (programId) => {
      const own = terms.get(programId);
      if (!own) throw new Error('an offer to a program that does not exist');
      return {
        acknowledgeBy: own.dueAt('OFFER_ACKNOWLEDGED', tx.asOf),
        decideBy: own.dueAt('OFFER_DECIDED', tx.asOf),
      };
    };
  }

  offerMade(
    tx: SystemTx,
    referral: Watched,
    offer: {
      readonly offerId: string;
      readonly agencyId: string;
      readonly acknowledgeBy: Date;
      readonly decideBy: Date;
    },
  ): void {
    const one = {
      subjectType: 'Offer',
      subjectId: offer.offerId,
      ...ownedByProgram(referral, offer.agencyId),
    };
    this.clocks.start(tx, [
      { ...one, kind: 'OFFER_ACKNOWLEDGED', dueAt: offer.acknowledgeBy },
      { ...one, kind: 'OFFER_DECIDED', dueAt: offer.decideBy },
    ]);
  }

  offerAcknowledged(tx: SystemTx, offerId: string): void {
    this.clocks.end(tx, ['OFFER_ACKNOWLEDGED'], [offerId], 'MET');
  }

  offerDeclined(tx: SystemTx, offerId: string): void {
    this.clocks.end(tx, OFFER, [offerId], 'MET');
  }

  offerExpired(tx: SystemTx, offerId: string): void {
    this.clocks.end(tx, OFFER, [offerId], 'BREACHED');
  }

  /** When a place that is kept from now on is given up. */
  async holdEnds(tx: SystemTx, programId: string): Promise<Date> {
    return (await this.clocks.termsOfProgram(tx, programId)).dueAt('HOLD_ENDS', tx.asOf);
  }

  /** A place is kept: this program has decided, the others need not, and nobody waits for interim services any more. */
  placeKept(
    tx: SystemTx,
    referral: Watched,
    {
      offerId,
      ...kept
    }: { readonly offerId: string; readonly holdId: string; readonly agencyId: string; readonly endsAt: Date },
  ): void {
    this.clocks.end(tx, OFFER, [offerId], 'MET');
    this.clocks.endOfReferral(tx, referral.id, [...OFFER, 'INTERIM_SERVICES']);
    const hold = { subjectType: 'Hold', subjectId: kept.holdId, ...ownedByProgram(referral, kept.agencyId) };
    this.clocks.start(tx, [{ ...hold, kind: 'HOLD_ENDS', dueAt: kept.endsAt }]);
  }

  arrivalAgreed(tx: SystemTx, holdId: string, arrivalAt: Date): Date {
    const endsAt = addMinutes(arrivalAt, this.source.settings().arrivalGraceMinutes);
    this.clocks.move(tx, 'HOLD_ENDS', holdId, endsAt);
    return endsAt;
  }

  arrived(tx: SystemTx, holdId: string): void {
    this.clocks.end(tx, ['HOLD_ENDS'], [holdId], 'MET');
  }

  missed(tx: SystemTx, holdId: string): void {
    this.clocks.end(tx, ['HOLD_ENDS'], [holdId], 'BREACHED');
  }

  admitted(tx: SystemTx, referralId: string): void {
    this.clocks.end(tx, ADMISSION, [referralId], 'MET');
  }

  /** Nothing is to be done any more. */
  ended(tx: SystemTx, referralId: string): void {
    this.clocks.endOfReferral(tx, referralId);
  }

  /** Day 30 and day 90 after a stay, or after a path that ended before one. Nobody asks after who has died or withdrew consent. */
  async followUp(tx: SystemTx, referral: ReferralEntity, receiverAgencyId: string | null): Promise<void> {
    if (referral.outcome === 'DECEASED' || referral.senderWithdrewReason === 'CONSENT_REVOKED') return;
    const owner =
      referral.coordinatingAgencyId === null && receiverAgencyId !== null
        ? ownedByProgram(referral, receiverAgencyId)
        : ownedByCoordinator(referral);
    const terms = await this.clocks.termsOfAgency(tx, owner.ownerAgencyId);
    const one = { ...owner, subjectType: 'Episode', subjectId: referral.episodeId };
    const kinds = ['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'] as const;
    // A later stay of the same episode is what they count from.
    this.clocks.end(tx, kinds, [referral.episodeId], 'CANCELLED');
    this.clocks.start(
      tx,
      kinds.map((kind) => ({ ...one, kind, dueAt: terms.dueAt(kind, tx.asOf) })),
    );
  }
}

type Owned = Pick<NewClock, 'referralId' | 'ownerAgencyId' | 'ownerSide' | 'coordinatorAgencyId'>;

const ownedByProgram = ({ id, coordinatingAgencyId }: Watched, agencyId: string): Owned => ({
  referralId: id,
  ownerAgencyId: agencyId,
  ownerSide: 'PROVIDER',
  coordinatorAgencyId: coordinatingAgencyId,
});

/** Where nobody coordinates, the sender owns it, for the counts only. */
export const ownedByCoordinator = ({ id, coordinatingAgencyId, senderAgencyId }: Watched): Owned => ({
  referralId: id,
  ownerAgencyId: coordinatingAgencyId ?? senderAgencyId,
  ownerSide: coordinatingAgencyId === null ? 'SENDER' : 'COORDINATING',
  coordinatorAgencyId: coordinatingAgencyId,
});
