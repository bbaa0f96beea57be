import { Injectable } from '@nestjs/common';
import { minutesBetween } from '../kernel/clock';
import { isRefusal, Refusal } from '../kernel/refusal';
import { isComplete, MatchingService, readNeed, type Need, type RunCandidate } from '../matching';
import type { SystemTx } from '../platform/database/tx';
import { AcceptanceService, type Taker } from './acceptance.service';
import { AgreedRecipients } from './agreed-recipients';
import { countyOf, missingAtIntake } from './intake';
import type { OfferEntity } from './offer.entity';
import { isLive } from './offer.machine';
import { OffersStore, type NewOffer } from './offers.store';
import { ReferralClocks } from './referral-clocks';
import { noteWithdrawn } from './referral-command';
import { EXPIRE_OFFER, FILL_PLACES } from './referral-tasks';
import type { ReferralEntity } from './referral.entity';
import { referralMachine, type ReferralCommand } from './referral.machine';
import { ReferralsStore } from './referrals.store';
import { SenderDangersService } from './sender-dangers.service';
import type { KnownOverdoses } from './sender-dangers.store';
import { JudgingService } from './waitlist/judging.service';
import { WaitingService } from './waitlist/waiting.service';

type Unmet = Pick<Awaited<ReturnType<MatchingService['run']>>, 'runId' | 'rulesOfLastRemoved'>;

/** A program to put the referral to, and how it was found. */
type Proposal = Omit<Taker, 'isBoundByQuota'> &
  Pick<RunCandidate, 'acceptanceMode'> &
  Pick<NewOffer, 'matchRunId' | 'rank' | 'secondLookOf'> & {
    /** The place opened, and it is this person’s turn: no quota of the sender’s stands over the order of the waitlist. */
    readonly isInTurn?: true;
  };

/**
 * Finds the next program without a human. Takes the candidates in the order of the match: a program that takes referrals
 * INSTANT and leads gets the person at once; otherwise the leading REVIEW programs are asked together, up to the limit or to
 * the first INSTANT one. A place that others claim who wait and come first is not taken. Nobody left: the need is recorded as
 * unmet and the referral waits.
 */
@Injectable()
export class RoutingService {
  constructor(
    private readonly referrals: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly acceptance: AcceptanceService,
    private readonly matching: MatchingService,
    private readonly clocks: ReferralClocks,
    private readonly judging: JudgingService,
    private readonly waiting: WaitingService,
    private readonly dangers: SenderDangersService,
    private readonly agreed: AgreedRecipients,
  ) {}

  /** What the sender was shown of the person’s overdoses: every run of the referral weighs it. */
  keepDangers(tx: SystemTx, referral: ReferralEntity, known?: KnownOverdoses): void {
    if (known) this.dangers.keep(tx, referral, known);
  }

  /** Routes a referral that its own transaction has made, and nobody else can see. */
  routeNew(caused: SystemTx, referral: ReferralEntity): Promise<void> {
    return this.find(caused, referral, [], { excluded: [], isNew: true });
  }

  /** Routes a locked referral that is SUBMITTED. `offers` are all it ever had; `excluded` names programs not to ask this time. */
  route(
    caused: SystemTx,
    referral: ReferralEntity,
    offers: readonly OfferEntity[],
    excluded: readonly string[] = [],
  ): Promise<void> {
    return this.find(caused, referral, offers, { excluded, isNew: false });
  }

  /** Whoever caused it, it is Handrail that does it, and the coordinator who may know of it. */
  private async find(
    caused: SystemTx,
    referral: ReferralEntity,
    offers: readonly OfferEntity[],
    { excluded, isNew }: { readonly excluded: readonly string[]; readonly isNew: boolean },
  ): Promise<void> {
    const tx = caused.inTrailOf(referral.coordinatingAgencyId);
    if (offers.some(({ state }) => isLive(state))) {
      this.step(tx, referral, 'offer');
      return;
    }
    const { senderAgencyId: agencyId, personId } = referral;
    const { dangers, toldByAgencyId } = await this.dangers.of(tx, referral);
    const run = await this.matching.run(tx, {
      ...{ referralId: referral.id, agencyId, personId, dangers, toldByAgencyId },
      need: completeNeedOf(referral),
      excludedProgramIds: [...excluded, ...this.askedLately(offers, tx.asOf)],
    });
    const agreed = isNew ? null : await this.agreed.of(tx, referral);
    const candidates = run.candidates.filter(({ agencyId: receiver }) => agreed?.includes(receiver) ?? true);
    const claimed = await this.judging.claimed(tx, referral, candidates, isNew);
    const isTwinAhead = await this.judging.isTwinAhead(tx, referral);
    const free = isTwinAhead ? [] : candidates.filter(({ poolId }) => !claimed.has(poolId));
    if (await this.placeAtOnce(tx, referral, run.runId, free)) return;
    if (await this.askNext(tx, referral, run.runId, free)) {
      this.step(tx, referral, 'offer');
      return;
    }
    // The need of somebody who has a place on another referral is met.
    if (!isTwinAhead) await this.recordUnmet(tx, referral, run);
    this.step(tx, referral, 'waitlist');
    await this.waiting.begin(tx, referral);
    // Places that those who come first may not want after all are given in order, this one included.
    for (const poolId of claimed) tx.enqueue({ name: FILL_PLACES, data: { poolId } });
  }

