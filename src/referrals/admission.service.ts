import { Injectable } from '@nestjs/common';
import type { Actor, ConsentScope } from '../access';
import { CapacityService } from '../capacity';
import { ConsentsService } from '../consent';
import { invalid, isRefusal, type Refusal } from '../kernel/refusal';
import type { LevelOfCare, Medication } from '../kernel/vocabulary';
import { MatchingService } from '../matching';
import { PeopleService } from '../people';
import type { SystemTx } from '../platform/database/tx';
import type { Command, Done } from '../platform/database/unit-of-work';
import { end, endings, leave, type Ending } from './leaving';
import { OffersStore } from './offers.store';
import { consentToReferOn, mayReferOn } from './part2-consent';
import { isLastingTurnAway, mayGoOn, type Outcome, type TurnAwayReason } from './reasons';
import { ReferralClocks } from './referral-clocks';
import { noteReferral, ReferralCommands } from './referral-command';
import type { ReferralEntity } from './referral.entity';
import { referralMachine, type ReferralCommand } from './referral.machine';
import { ReferralsStore } from './referrals.store';
import { RoutingService } from './routing.service';

export interface Discharge {
  readonly referralId: string;
  readonly outcome: Outcome;
  /** What comes next; empty: the episode closes here. */
  readonly nextLevelsOfCare: readonly LevelOfCare[];
  /** What the person takes on leaving; must be known where they are referred on. */
  readonly currentMedications?: readonly Medication[] | null | undefined;
}

/** Behind the program’s door: admitted or turned away, and at the end discharged to something. */
@Injectable()
export class AdmissionService {
  constructor(
    private readonly commands: ReferralCommands,
    private readonly store: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly capacity: CapacityService,
    private readonly routing: RoutingService,
    private readonly matching: MatchingService,
    private readonly people: PeopleService,
    private readonly clocks: ReferralClocks,
    private readonly consents: ConsentsService,
  ) {}

