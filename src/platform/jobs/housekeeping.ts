import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from '../database/statement';
import { NO_AGENCY } from '../database/system-actor';
import { UnitOfWork } from '../database/unit-of-work';
import { Tasks } from './tasks';

/**
 * A client that asks again does so within minutes; a week forgives a device that was offline. What was sent is forgotten then; that the
 * key was used is not, so that it never has a second effect (docs/decisions/0085).
 */
const forgetBodies = sql(
  `update idempotency_key set body_hash = null where ctid = any(array(
     select ctid from idempotency_key where body_hash is not null and created_at < app.now() - interval '7 days' limit 1000))`,
);
/** Delivered news is kept for a month to look back at; the audit trail keeps what happened. */
const forgetEvents = sql(
  `delete from outbox_event where ctid = any(array(select ctid from outbox_event where delivered_at < app.now() - interval '30 days' limit 1000))`,
);

/** Keeps Handrail’s own tables from growing without end, a little with every sweep. */
@Injectable()
export class Housekeeping implements OnModuleInit {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.registerSweep(() => this.tidy());
  }

  private async tidy(): Promise<void> {
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'housekeeping', isHousekeeping: true }, (tx) => {
      tx.post(forgetBodies);
      tx.post(forgetEvents);
      return Promise.resolve({ id: NO_AGENCY });
    });
  }
}
