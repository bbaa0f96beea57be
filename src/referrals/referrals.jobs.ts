import { Injectable, type OnModuleInit } from '@nestjs/common';
import DataLoader from 'dataloader';
import { CapacityService } from '../capacity';
import { MatchingService } from '../matching';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Tasks } from '../platform/jobs/tasks';
import { Subscribers } from '../platform/outbox/subscribers';
import { ArrivalService } from './arrival.service';
import { OfferExpiryService } from './offer-expiry.service';
import { OffersStore } from './offers.store';
import { ReferralLapseService } from './referral-lapse.service';
import { EXPIRE_HOLD, EXPIRE_OFFER } from './referral-tasks';

/** As many as one sweep takes; what is left is due at the next. */
const SWEEP_LIMIT = 100;
const ANSWERED = ['offer.acknowledged', 'offer.declined', 'offer.expired', 'offer.accepted'] as const;

/** Answers that are heard of within this time are counted together. */
const TOGETHER_MS = 5;

/** What time does to referrals, and what answers teach about programs. */
@Injectable()
export class ReferralsJobs implements OnModuleInit {
  readonly #answered = new DataLoader<string, true>((offerIds) => this.learn(offerIds), {
    cache: false,
    batchScheduleFn: (callback) => setTimeout(callback, TOGETHER_MS),
  });

  constructor(
    private readonly tasks: Tasks,
    private readonly subscribers: Subscribers,
    private readonly unitOfWork: UnitOfWork,
    private readonly offers: OffersStore,
    private readonly silence: OfferExpiryService,
    private readonly arrivals: ArrivalService,
    private readonly lapse: ReferralLapseService,
    private readonly capacity: CapacityService,
    private readonly matching: MatchingService,
  ) {}

  onModuleInit(): void {
    this.tasks.register(EXPIRE_OFFER, ({ offerId = '', agencyId = '' }) => this.silence.expire(offerId, agencyId));
    this.tasks.register(EXPIRE_HOLD, ({ holdId = '', referralId = '', agencyId = '' }) =>
      this.arrivals.expireHold(holdId, referralId, agencyId),
    );
    this.tasks.registerSweep(() => this.sweep());
    for (const name of ANSWERED) this.subscribers.on(name, ({ subjectId }) => this.learnFrom(subjectId));
  }

  /** Finds what is due by itself, should a task ever be lost. */
  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const offers = await this.offers.due(reader, SWEEP_LIMIT);
    const holds = await this.capacity.dueHolds(reader, SWEEP_LIMIT);
    const overdue = await this.lapse.overdue(reader, SWEEP_LIMIT);
    // One that fails holds up no other; all are tried, and the first failure is told at the end.
    const ended = await Promise.allSettled([
      ...offers.map(({ id, agencyId }) => this.silence.expire(id, agencyId)),
      ...overdue.map(({ id, agencyId }) => this.lapse.expire(id, agencyId)),
      ...holds.map(({ id, referralId, agencyId }) => this.arrivals.expireHold(id, referralId, agencyId)),
    ]);
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  }

  private async learnFrom(offerId: string): Promise<void> {
    await this.#answered.load(offerId);
  }

  /** How fast and how often programs answer, for the score of the next match: each program counted once, however many answers came. */
  private async learn(offerIds: readonly string[]): Promise<true[]> {
    const offers = await this.offers.byIds(this.unitOfWork.reader(systemActor(NO_AGENCY)), offerIds);
    const programs = new Map(offers.map(({ programId, agencyId }) => [programId, agencyId]));
    for (const [programId, agencyId] of programs) {
      await this.unitOfWork.runAsSystem(agencyId, { name: 'learnAnswers', isHousekeeping: true }, async (tx) => {
        await this.matching.saveAnswers(tx, { programId, agencyId, ...(await this.offers.answersOf(tx, programId)) });
        return { id: programId };
      });
    }
    return offerIds.map(() => true);
  }
}
