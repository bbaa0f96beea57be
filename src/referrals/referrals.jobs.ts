import { Injectable, type OnModuleInit } from '@nestjs/common';
import DataLoader from 'dataloader';
import { CapacityService } from '../capacity';
import { MatchingService } from '../matching';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DueSweep } from '../platform/jobs/due-sweep';
import { Tasks } from '../platform/jobs/tasks';
import { tryEach } from '../platform/jobs/try-each';
import { Subscribers } from '../platform/outbox/subscribers';
import { ArrivalService } from './arrival.service';
import { OfferExpiryService } from './offer-expiry.service';
import { OffersStore } from './offers.store';
import { ReferralLapseService } from './referral-lapse.service';
import { EXPIRE_HOLD, EXPIRE_OFFER } from './referral-tasks';

const PACE = { batch: 100, atOnce: 8 };
const ANSWERED = ['offer.acknowledged', 'offer.declined', 'offer.expired', 'offer.accepted'] as const;

/** Answers that are heard of within this time are counted together. */
const TOGETHER_MS = 5;

/** What time does to referrals, and what answers teach about programs. */
@Injectable()
export class ReferralsJobs implements OnModuleInit {
  readonly #offers = new DueSweep(PACE);
  readonly #holds = new DueSweep(PACE);
  readonly #lapses = new DueSweep(PACE);
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
    this.tasks.register(EXPIRE_OFFER, async ({ offerId = '', agencyId = '' }) => {
      await this.silence.expire(offerId, agencyId);
    });
    this.tasks.register(EXPIRE_HOLD, async ({ holdId = '', referralId = '', agencyId = '' }) => {
      await this.arrivals.expireHold(holdId, referralId, agencyId);
    });
    this.tasks.registerSweep(() => this.sweep());
    for (const name of ANSWERED) this.subscribers.on(name, ({ subjectId }) => this.learnFrom(subjectId));
  }

  /** Finds what is due by itself, should a task ever be lost. */
  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const kinds = [
      () =>
        this.#offers.run(
          (limit, resting) => this.offers.due(reader, limit, resting),
          ({ id, agencyId }) => this.silence.expire(id, agencyId),
        ),
      () =>
        this.#holds.run(
          (limit, resting) => this.capacity.dueHolds(reader, limit, resting),
          ({ id, referralId, agencyId }) => this.arrivals.expireHold(id, referralId, agencyId),
        ),
      () =>
        this.#lapses.run(
          (limit, resting) => this.lapse.overdue(reader, limit, resting),
          ({ id, agencyId }) => this.lapse.expire(id, agencyId),
        ),
    ];
    await tryEach(kinds, (sweep) => sweep());
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
