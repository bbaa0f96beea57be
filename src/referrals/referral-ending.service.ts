import { Injectable } from '@nestjs/common';
import { mayDo, mayRead, type Actor } from '../access';
import { CapacityService } from '../capacity';
import { RevocationService } from '../consent';
import { isRefusal, type Refusal } from '../kernel/refusal';
import { MatchingService } from '../matching';
import type { SystemTx } from '../platform/database/tx';
import type { Command, Done } from '../platform/database/unit-of-work';
import { isPossibleFor } from './allowed-actions';
import { HandOffsStore } from './hand-offs.store';
import { OffersStore } from './offers.store';
import { end, endings, wishes, type Ending } from './leaving';
import type { CancelReason } from './reasons';
import { ReferralClocks } from './referral-clocks';
import { noteReferral, noteWithdrawn, ReferralCommands } from './referral-command';
import type { ReferralEntity } from './referral.entity';
import { ReferralsStore, type ReferralRow } from './referrals.store';
import { isBehindTheValve, isUnawareOfArrival, isWithProgram } from './valve';
import type { RemovalReason } from './waitlist/engine/removal';
import { removalOf } from './waitlist/removal-reasons';
import { WaitingService, type Recorder } from './waitlist/waiting.service';

type Wish = Ending & { readonly command: 'cancel' | 'recall'; readonly reason: CancelReason | 'CONSENT_REVOKED' };

/** Ends a referral before admission: offers are withdrawn, the place given back, and nobody new sees anything more. */
@Injectable()
export class ReferralEndingService {
  constructor(
    private readonly commands: ReferralCommands,
    private readonly store: ReferralsStore,
    private readonly clocks: ReferralClocks,
    private readonly offers: OffersStore,
    private readonly handOffs: HandOffsStore,
    private readonly capacity: CapacityService,
    private readonly revocation: RevocationService,
    private readonly matching: MatchingService,
    private readonly waiting: WaitingService,
  ) {}

  cancel(actor: Actor, referralId: string, reason: CancelReason, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, step: 'cancel', command }, (tx, referral) =>
      this.endFor(tx, referral, { command: 'cancel', reason }),
    );
  }

  /** The person takes back the consent to be referred: nothing more flows from the same moment on. */
  recall(actor: Actor, referralId: string, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, step: 'recall', command }, async (tx, referral) => {
      const refused = await this.endFor(tx, referral, { command: 'recall', reason: 'CONSENT_REVOKED' });
      if (refused) return refused;
      await this.revocation.revokeAll(tx, referral.personId);
      return null;
    });
  }

  /**
   * The person of this one has died: what else the actor may cancel of theirs ends. What others follow is not the actor’s to end, nor is
   * the death theirs to hear of from it; whoever is with a program is left to it.
   */
  async endForDead(tx: SystemTx, referralId: string): Promise<void> {
    for (const { id } of await this.store.openOfSame(tx, referralId)) {
      const other = await this.store.lock(tx, id);
      const mayEnd = other && mayDo(tx.actor, 'Referral', 'cancel', other) && isPossibleFor(tx.actor, 'cancel', other);
      if (mayEnd) await this.endFor(tx, other, { command: 'cancel', reason: 'DECEASED' });
    }
  }

  /** Consent has gone: the referral ends. A stay goes on, but the sender’s part in it ends: seen from there it is the same. */
  async recallWhole(tx: SystemTx, referral: ReferralEntity): Promise<Refusal | null> {
    if (!isWithProgram(referral.state)) {
      return this.endAs(tx, referral, { command: 'recall', reason: 'CONSENT_REVOKED' });
    }
    this.withdraw(tx, referral, 'CONSENT_REVOKED');
    return null;
  }

  /**
   * Ends it as its sender or coordinator wishes. After the arrival the machine refuses, and to a sender that may not know of it
   * the refusal would tell: their part ends, seen from there like any other end, and the program goes on. Their trail has the
   * wish, and what came of it stands in the trail of those who may know.
   */
  private async endFor(tx: SystemTx, referral: ReferralRow, wish: Wish): Promise<Refusal | null> {
    const { command, reason } = wish;
    if (!isBehindTheValve(tx.actor, referral)) {
      const removal = await this.removal(tx, referral, reason);
      return isRefusal(removal) ? removal : this.endAs(tx, referral, wish, removal);
    }
    tx.audit({ action: wishes[command], subjectType: 'Referral', subjectId: referral.id, details: { reason } });
    const behind = tx.inTrailOf(referral.coordinatingAgencyId);
    if (!isWithProgram(referral.state) || !isUnawareOfArrival(tx.actor, referral)) {
      const isKnown = await this.isKnownToWait(behind, referral);
      const removal = isKnown ? await this.removal(behind, referral, reason) : undefined;
      return isRefusal(removal) ? removal : this.endAs(behind, referral, wish, removal);
    }
    this.withdraw(behind, referral, reason);
    return null;
  }

  /** Whether a sender behind the valve may know that the person waits: of what it may not know a refusal would tell. */
  private async isKnownToWait(tx: SystemTx, referral: ReferralRow): Promise<boolean> {
    if (!mayRead(tx.actor, 'Referral', 'unmetNeed', referral)) return false;
    return referral.state === 'WAITLISTED' || (await this.matching.isUnmet(tx, referral.id));
  }

  /** Whoever may know that the person waits takes them off the list by the rules of the list. */
  private async removal(
    tx: SystemTx,
    referral: ReferralRow,
    said: Wish['reason'],
  ): Promise<Refusal | RemovalReason | undefined> {
    if (said === 'CONSENT_REVOKED') return undefined;
    const reason = removalOf[said];
    const recorder = recorderFor(tx.actor, referral);
    const isOff = await this.waiting.mayBeTakenOff(tx, { referralId: referral.id, reason, said, recorder });
    if (isRefusal(isOff)) return isOff;
    return isOff ? reason : undefined;
  }

  private withdraw(tx: SystemTx, referral: ReferralEntity, reason: Wish['reason']): void {
    this.store.withdrawSender(tx, referral, reason);
    noteReferral(tx, referral, 'referral.sender-withdrew', { reason });
  }

  /** Ends it, whoever asked for it; `removal`: what it says of the list that the person stood on. */
  async endAs(
    tx: SystemTx,
    referral: ReferralEntity,
    ending: Ending,
    removal?: RemovalReason,
  ): Promise<Refusal | null> {
    const ended = end(referral, ending, tx.asOf);
    if (isRefusal(ended)) return ended;
    const offers = await this.offers.ofReferral(tx, referral.id);
    const why = ending.command === 'recall' ? 'RECALLED' : 'CANCELLED';
    noteWithdrawn(tx, this.offers.withdraw(tx, offers, why));
    noteWithdrawn(tx, this.offers.giveUp(tx, offers, referral.programId));
    if (referral.holdId) await this.capacity.release(tx, referral.holdId);
    this.handOffs.cancel(tx, referral.id);
    this.store.leave(tx, ended);
    this.clocks.ended(tx, referral, ending.reason, removal);
    await this.matching.resolveUnmetNeed(tx, referral.id);
    noteReferral(tx, referral, endings[ending.command], { reason: ending.reason });
    return null;
  }
}

/** Who is there to record attempts to reach the person, seen from who would end it. */
const recorderFor = (actor: Actor, referral: ReferralRow): Recorder => {
  if (mayDo(actor, 'WaitlistEntry', 'recordContact', referral)) return 'CALLER';
  if (referral.coordinatingAgencyId !== null) return 'TEAM';
  return actor.agencyKind === 'OUTREACH_TEAM' ? 'OWN_TEAM' : 'NOBODY';
};
