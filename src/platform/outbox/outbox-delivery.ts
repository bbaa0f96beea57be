import { Injectable, type OnModuleInit } from '@nestjs/common';
import { DELIVER_EVENT } from '../database/flusher';
import { sql } from '../database/statement';
import { NO_AGENCY, systemActor } from '../database/system-actor';
import { UnitOfWork } from '../database/unit-of-work';
import { Tasks } from '../jobs/tasks';
import { Subscribers, type DeliveredEvent } from './subscribers';

type Waiting = DeliveredEvent & { readonly isFirst: boolean };

const waitingEvent = sql<Waiting>(
  `select id, name, at, agency_id as "agencyId", subject_type as "subjectType", subject_id as "subjectId", payload,
     not exists (select 1 from outbox_event earlier where earlier.subject_id = e.subject_id and earlier.delivered_at is null
       and earlier.position < e.position) as "isFirst"
   from outbox_event e where id = $1 and delivered_at is null`,
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

  /** Does nothing when the event was delivered before; throws, to be tried again, while an earlier one of its subject waits. */
  async deliver(eventId: string): Promise<void> {
    const [event] = await this.unitOfWork.reader(systemActor(NO_AGENCY)).query(waitingEvent, [eventId]);
    if (!event) return;
    if (!event.isFirst) throw new Error('an earlier event of the same subject is still waiting');
    for (const subscriber of this.subscribers.of(event.name)) await subscriber(event);
    await this.unitOfWork.runAsSystem(event.agencyId, { name: DELIVER_EVENT, isHousekeeping: true }, async (tx) => {
      await tx.query(markDelivered, [eventId]);
      return { id: eventId };
    });
  }
}