  private async recordUnmet(tx: SystemTx, referral: ReferralEntity, run: Unmet): Promise<void> {
    await this.matching.recordUnmetNeed(tx, {
      referralId: referral.id,
      matchRunId: run.runId,
      agencyId: referral.senderAgencyId,
      // Candidates that had room when they were judged and none when they were asked leave no rule behind.
      rules: run.rulesOfLastRemoved.length > 0 ? run.rulesOfLastRemoved : ['OPEN_PLACE'],
      countyFips: countyOf(referral.need),
    });
  }

  /** Back to the start of routing from a state without a place, with all its offers read anew. */
  async reroute(tx: SystemTx, referral: ReferralEntity, excluded: readonly string[] = []): Promise<void> {
    const to = referralMachine.next(referral.state, 'reroute');
    if (isRefusal(to)) return;
    this.referrals.move(tx, referral.id, { command: 'reroute', from: referral.state, to });
    await this.route(tx, { ...referral, state: to }, await this.offers.ofReferral(tx, referral.id), excluded);
  }

  /**
   * After an answer that ended an offer: while others wait nothing happens; else on to the next candidate. Questions of programs
   * that are out of it hold nobody up; what intake itself needs does.
   */
  async cascade(tx: SystemTx, referral: ReferralEntity, offers: readonly OfferEntity[]): Promise<void> {
    if (offers.some(({ state }) => isLive(state))) return;
    if (referral.state === 'OFFERED') return this.reroute(tx, referral);
    if (referral.state !== 'NEEDS_INFO' || missingAtIntake(referral.need, referral.redFlags).length > 0) return;
    const to = referralMachine.next(referral.state, 'provideInfo');
    if (isRefusal(to)) return;
    this.referrals.move(tx, referral.id, { command: 'provideInfo', from: referral.state, to }, { missing: [] });
    this.clocks.factsSettled(tx, referral.id, 'CANCELLED');
    await this.route(tx, { ...referral, state: to, missing: [] }, offers);
  }

  /** One program that a human has chosen. An INSTANT one takes the person at once and ends the wait for the others. */
  async propose(
    tx: SystemTx,
    referral: ReferralEntity,
    offers: readonly OfferEntity[],
    proposal: Proposal,
  ): Promise<Refusal | null> {
    if (proposal.acceptanceMode === 'INSTANT') {
      noteWithdrawn(tx, this.offers.withdraw(tx, offers, 'ANOTHER_ACCEPTED'));
      return this.takeAtOnce(tx, referral, proposal);
    }
    const to = referralMachine.next(referral.state, 'offer');
    if (isRefusal(to)) return to;
    const refused = await this.agreed.refusedTo(tx, referral, proposal.agencyId);
    if (refused) return refused;
    await this.ask(tx, referral, [proposal]);
    this.referrals.move(tx, referral.id, { command: 'offer', from: referral.state, to });
    return null;
  }

  /** INSTANT programs at the head of the order, one after the other, until one has room. */
  private async placeAtOnce(
    tx: SystemTx,
    referral: ReferralEntity,
    matchRunId: string,
    candidates: readonly RunCandidate[],
  ): Promise<boolean> {
    for (const candidate of candidates) {
      if (candidate.acceptanceMode !== 'INSTANT') return false;
      if ((await this.takeAtOnce(tx, referral, { ...candidate, matchRunId })) === null) return true;
    }
    return false;
  }