  /** The kept place becomes an occupied one. */
  admit(actor: Actor, referralId: string, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, step: 'admit', command }, async (tx, referral) => {
      const to = referralMachine.next(referral.state, 'admit');
      if (isRefusal(to)) return to;
      const converted = await this.capacity.convert(tx, referral.holdId ?? '');
      if (isRefusal(converted)) return converted;
      this.move(tx, referral, 'admit', { admittedAt: tx.asOf });
      await this.clocks.admitted(tx, referral);
      noteReferral(tx, referral, 'referral.admitted');
      return null;
    });
  }

  /** The person came and was not admitted. The place is free again and the referral goes on to another program. */
  turnAway(actor: Actor, referralId: string, reason: TurnAwayReason, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, step: 'turnAway', command }, async (tx, referral) => {
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
    });
  }

  /** The stay has ended. With a next level of care the episode goes on: a new referral is routed in the same transaction. */
  discharge(actor: Actor, discharge: Discharge, command: Command): Promise<Done | Refusal> {
    return this.commands.take(
      { actor, referralId: discharge.referralId, step: 'discharge', command },
      async (tx, referral) => {
        const to = referralMachine.next(referral.state, 'discharge');
        if (isRefusal(to)) return to;
        const contradiction = nextProblem(discharge);
        if (contradiction) return contradiction;
        const isReferredOn = discharge.nextLevelsOfCare.length > 0;
        if (isReferredOn && referral.careIsPart2 && !mayReferOn(await this.agreedTo(tx, referral))) {
          return consentToReferOn('input.nextLevelsOfCare');
        }
        await this.vacate(tx, referral);
        this.clocks.discharged(tx, referral.id);
        this.move(tx, referral, 'discharge', { closedAt: tx.asOf, outcome: discharge.outcome });
        noteReferral(tx, referral, 'referral.discharged', { outcome: discharge.outcome });
        // Day 30 and day 90 belong to the episode, which a next step may end without another stay.
        await this.clocks.followUp(tx, { ...referral, outcome: discharge.outcome }, referral.receiverAgencyId);
        if (isReferredOn) await this.referOn(tx, referral, discharge);
        else this.people.closeEpisode(tx, referral.episodeId);
        return null;
      },
    );
  }

  private agreedTo(tx: SystemTx, { personId }: ReferralEntity): Promise<readonly ConsentScope[]> {
    return this.consents.activeScopes(tx, personId, tx.actor.agencyId);
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
    noteReferral(tx, referral, 'referral.info-requested', { missing: ['MEDICAL_CLEARANCE'] });
    return null;
  }

  private async vacate(tx: SystemTx, referral: ReferralEntity): Promise<void> {
    const offers = await this.offers.ofReferral(tx, referral.id);
    const accepted = offers.findLast(
      ({ state, programId }) => state === 'ACCEPTED' && programId === referral.programId,
    );
    if (accepted) await this.capacity.vacate(tx, accepted.poolId);
  }

  /** The next step of the episode, sent by the program that discharges. */
  private async referOn(tx: SystemTx, referral: ReferralEntity, discharge: Discharge): Promise<void> {
    const { episodeId, personId, pathway, coordinatingAgencyId } = referral;
    const need = {
      ...referral.need,
      levelsOfCare: discharge.nextLevelsOfCare,
      currentMedications: discharge.currentMedications ?? [],
      preferredProgramIds: [],
    };
    const id = this.store.insert(tx, {
      episodeId,
      personId,
      pathway,
      coordinatingAgencyId,
      need,
      redFlags: [],
      missing: [],
    });
    const next: ReferralEntity = {
      ...referral,
      ...{
        id,
        need,
        state: 'SUBMITTED',
        senderAgencyId: tx.actor.agencyId,
        submittedBy: tx.actor.id,
        submittedAt: tx.asOf,
      },
      ...{
        receiverAgencyId: null,
        programId: null,
        holdId: null,
        acknowledgedAt: null,
        scheduledFor: null,
        arrivedAt: null,
      },
      ...{ admittedAt: null, closedAt: null, outcome: null, endReason: null, noShows: 0, redFlags: [], missing: [] },
      ...{ senderWithdrewAt: null, senderWithdrewReason: null, isTeamByPlace: false },
    };
    if (coordinatingAgencyId) this.store.addParty(tx, coordinatingAgencyId, next, 'COORDINATING');
    this.store.recordChange(tx, id, { command: 'submit', from: null, to: 'SUBMITTED' });
    noteReferral(tx, next, 'referral.submitted', { follows: referral.id });
    await this.routing.routeNew(tx, next);
  }

  private move(
    tx: SystemTx,
    referral: ReferralEntity,
    command: ReferralCommand,
    changes: Parameters<ReferralsStore['move']>[3],
  ): void {
    const to = referralMachine.next(referral.state, command);
    if (!isRefusal(to)) {
      this.store.move(tx, referral.id, { command, from: referral.state, to, reason: changes?.outcome }, changes);
    }
  }
}

/** A sender that withdrew while the person was with a program has its way once they are not: nobody else is asked. */
const wishOfSender = ({ senderWithdrewReason: reason }: ReferralEntity): Ending | null =>
  reason === null ? null : { command: reason === 'CONSENT_REVOKED' ? 'recall' : 'cancel', reason };

const nextProblem = ({ outcome, nextLevelsOfCare, currentMedications }: Discharge): Refusal | null => {
  if (nextLevelsOfCare.length === 0) return null;
  if (!mayGoOn(outcome)) {
    return invalid(
      'input.nextLevelsOfCare',
      `After ${outcome} nobody is referred on.`,
      'Leave the next levels of care out.',
    );
  }
  return currentMedications
    ? null
    : invalid(
        'input.currentMedications',
        'Whoever is referred on must not be cut off from medication.',
        'Send what the person takes on leaving; [] says: none.',
      );
};
