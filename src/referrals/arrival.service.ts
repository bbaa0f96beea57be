import { Injectable } from '@nestjs/common';
import { mayRead, type Actor } from '../access';
import { CapacityService } from '../capacity';
import { addMinutes } from '../kernel/clock';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { SystemTx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { ClosedAgenciesService } from './closed-agencies.service';
import { HandOffsStore, type Travel } from './hand-offs.store';
import { end, endings, leave } from './leaving';
import type { HandOffPlace, Transport } from './reasons';
import { OffersStore } from './offers.store';
import { ReferralClocks } from './referral-clocks';
import { EXPIRE_HOLD } from './referral-tasks';
import { noteReferral, noteWithdrawn, ReferralCommands } from './referral-command';
import type { ReferralEntity } from './referral.entity';
import { referralMachine } from './referral.machine';
import { releaseFor } from './release';
import { ReferralsStore, type ReferralRow } from './referrals.store';
import { RoutingService } from './routing.service';

/** Whoever drives must know where to. */
const DRIVEN_BY_SENDER: ReadonlySet<Transport> = new Set(['OFFICER', 'EMS', 'OUTREACH_TEAM']);

/** From acceptance to the door of the program: schedule, hand-off, arrival, or none. */
@Injectable()
export class ArrivalService {
  constructor(
    private readonly commands: ReferralCommands,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReferralsStore,
    private readonly handOffs: HandOffsStore,
    private readonly offers: OffersStore,
    private readonly capacity: CapacityService,
    private readonly closed: ClosedAgenciesService,
    private readonly routing: RoutingService,
    private readonly clocks: ReferralClocks,
  ) {}

  /** Agrees on a time; the place is kept until then and a grace on top. May be moved while the hold lasts. */
  schedule(actor: Actor, referralId: string, arrivalAt: Date, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, step: 'schedule', command }, async (tx, referral) => {
      const to = referralMachine.next(referral.state, 'schedule');
      if (isRefusal(to)) return to;
      const latest = addMinutes(tx.asOf, this.clocks.settings().scheduleWithinMinutes);
      if (arrivalAt <= tx.asOf || arrivalAt > latest) {
        return invalid(
          'input.arrivalAt',
          'The arrival must lie in the coming 72 hours.',
          `Send a time up to ${latest.toISOString()}.`,
        );
      }
      const endsAt = this.clocks.arrivalAgreed(tx, holdOf(referral), arrivalAt);
      const kept = await this.capacity.extend(tx, holdOf(referral), endsAt);
      if (isRefusal(kept)) return kept;
      this.store.move(tx, referral.id, { command: 'schedule', from: referral.state, to }, { scheduledFor: arrivalAt });
      const data = { holdId: holdOf(referral), referralId: referral.id, agencyId: tx.actor.agencyId };
      tx.enqueue({ name: EXPIRE_HOLD, data, startAt: endsAt });
      noteReferral(tx, referral, 'referral.scheduled');
      return null;
    });
  }

  /** The sending side lets the person go, and says how they travel. */
  releaseHandOff(actor: Actor, referralId: string, how: Travel, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, step: 'releaseHandOff', command }, async (tx, referral) => {
      const unknowing = wouldDriveUnknowing(actor, referral, how.transport);
      if (unknowing) return unknowing;
      const release = releaseFor(actor, referral, await this.handOffs.ofReferral(tx, referral.id));
      if (isRefusal(release)) return release;
      this.handOffs.release(tx, referral.id, { ...release, ...how });
      this.store.recordChange(tx, referral.id, {
        command: 'releaseHandOff',
        from: referral.state,
        to: referral.state,
      });
      noteReferral(tx, referral, 'hand-off.released', { transport: how.transport });
      return null;
    });
  }

  /** The receiving side takes the person over; that is their arrival. */
  receiveHandOff(actor: Actor, referralId: string, place: HandOffPlace, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, step: 'receiveHandOff', command }, async (tx, referral) => {
      const handOff = await this.handOffs.lockOpen(tx, referral.id);
      if (!handOff) {
        return new Refusal('ILLEGAL_TRANSITION', 'Nobody has released this person to you.', {
          remedy: 'If they came by themselves, use recordArrival.',
        });
      }
      return this.arrive(tx, referral, place, handOff.id);
    });
  }

  /** The person is here, by whatever way. A hand-off under way is received with it. */
  recordArrival(actor: Actor, referralId: string, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, step: 'recordArrival', command }, async (tx, referral) => {
      const handOff = await this.handOffs.lockOpen(tx, referral.id);
      return this.arrive(tx, referral, 'PROGRAM', handOff?.id ?? null);
    });
  }

  /** The person did not come: the place is free again, and the referral is routed once more, then closed. */
  recordNoShow(actor: Actor, referralId: string, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, step: 'recordNoShow', command }, async (tx, referral) => {
      const early = tooEarly(referral, tx.asOf);
      if (early) return early;
      return this.missed(tx, referral);
    });
  }

  /**
   * The hold’s end has passed and nobody came. Whoever was first, arrival or end, has won. Where nobody is left who could have seen them
   * come, they are not absent.
   */
  async expireHold(holdId: string, referralId: string, agencyId: string): Promise<boolean> {
    const done = await this.unitOfWork.runAsSystem(agencyId, { name: 'expireHold' }, async (tx) => {
      const referral = await this.store.lockAsSystem(tx, referralId);
      if (!referral || !(await this.capacity.expire(tx, holdId))) return notFound('hold due');
      if (await this.closed.leaveUnreceived(tx, referral, holdId)) return { id: referralId };
      return (await this.missed(tx, referral)) ?? { id: referralId };
    });
    return !isRefusal(done);
  }

  private async arrive(
    tx: SystemTx,
    referral: ReferralEntity,
    place: HandOffPlace,
    handOffId: string | null,
  ): Promise<Refusal | null> {
    const to = referralMachine.next(referral.state, 'recordArrival');
    if (isRefusal(to)) return to;
    const kept = await this.capacity.extend(tx, holdOf(referral), null);
    if (isRefusal(kept)) return kept;
    await this.clocks.arrived(tx, referral, placeOf(referral));
    if (handOffId) this.handOffs.receive(tx, handOffId, place);
    this.store.move(tx, referral.id, { command: 'recordArrival', from: referral.state, to }, { arrivedAt: tx.asOf });
    noteReferral(tx, referral, 'referral.arrived');
    return null;
  }

  private async missed(tx: SystemTx, referral: ReferralEntity): Promise<Refusal | null> {
    const noShows = referral.noShows + 1;
    const absent = leave(referral, { command: 'recordNoShow', reason: 'DID_NOT_ARRIVE' }, { noShows });
    if (isRefusal(absent)) return absent;
    await this.capacity.release(tx, holdOf(referral));
    noteWithdrawn(tx, this.offers.giveUp(tx, await this.offers.ofReferral(tx, referral.id), referral.programId));
    this.clocks.missed(tx, holdOf(referral));
    this.handOffs.cancel(tx, referral.id);
    this.store.leave(tx, absent);
    noteReferral(tx, referral, 'referral.no-show');
    if (noShows > this.clocks.settings().reoffersAfterNoShow) return this.close(tx, absent.after);
    await this.routing.reroute(tx, absent.after);
    return null;
  }

  /** Absent once too often. */
  private async close(tx: SystemTx, referral: ReferralEntity): Promise<Refusal | null> {
    const reason = 'DID_NOT_ARRIVE';
    const closed = end(referral, { command: 'close', reason, outcome: reason }, tx.asOf);
    if (isRefusal(closed)) return closed;
    this.store.leave(tx, closed);
    this.clocks.ended(tx, referral, reason);
    await this.clocks.followUp(tx, closed.after, null);
    noteReferral(tx, referral, endings.close, { reason });
    return null;
  }
}

