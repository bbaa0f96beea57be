import { Injectable } from '@nestjs/common';
import { mayRead, type Actor } from '../access';
import { CapacityService } from '../capacity';
import { notFound, Refusal } from '../kernel/refusal';
import type { SystemTx, Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { isPossibleFor, mutationOf, referralCommandsOf } from './allowed-actions';
import { refusedTo } from './guards';
import type { Withdrawn } from './offers.store';
import { ReferralsStore, type ReferralRow } from './referrals.store';
import { isBehindTheValve } from './valve';

/** A command on one referral: what the actor asked for, and the name the access table knows the step by. */
export interface ReferralStep {
  readonly actor: Actor;
  readonly referralId: string;
  readonly step: string;
  /** Whose commands the step stands among; the referral’s own unless said. */
  readonly resource?: 'Referral' | 'Offer' | 'WaitlistEntry';
  readonly command: Command;
  /** What is locked before the referral, because others lock it in this order. */
  readonly first?: (tx: Tx) => Promise<void>;
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
    { actor, referralId, step, resource = 'Referral', command, first }: ReferralStep,
    work: (tx: SystemTx, referral: ReferralRow) => Promise<Refusal | null>,
  ): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      await first?.(tx);
      const referral = await this.store.lock(tx, referralId);
      const refused = referral ? refusedTo(actor, resource, step, referral) : notFound('referral');
      // A program that comes too late hears why, and not that there is nothing.
      if (!referral || refused) {
        return (await this.capacity.lostHold(tx, referralId)) ?? refused ?? notFound('referral');
      }
      const impossible = shutByTheValve(actor, step, referral) ?? (await work(tx.asSystem(), referral));
      return impossible === null ? { id: referralId } : forActor(impossible, actor, step, referral);
    });
  }
}

/** Behind the valve nothing is tried that the record as shown does not allow: an answer from the hidden state would tell it. */
const shutByTheValve = (actor: Actor, step: string, referral: ReferralRow): Refusal | null =>
  !isBehindTheValve(actor, referral) || isPossibleFor(actor, step, referral)
    ? null
    : new Refusal('ILLEGAL_TRANSITION', `Cannot ${step} this referral now.`);

/** What a refusal says of the need, and the field of the referral that it is read with. */
const TOLD_WITH = { rules: 'need', findings: 'need', missing: 'missing' } as const;

/**
 * A machine’s refusal lists its own steps: the caller hears what it may do itself, under the names it calls, and where the
 * referral stands only if it may see that.
 */
export const forActor = (refusal: Refusal, actor: Actor, step: string, referral: ReferralRow): Refusal => {
  const tells = { type: 'Referral', row: referral, fields: TOLD_WITH };
  if (refusal.code === 'NOT_ELIGIBLE') return new Refusal(refusal.code, refusal.message, refusal.details, tells);
  if (refusal.code !== 'ILLEGAL_TRANSITION') return refusal;
  const refused = mutationOf(step);
  const allowed = referralCommandsOf(actor, referral).filter((name) => name !== refused);
  if (mayRead(actor, 'Referral', 'state', referral)) {
    return new Refusal(refusal.code, refusal.message, { ...refusal.details, allowed }, tells);
  }
  const remedy = 'Read the referral again and use one of its allowedActions.';
  return new Refusal(refusal.code, `Cannot ${step} this referral now.`, { command: step, allowed, remedy });
};

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

/** To each program whose offer was taken back, in its own trail. */
export const noteWithdrawn = (tx: SystemTx, withdrawn: readonly Withdrawn[]): void => {
  for (const { id, referralId, agencyId, reason } of withdrawn) {
    const subject = { subjectType: 'Offer', subjectId: id };
    tx.inTrailOf(agencyId).audit({ action: 'offer.withdrawn', ...subject, details: { referralId, reason } });
    tx.emit({ name: 'offer.ended', ...subject, payload: { referralId } });
  }
};
