import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DELIVER_EVENT } from '../database/flusher';
import { sql } from '../database/statement';
import { NO_AGENCY, systemActor } from '../database/system-actor';
import { UnitOfWork } from '../database/unit-of-work';
import { Tasks } from '../jobs/tasks';
import { Subscribers, type DeliveredEvent } from './subscribers';

/** The event, and before it every earlier one of its subject that still waits. */
const waitingUpTo = sql<DeliveredEvent>(
  `select e.id, e.name, e.at, e.agency_id as "agencyId", e.subject_type as "subjectType", e.subject_id as "subjectId", e.payload
   from outbox_event this join outbox_event e on e.subject_id = this.subject_id and e.delivered_at is null and e.position <= this.position
   where this.id = $1 and this.delivered_at is null order by e.position`,
);
const markDelivered = sql('update outbox_event set delivered_at = app.now() where id = $1 and delivered_at is null');

/** Carries events from the outbox to their subscribers after commit. */
@Injectable()
export class OutboxDelivery implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly subscribers: Subscribers,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.register(DELIVER_EVENT, ({ eventId = '' }) => this.deliver(eventId));
  }

  /** In order per subject: what came earlier and still waits goes first. Does nothing when the event was delivered before. */
  async deliver(eventId: string): Promise<void> {
    const waiting = await this.unitOfWork.reader(systemActor(NO_AGENCY)).query(waitingUpTo, [eventId]);
    for (const event of waiting) await this.deliverOne(event);
  }

  private async deliverOne(event: DeliveredEvent): Promise<void> {
    for (const subscriber of this.subscribers.of(event.name)) await subscriber(event);
    const housekeeping = { name: DELIVER_EVENT, isHousekeeping: true } as const;
    await this.unitOfWork.runAsSystem(event.agencyId, housekeeping, (tx) => {
      tx.post(markDelivered, [event.id]);
      return Promise.resolve({ id: event.id });
    });
  }
}
