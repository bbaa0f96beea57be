import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AGENCY_UPDATED } from '../agencies';
import { Tasks } from '../platform/jobs/tasks';
import { Subscribers } from '../platform/outbox/subscribers';
import { ClosedAgenciesService } from './closed-agencies.service';
import { EmptiedAgenciesService } from './emptied-agencies.service';

/** When what waits at closed agencies, programs and pools goes on: as soon as one is closed, and by a sweep that needs no news. */
@Injectable()
export class ClosedAgenciesJobs implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly subscribers: Subscribers,
    private readonly closed: ClosedAgenciesService,
    private readonly emptied: EmptiedAgenciesService,
  ) {}

  onModuleInit(): void {
    for (const agencies of [this.closed, this.emptied]) {
      this.tasks.registerSweep(() => agencies.sweep());
      this.subscribers.on(AGENCY_UPDATED, () => agencies.sweep());
    }
    for (const name of ['program.updated', 'bed-pool.updated']) this.subscribers.on(name, () => this.closed.sweep());
  }
}