  /** REVIEW programs at the head of what is left. An INSTANT one that had no room a moment ago is passed over. */
  private async askNext(
    tx: SystemTx,
    referral: ReferralEntity,
    matchRunId: string,
    candidates: readonly RunCandidate[],
  ): Promise<boolean> {
    const firstReview = candidates.findIndex(({ acceptanceMode }) => acceptanceMode === 'REVIEW');
    if (firstReview < 0) return false;
    const rest = candidates.slice(firstReview);
    const nextInstant = rest.findIndex(({ acceptanceMode }) => acceptanceMode === 'INSTANT');
    const upTo = Math.min(this.clocks.settings().liveOffers, nextInstant < 0 ? rest.length : nextInstant);
    const asked = rest.slice(0, upTo).map((candidate) => ({ ...candidate, matchRunId }));
    await this.ask(tx, referral, asked);
    return true;
  }

  /** The place is kept and the offer accepted in one go. Refused: nothing was changed. */
  private async takeAtOnce(tx: SystemTx, referral: ReferralEntity, proposal: Proposal): Promise<Refusal | null> {
    if (!(await this.judging.isReceiving(tx, proposal.agencyId))) return nobodyThere(proposal);
    const times = await this.clocks.offerTimes(tx, [proposal.programId]);
    return this.acceptance.take(tx, referral, { ...proposal, isBoundByQuota: proposal.isInTurn !== true }, () =>
      this.makeOffer(tx, referral, { ...proposal, ...times(proposal.programId) }),
    );
  }

  /** From here on the programs see the need, and no name, until they answer or time runs out. */
  private async ask(tx: SystemTx, referral: ReferralEntity, proposals: readonly Proposal[]): Promise<void> {
    const times = await this.clocks.offerTimes(
      tx,
      proposals.map(({ programId }) => programId),
    );
    for (const proposal of proposals) {
      const { agencyId } = proposal;
      const timed = { ...proposal, ...times(proposal.programId) };
      const offerId = this.makeOffer(tx, referral, timed);
      this.clocks.offerMade(tx, referral, { ...timed, offerId });
      tx.enqueue({ name: EXPIRE_OFFER, data: { offerId, agencyId }, startAt: timed.decideBy });
      tx.emit({ name: 'offer.made', subjectType: 'Offer', subjectId: offerId, payload: { referralId: referral.id } });
    }
  }

  private makeOffer(
    tx: SystemTx,
    referral: ReferralEntity,
    proposal: Proposal & Pick<NewOffer, 'acknowledgeBy' | 'decideBy'>,
  ): string {
    const offerId = this.offers.insert(tx, { ...proposal, referralId: referral.id });
    this.referrals.addParty(tx, proposal.agencyId, referral, 'PROVIDER');
    const details = { referralId: referral.id, programId: proposal.programId };
    tx.audit({ action: 'offer.made', subjectType: 'Offer', subjectId: offerId, details });
    return offerId;
  }

  private askedLately(offers: readonly OfferEntity[], asOf: Date): string[] {
    const { askAgainMinutes } = this.clocks.settings();
    return offers
      .filter(
        ({ state, endedAt }) =>
          (state === 'DECLINED' || state === 'EXPIRED') && endedAt && minutesBetween(endedAt, asOf) < askAgainMinutes,
      )
      .map(({ programId }) => programId);
  }

  private step(tx: SystemTx, referral: ReferralEntity, command: ReferralCommand): void {
    const to = referralMachine.next(referral.state, command);
    if (isRefusal(to)) throw new Error(`routing cannot ${command} a referral that is ${referral.state}`);
    this.referrals.move(tx, referral.id, { command, from: referral.state, to });
    const name = command === 'waitlist' ? 'referral.waitlisted' : 'referral.offered';
    tx.audit({ action: name, subjectType: 'Referral', subjectId: referral.id });
    tx.emit({ name, subjectType: 'Referral', subjectId: referral.id });
  }
}

/** A place that nobody gives is none: the person would stand before a door, and count as absent. */
const nobodyThere = ({ poolId }: Proposal): Refusal =>
  new Refusal('NO_CAPACITY', 'Nobody works at this program who could receive the person.', {
    poolId,
    remedy: 'Offer the referral to another program.',
  });

/** A referral is routed when nothing is missing; anything else is a bug of the caller, not the sender’s. */
const completeNeedOf = ({ need, pathway }: ReferralEntity): Need => {
  const read = readNeed({ ...need, pathway });
  if (!isComplete(read)) throw new Error(`a referral was routed without ${read.join(', ')}`);
  return read;
};
