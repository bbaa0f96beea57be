import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { CapacityService } from '../capacity';
import { notFound, type Refusal } from '../kernel/refusal';
import type { SystemTx, Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { refusedTo } from './guards';
import { ReferralsStore, type ReferralRow } from './referrals.store';

/** A command on one referral: what the actor asked for, and the name the access table knows the step by. */
export interface ReferralStep {
  readonly actor: Actor;
  readonly referralId: string;
  readonly step: string;
  readonly command: Command;
}

/** The way every command on a referral goes: lock it as the actor, else not found; ask the table; then decide and write. */
@Injectable()
export class ReferralCommands {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReferralsStore,
    private readonly capacity: CapacityService,
  ) {}

  take(
    { actor, referralId, step, command }: ReferralStep,
    work: (tx: SystemTx, referral: ReferralRow) => Promise<Refusal | null>,
  ): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const referral = await this.store.lock(tx, referralId);
      const refused = referral ? refusedTo(actor, 'Referral', step, referral) : notFound('referral');
      // A program that comes too late hears why, and not that there is nothing.
      if (!referral || refused)
        return (await this.capacity.lostHold(tx, referralId)) ?? refused ?? notFound('referral');
      return (await work(tx.asSystem(), referral)) ?? { id: referralId };
    });
  }
}

/** Audit and news of one step on a referral. */
export const noteReferral = (
  tx: Tx,
  { id }: { readonly id: string },
  action: string,
  details: Record<string, unknown> = {},
): void => {
  tx.audit({ action, subjectType: 'Referral', subjectId: id, details });
  tx.emit({ name: action, subjectType: 'Referral', subjectId: id });
};

export const noteOffer = (
  tx: Tx,
  offer: { readonly id: string; readonly referralId: string },
  action: string,
  details: Record<string, unknown> = {},
): void => {
  tx.audit({
    action,
    subjectType: 'Offer',
    subjectId: offer.id,
    details: { referralId: offer.referralId, ...details },
  });
  tx.emit({ name: action, subjectType: 'Offer', subjectId: offer.id, payload: { referralId: offer.referralId } });
};
