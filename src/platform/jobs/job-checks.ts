import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from '../database/statement';
import { FAILED_TASKS, JOB_SCHEMA } from './prepare-queues';
import { checkBy, SelfChecks, type Found } from './self-checks';

const undelivered = sql<Found>(
  `select id from outbox_event where delivered_at is null
   and at < app.now() - case when is_bulk then interval '1 hour' else interval '5 minutes' end limit $1`,
);
const unfed = sql<Found>(
  `select id from outbox_event where fed is null and at < app.now() - interval '1 minute' limit $1`,
);
const failedTasks = sql<Found>(`select id from ${JOB_SCHEMA}.job where name = '${FAILED_TASKS}' limit $1`);

/** What must always hold of news and tasks, whatever they are about. */
@Injectable()
export class JobChecks implements OnModuleInit {
  constructor(private readonly checks: SelfChecks) {}

  onModuleInit(): void {
    this.checks.register(checkBy('events-delivered', undelivered));
    this.checks.register(checkBy('events-in-line', unfed));
    this.checks.register(checkBy('tasks-done', failedTasks));
  }
}
