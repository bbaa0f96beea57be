import { Injectable, type OnModuleInit } from '@nestjs/common';
import { PERSON_CLUSTER_CHANGED, PERSON_DOUBT_CHANGED } from '../people';
import { Subscribers } from '../platform/outbox/subscribers';
import { PersonEventsService } from './person-events.service';

/** Who is who decides which reports are of one overdose. */
@Injectable()
export class OverdosesJobs implements OnModuleInit {
  constructor(
    private readonly subscribers: Subscribers,
    private readonly events: PersonEventsService,
  ) {}

  onModuleInit(): void {
    for (const name of [PERSON_CLUSTER_CHANGED, PERSON_DOUBT_CHANGED]) {
      this.subscribers.on(name, ({ subjectId }) => this.events.rejoin(subjectId));
    }
  }
}
