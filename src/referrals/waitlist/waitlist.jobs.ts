import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PLACE_OPENED } from '../../capacity';
import { OVERDOSE_EVENT_CHANGED, OVERDOSE_EVENT_RECORDED } from '../../overdoses';
import { Tasks } from '../../platform/jobs/tasks';
import { Subscribers } from '../../platform/outbox/subscribers';
import { FILL_PLACES } from '../referral-tasks';
import { CoordinationService } from './coordination.service';
import { PlaceFillingService } from './place-filling.service';
import { WaitingOverdosesService } from './waiting-overdoses.service';

/** Ends of an offer that give the place back it spoke for. */
const OFFER_ENDS = ['offer.declined', 'offer.expired', 'offer.ended'] as const;

/** When places are given to those who wait: as soon as one opens, and by a sweep that needs no news. */
@Injectable()
export class WaitlistJobs implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly subscribers: Subscribers,
    private readonly filling: PlaceFillingService,
    private readonly overdoses: WaitingOverdosesService,
    private readonly coordination: CoordinationService,
  ) {}

  onModuleInit(): void {
    this.tasks.register(FILL_PLACES, ({ poolId = '' }) => this.filling.fillSome(poolId));
    this.tasks.registerSweep(() => this.filling.sweep());
    this.tasks.registerSweep(() => this.coordination.sweep());
    for (const name of [PLACE_OPENED, 'bed-pool.updated']) {
      this.subscribers.on(name, ({ subjectId }) => this.filling.fillSome(subjectId));
    }
    for (const name of [OVERDOSE_EVENT_RECORDED, OVERDOSE_EVENT_CHANGED]) {
      this.subscribers.on(name, ({ subjectId }) => this.overdoses.weigh(subjectId));
    }
    this.subscribers.on('program.updated', ({ subjectId }) => this.filling.fillProgram(subjectId));
    for (const name of OFFER_ENDS) this.subscribers.on(name, ({ subjectId }) => this.filling.fillAfterOffer(subjectId));
  }
}
