import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { CapacityService } from '../capacity';
import { invalid, isRefusal, type Refusal } from '../kernel/refusal';
import { MatchingService } from '../matching';
import type { SystemTx } from '../platform/database/tx';
import type { Command, Done } from '../platform/database/unit-of-work';
import { end, endings, leave, type Ending } from './leaving';
import { OffersStore } from './offers.store';
import { isLastingTurnAway, type TurnAwayReason } from './reasons';
import { ReferralClocks } from './referral-clocks';
import { noteReferral, ReferralCommands } from './referral-command';
import type { ReferralEntity } from './referral.entity';
import { referralMachine } from './referral.machine';
import { ReferralsStore } from './referrals.store';
import { RoutingService } from './routing.service';
import { WaitingService } from './waitlist/waiting.service';

/** Behind the program’s door: admitted or turned away. */
@Injectable()
export class AdmissionService {
  constructor(
    private readonly commands: ReferralCommands,
    private readonly store: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly capacity: CapacityService,
    private readonly routing: RoutingService,
    private readonly matching: MatchingService,
    private readonly clocks: ReferralClocks,
    private readonly waiting: WaitingService,
  ) {}

  /** The kept place becomes an occupied one. */
  admit(actor: Actor, referralId: string, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, step: 'admit', command }, async (tx, referral) => {
      const to = referralMachine.next(referral.state, 'admit');
      if (isRefusal(to)) return to;
      const converted = await this.capacity.convert(tx, referral.holdId ?? '');
      if (isRefusal(converted)) return converted;
      this.store.move(tx, referral.id, { command: 'admit', from: referral.state, to }, { admittedAt: tx.asOf });
      await this.clocks.admitted(tx, referral);
      noteReferral(tx, referral, 'referral.admitted');
      return null;
    });
  }

  /** The person came and was not admitted. The place is free again and the referral goes on to another program. */
  turnAway(actor: Actor, referralId: string, reason: TurnAwayReason, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, step: 'turnAway', command }, async (tx, referral) => {
      if (isLastingTurnAway(reason) && !referral.relations.includes('RECEIVER')) return onlyTheProgram('input.reason');
      return this.sendAway(tx, referral, reason);
    });
  }

  /** They are there no more, whoever says so: home, or on to another program. */
  async sendAway(tx: SystemTx, referral: ReferralEntity, reason: TurnAwayReason): Promise<Refusal | null> {
    const isGone = reason === 'PERSON_LEFT';
    const left = isGone
      ? end(referral, { command: 'close', reason, outcome: 'LEFT_AGAINST_ADVICE' }, tx.asOf)
      : leave(referral, { command: 'turnAway', reason });
    if (isRefusal(left)) return left;
    await this.capacity.release(tx, referral.holdId ?? '');
    this.clocks.turnedAway(tx, referral.id);
    this.store.leave(tx, left);
    noteReferral(tx, referral, isGone ? endings.close : 'referral.turned-away', { reason });
    if (!isGone) return this.sendOn(tx, referral, left.after, reason);
    this.clocks.ended(tx, referral, reason);
    await this.clocks.followUp(tx, left.after, referral.receiverAgencyId);
    return null;
  }

  /** Where a person goes whom a program has turned away: as the sender wished, to a doctor, or before the next program. */
  private async sendOn(
    tx: SystemTx,
    { personId, programId }: ReferralEntity,
    referral: ReferralEntity,
    reason: TurnAwayReason,
  ): Promise<Refusal | null> {
    if (programId && isLastingTurnAway(reason)) {
      await this.matching.recordLastingDecline(tx, { personId, programId, reason });
    }
    const wish = wishOfSender(referral);
    if (wish) return this.endAs(tx, referral, wish);
    if (reason === 'MEDICALLY_UNSTABLE') return this.sendForClearance(tx, referral);
    await this.routing.route(tx, referral, await this.offers.ofReferral(tx, referral.id), programId ? [programId] : []);
    return null;
  }

  private endAs(tx: SystemTx, referral: ReferralEntity, wish: Ending): Refusal | null {
    const ended = end(referral, wish, tx.asOf);
    if (isRefusal(ended)) return ended;
    this.store.leave(tx, ended);
    this.clocks.ended(tx, referral, wish.reason);
    noteReferral(tx, referral, endings[wish.command], { reason: wish.reason });
    return null;
  }

  /** Nobody else is asked for a person who must see a doctor first. */
  private async sendForClearance(tx: SystemTx, referral: ReferralEntity): Promise<null> {
    const step = { command: 'requestInfo', from: referral.state, to: 'NEEDS_INFO' } as const;
    this.store.move(tx, referral.id, step, { missing: ['MEDICAL_CLEARANCE'] });
    await this.clocks.factsAsked(tx, referral);
    await this.waiting.resume(tx, referral);
    noteReferral(tx, referral, 'referral.info-requested', { missing: ['MEDICAL_CLEARANCE'] });
    return null;
  }
}

/** Whoever stands in for a closed program knows that the person is there no more, and not how the program weighs them. */
const onlyTheProgram = (field: string): Refusal =>
  invalid(field, 'Only the program itself turns somebody down for good.', 'Send NO_PLACE, or PERSON_LEFT.');

/** A sender that withdrew while the person was with a program has its way once they are not: nobody else is asked. */
const wishOfSender = ({ senderWithdrewReason: reason }: ReferralEntity): Ending | null =>
  reason === null ? null : { command: reason === 'CONSENT_REVOKED' ? 'recall' : 'cancel', reason };
