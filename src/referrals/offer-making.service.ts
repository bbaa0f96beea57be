import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import { isComplete, MatchingService, readNeed } from '../matching';
import type { SystemTx, Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { ClockSource } from './clock-source';
import { refusedTo } from './guards';
import type { OfferEntity } from './offer.entity';
import { isLive } from './offer.machine';
import { OffersStore } from './offers.store';
import { forActor, ReferralCommands } from './referral-command';
import type { ReferralEntity } from './referral.entity';
import { referralMachine } from './referral.machine';
import { ReferralsStore } from './referrals.store';
import type { OrderReason } from './reasons';
import type { OfferReferralInput } from './referral-steps.inputs';
import { RoutingService } from './routing.service';
import type { Standing } from './waitlist/engine/placement';
import { JudgingService } from './waitlist/judging.service';
import { WaitlistPlacesStore } from './waitlist/waitlist-places.store';

/** A program that a human has chosen. */
interface Choice {
  readonly programId: string;
  /** Why before others who wait; a second look asks anew about a place that was this person’s turn before. */
  readonly reason: OrderReason | 'SECOND_LOOK' | null;
  readonly secondLookOf?: string;
}

/** What a human does about routing: choose a program, ask for a second look, or have it routed again. */
@Injectable()
export class OfferMakingService {
  constructor(
    private readonly commands: ReferralCommands,
    private readonly unitOfWork: UnitOfWork,
    private readonly referrals: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly matching: MatchingService,
    private readonly routing: RoutingService,
    private readonly clocks: ClockSource,
    private readonly judging: JudgingService,
    private readonly places: WaitlistPlacesStore,
  ) {}

  /** Puts the referral to a program of the coordinator’s choice; every hard rule still holds. */
  make(actor: Actor, choice: OfferReferralInput, command: Command): Promise<Done | Refusal> {
    const { referralId, programId, outOfOrderReason = null } = choice;
    // As whoever gives places to those who wait: first the turn at the program, then the referral.
    const first = (tx: Tx): Promise<void> => this.places.takeTurn(tx, programId);
    return this.commands.take({ actor, referralId, resource: 'Offer', step: 'make', command, first }, (tx, referral) =>
      this.propose(tx, referral, { programId, reason: outOfOrderReason }),
    );
  }

  /** Asks a program that declined to look again; a lasting decline stands no more in the way. */
  requestSecondLook(actor: Actor, offerId: string, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const seen = await this.offers.find(tx, offerId);
      if (!seen) return notFound('offer');
      await this.places.takeTurn(tx, seen.programId);
      const referral = await this.referrals.lock(tx, seen.referralId);
      if (!referral) return notFound('offer');
      const refused = refusedTo(actor, 'Offer', 'requestSecondLook', referral);
      if (refused) return refused;
      if (seen.state !== 'DECLINED') {
        return new Refusal(
          'ILLEGAL_TRANSITION',
          `Only a declined offer is looked at again; this one is ${seen.state}.`,
          { from: seen.state },
        );
      }
      const system = tx.asSystem();
      await this.matching.clearLastingDecline(system, referral.personId, seen.programId);
      const impossible = await this.propose(system, referral, {
        programId: seen.programId,
        reason: 'SECOND_LOOK',
        secondLookOf: offerId,
      });
      return impossible === null ? { id: referral.id } : forActor(impossible, actor, 'requestSecondLook', referral);
    });
  }

  /** Has a referral routed again that waits without a place, for example after room was posted. */
  reroute(actor: Actor, referralId: string, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, step: 'route', command }, async (tx, referral) => {
      if (referral.state !== 'WAITLISTED') {
        return new Refusal(
          'ILLEGAL_TRANSITION',
          `Only a waitlisted referral is routed again; this one is ${referral.state}.`,
        );
      }
      tx.audit({ action: 'referral.route-asked', subjectType: 'Referral', subjectId: referral.id });
      await this.routing.reroute(tx, referral);
      return null;
    });
  }

  private async propose(
    tx: SystemTx,
    referral: ReferralEntity,
    { programId, reason, secondLookOf }: Choice,
  ): Promise<Refusal | null> {
    const to = referralMachine.next(referral.state, 'offer');
    if (isRefusal(to)) return to;
    const offers = await this.offers.ofReferral(tx, referral.id);
    const full = this.limitProblem(offers, programId);
    if (full) return full;
    const need = readNeed({ ...referral.need, pathway: referral.pathway });
    if (!isComplete(need)) {
      return new Refusal('ILLEGAL_TRANSITION', 'The referral still misses facts.', { missing: need });
    }
    const candidate = await this.matching.eligibility(tx, need, programId, referral.personId);
    if (isRefusal(candidate)) return candidate;
    if (await this.judging.isTwinAhead(tx, referral)) return referredTwice();
    const standing = await this.judging.standing(tx, referral, candidate.poolId);
    const passed = outOfTurn(standing, reason);
    if (passed) return passed;
    const outOfOrder = standing === 'FREE' ? {} : { outOfOrderReason: reason };
    tx.audit({
      action: 'program.chosen',
      subjectType: 'Referral',
      subjectId: referral.id,
      details: { programId, waived: candidate.waived, ...outOfOrder },
    });
    return this.routing.propose(tx, referral, offers, { ...candidate, rank: 1, matchRunId: null, secondLookOf });
  }

  private limitProblem(offers: readonly OfferEntity[], programId: string): Refusal | null {
    const live = offers.filter(({ state }) => isLive(state));
    if (live.some((offer) => offer.programId === programId)) {
      return new Refusal('ALREADY_EXISTS', 'This program is considering the referral already.', {
        remedy: 'Wait for its answer.',
      });
    }
    if (live.length < this.clocks.settings().liveOffers) return null;
    return new Refusal('OFFER_LIMIT', `The referral is before ${live.length} programs.`, {
      remedy: 'Wait for an answer, or for the time to decide to pass.',
    });
  }
}

/** The order of federal law holds for humans as for Handrail (45 CFR 96.131); within a tier it is the house’s, and a coded reason passes it. */
const referredTwice = (): Refusal<'ALREADY_EXISTS'> =>
  new Refusal(
    'ALREADY_EXISTS',
    'The same person has a place, or is before a program, on another referral of your team.',
    {
      remedy: 'Go on with that one and end this one, or part the records with splitPersons if they are two people.',
    },
  );

const outOfTurn = (standing: Standing, reason: Choice['reason']): Refusal | null => {
  if (standing === 'BEHIND_PRIORITY') {
    return new Refusal('OUT_OF_ORDER', 'Somebody of a higher priority tier waits for this place and comes first.', {
      remedy: 'Choose a program with room for both, or wait: each place goes to the first in order by itself.',
    });
  }
  if (standing === 'FREE' || reason !== null) return null;
  return new Refusal('OUT_OF_ORDER', 'Others wait for this place and come first.', {
    field: 'input.outOfOrderReason',
    remedy: 'Say why this person comes before them with `outOfOrderReason`, choose another program, or wait.',
  });
};
