import { Global, Module } from '@nestjs/common';
import { OutboxDelivery } from '../outbox/outbox-delivery';
import { OutboxFeed } from '../outbox/outbox-feed';
import { Subscribers } from '../outbox/subscribers';
import { Housekeeping } from './housekeeping';
import { JobWorker } from './job-worker';
import { JobChecks } from './job-checks';
import { SelfChecks } from './self-checks';
import { Tasks } from './tasks';

/** Work after commit: tasks, sweeps, and the delivery of events to their subscribers. */
@Global()
@Module({
  providers: [Tasks, Subscribers, OutboxDelivery, OutboxFeed, JobWorker, Housekeeping, SelfChecks, JobChecks],
  exports: [Tasks, Subscribers, JobWorker, SelfChecks],
})
export class JobsModule {}
