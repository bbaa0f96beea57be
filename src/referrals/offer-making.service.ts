import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import { isComplete, MatchingService, readNeed } from '../matching';
import type { SystemTx } from '../platform/database/tx';
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
import { RoutingService } from './routing.service';

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
  ) {}

  /** Puts the referral to a program of the coordinator’s choice; every hard rule still holds. */
  make(actor: Actor, referralId: string, programId: string, command: Command): Promise<Done | Refusal> {
    return this.commands.take({ actor, referralId, resource: 'Offer', step: 'make', command }, (tx, referral) =>
      this.propose(tx, referral, programId),
    );
  }

  /** Asks a program that declined to look again; a lasting decline stands no more in the way. */
  requestSecondLook(actor: Actor, offerId: string, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const seen = await this.offers.find(tx, offerId);
      if (!seen) return notFound('offer');
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
      const impossible = await this.propose(system, referral, seen.programId, offerId);
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
    programId: string,
    secondLookOf?: string,
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
    tx.audit({
      action: 'program.chosen',
      subjectType: 'Referral',
      subjectId: referral.id,
      details: { programId, waived: candidate.waived },
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