const wouldDriveUnknowing = (actor: Actor, referral: ReferralRow, transport: Transport): Refusal | null => {
  if (!DRIVEN_BY_SENDER.has(transport) || mayRead(actor, 'Referral', 'destination', referral)) return null;
  return new Refusal('CONSENT_REQUIRED', 'Whoever drives must know where to, and the person has not agreed to that.', {
    scope: 'OUTCOME_TO_SENDER',
    remedy: 'Choose a transport that the program, the family or a ride service provides.',
  });
};

/** Nobody is absent before the time they were to come. Without one, the end of the hold decides by itself. */
const tooEarly = ({ scheduledFor, state }: ReferralEntity, asOf: Date): Refusal | null => {
  if (state !== 'ACCEPTED' && (scheduledFor === null || scheduledFor <= asOf)) return null;
  return new Refusal('ILLEGAL_TRANSITION', 'Nobody is missing before the time agreed on.', {
    scheduledFor,
    remedy: 'Schedule the arrival, and record the no-show when its time has passed; the hold ends by itself.',
  });
};

const placeOf = (referral: ReferralEntity): { holdId: string; programId: string; agencyId: string } => {
  const { programId, receiverAgencyId: agencyId } = referral;
  if (programId === null || agencyId === null) throw new Error('a kept place is at no program');
  return { holdId: holdOf(referral), programId, agencyId };
};

const holdOf = ({ holdId }: ReferralEntity): string => {
  if (holdId === null) throw new Error('a referral with a kept place has no hold');
  return holdId;
};
