import { Injectable } from '@nestjs/common';
import type { Actor } from '../../access';
import { isRefusal, type Refusal } from '../../kernel/refusal';
import { MatchingService } from '../../matching';
import type { SystemTx } from '../../platform/database/tx';
import type { Command, Done } from '../../platform/database/unit-of-work';
import { HandOffsStore } from '../hand-offs.store';
import { end, endings } from '../leaving';
import { OffersStore } from '../offers.store';
import { ReferralClocks } from '../referral-clocks';
import { noteReferral, noteWithdrawn, ReferralCommands } from '../referral-command';
import type { ReferralEntity } from '../referral.entity';
import { ReferralsStore } from '../referrals.store';
import type { RemovalReason } from './engine/removal';
import { notWaiting } from './entry-problems';
import { endOf } from './removal-reasons';
import { WaitingService } from './waiting.service';

/** Off the list without a place: for a coded reason, with the attempts that it needs. */
@Injectable()
export class WaitlistRemovalService {
  constructor(
    private readonly commands: ReferralCommands,
    private readonly waiting: WaitingService,
    private readonly referrals: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly handOffs: HandOffsStore,
    private readonly matching: MatchingService,
    private readonly clocks: ReferralClocks,
  ) {}

  remove(actor: Actor, referralId: string, reason: RemovalReason, command: Command): Promise<Done | Refusal> {
    const step = { actor, referralId, resource: 'WaitlistEntry', step: 'remove', command } as const;
    return this.commands.take(step, async (tx, referral) => {
      const isOff = await this.waiting.mayBeTakenOff(tx, { referralId, reason, said: reason, recorder: 'CALLER' });
      if (isRefusal(isOff)) return isOff;
      if (!isOff) return notWaiting();
      return this.endReferral(tx, referral, reason);
    });
  }

  private async endReferral(tx: SystemTx, referral: ReferralEntity, reason: RemovalReason): Promise<Refusal | null> {
    const ended = end(referral, { command: 'cancel', reason: endOf[reason] }, tx.asOf);
    if (isRefusal(ended)) return ended;
    noteWithdrawn(tx, this.offers.withdraw(tx, await this.offers.ofReferral(tx, referral.id), 'CANCELLED'));
    this.handOffs.cancel(tx, referral.id);
    this.referrals.leave(tx, ended);
    this.clocks.ended(tx, referral, endOf[reason], reason);
    await this.matching.resolveUnmetNeed(tx, referral.id);
    noteReferral(tx, referral, endings.cancel, { reason: ended.step.reason });
    return null;
  }
}
