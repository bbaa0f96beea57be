import { Injectable } from '@nestjs/common';
import type { Actor, ConsentScope } from '../access';
import { CapacityService } from '../capacity';
import { ConsentsService } from '../consent';
import { invalid, isRefusal, type Refusal } from '../kernel/refusal';
import type { LevelOfCare, Medication } from '../kernel/vocabulary';
import { PeopleService } from '../people';
import type { SystemTx } from '../platform/database/tx';
import type { Command, Done } from '../platform/database/unit-of-work';
import { newReferral } from './new-referral';
import { OffersStore } from './offers.store';
import { consentToReferOn, mayReferOn } from './part2-consent';
import { mayGoOn, type Outcome } from './reasons';
import { ReferralClocks } from './referral-clocks';
import { noteReferral, ReferralCommands } from './referral-command';
import type { ReferralEntity } from './referral.entity';
import { referralMachine } from './referral.machine';
import { ReferralsStore } from './referrals.store';
import { RoutingService } from './routing.service';
import { CoordinationService } from './waitlist/coordination.service';

export interface Discharge {
  readonly referralId: string;
  readonly outcome: Outcome;
  /** What comes next; empty: the episode closes here. */
  readonly nextLevelsOfCare: readonly LevelOfCare[];
  /** What the person takes on leaving; must be known where they are referred on. */
  readonly currentMedications?: readonly Medication[] | null | undefined;
}

/** The end of a stay, and what follows it. */
@Injectable()
export class DischargeService {
  constructor(
    private readonly commands: ReferralCommands,
    private readonly store: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly capacity: CapacityService,
    private readonly routing: RoutingService,
    private readonly people: PeopleService,
    private readonly clocks: ReferralClocks,
    private readonly consents: ConsentsService,
    private readonly coordination: CoordinationService,
  ) {}

  /** The stay has ended. With a next level of care the episode goes on: a new referral is routed in the same transaction. */
  discharge(actor: Actor, discharge: Discharge, command: Command): Promise<Done | Refusal> {
    return this.commands.take(
      { actor, referralId: discharge.referralId, step: 'discharge', command },
      async (tx, referral) => {
        const to = referralMachine.next(referral.state, 'discharge');
        if (isRefusal(to)) return to;
        const contradiction = nextProblem(discharge, referral.relations.includes('RECEIVER'));
        if (contradiction) return contradiction;
        const isReferredOn = discharge.nextLevelsOfCare.length > 0;
        if (isReferredOn && referral.careIsPart2 && !mayReferOn(await this.agreedTo(tx, referral))) {
          return consentToReferOn('input.nextLevelsOfCare');
        }
        return this.endStay(tx, referral, discharge);
      },
    );
  }

  /** What ends with a stay, whoever says so, and what begins. */
  async endStay(
    tx: SystemTx,
    referral: ReferralEntity,
    discharge: Omit<Discharge, 'referralId'>,
  ): Promise<Refusal | null> {
    const { outcome } = discharge;
    const to = referralMachine.next(referral.state, 'discharge');
    if (isRefusal(to)) return to;
    await this.vacate(tx, referral);
    this.clocks.discharged(tx, referral.id);
    const step = { command: 'discharge', from: referral.state, to, reason: outcome } as const;
    this.store.move(tx, referral.id, step, { closedAt: tx.asOf, outcome });
    noteReferral(tx, referral, 'referral.discharged', { outcome });
    // Day 30 and day 90 belong to the episode, which a next step may end without another stay.
    await this.clocks.followUp(tx, { ...referral, outcome }, referral.receiverAgencyId);
    if (discharge.nextLevelsOfCare.length > 0) await this.referOn(tx, referral, discharge);
    else this.people.closeEpisode(tx, referral.episodeId);
    return null;
  }

  private agreedTo(tx: SystemTx, { personId }: ReferralEntity): Promise<readonly ConsentScope[]> {
    return this.consents.activeScopes(tx, personId, tx.actor.agencyId);
  }

  private async vacate(tx: SystemTx, referral: ReferralEntity): Promise<void> {
    const offers = await this.offers.ofReferral(tx, referral.id);
    const accepted = offers.findLast(
      ({ state, programId }) => state === 'ACCEPTED' && programId === referral.programId,
    );
    if (accepted) await this.capacity.vacate(tx, accepted.poolId);
  }

  /** The next step of the episode, sent by the program that discharges. */
  private async referOn(
    tx: SystemTx,
    referral: ReferralEntity,
    discharge: Omit<Discharge, 'referralId'>,
  ): Promise<void> {
    const { episodeId, personId, pathway } = referral;
    const need = {
      ...referral.need,
      levelsOfCare: discharge.nextLevelsOfCare,
      currentMedications: discharge.currentMedications ?? [],
      preferredProgramIds: [],
    };
    const kept = { episodeId, personId, pathway, coordinatingAgencyId: null, need, redFlags: [], missing: [] };
    const id = this.store.insert(tx, kept);
    const next = newReferral(id, kept, tx);
    this.store.recordChange(tx, id, { command: 'submit', from: null, to: 'SUBMITTED' });
    noteReferral(tx, next, 'referral.submitted', { follows: referral.id });
    await this.routing.routeNew(tx, await this.coordination.handOn(tx, next, referral));
  }
}

const nextProblem = (
  { outcome, nextLevelsOfCare, currentMedications }: Discharge,
  isByProgram: boolean,
): Refusal | null => {
  if (nextLevelsOfCare.length === 0) return null;
  if (!isByProgram) {
    return invalid(
      'input.nextLevelsOfCare',
      'Only the program itself refers on: the next referral would be in its name.',
      'Leave the next levels of care out, and submit a referral of your own.',
    );
  }
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
