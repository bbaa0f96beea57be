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

/** Of each subject the latest that has waited longer than any task takes that is not lost; those before it go with it. */
const overdue = sql<{ id: string }>(
  `select distinct on (subject_id) id from outbox_event
   where delivered_at is null and at < app.now() - interval '15 seconds' order by subject_id, position desc limit $1`,
);
/** As many subjects as one sweep takes; what is left is overdue at the next. */
const SWEEP_LIMIT = 100;

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
    this.tasks.registerSweep(() => this.sweep());
  }

  /** News whose task was lost, has failed for good, or is in the hands of a worker that was killed. */
  async sweep(): Promise<void> {
    const found = await this.unitOfWork.reader(systemActor(NO_AGENCY)).query(overdue, [SWEEP_LIMIT]);
    const ended = await Promise.allSettled(found.map(({ id }) => this.deliver(id)));
    // One that fails holds up no other; the first failure is told at the end.
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
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
