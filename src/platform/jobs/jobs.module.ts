import { Global, Module } from '@nestjs/common';
import { OutboxDelivery } from '../outbox/outbox-delivery';
import { OutboxFeed } from '../outbox/outbox-feed';
import { Subscribers } from '../outbox/subscribers';
import { Housekeeping } from './housekeeping';
import { JobWorker } from './job-worker';
import { Tasks } from './tasks';

/** Work after commit: tasks, sweeps, and the delivery of events to their subscribers. */
@Global()
@Module({
  providers: [Tasks, Subscribers, OutboxDelivery, OutboxFeed, JobWorker, Housekeeping],
  exports: [Tasks, Subscribers, JobWorker],
})
export class JobsModule {}
