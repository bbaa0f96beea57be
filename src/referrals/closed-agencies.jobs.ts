import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AGENCY_UPDATED } from '../agencies';
import { Tasks } from '../platform/jobs/tasks';
import { Subscribers } from '../platform/outbox/subscribers';
import { ClosedAgenciesService } from './closed-agencies.service';

/** When what waits at closed agencies goes on: as soon as one is closed, and by a sweep that needs no news. */
@Injectable()
export class ClosedAgenciesJobs implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly subscribers: Subscribers,
    private readonly closed: ClosedAgenciesService,
  ) {}

  onModuleInit(): void {
    this.tasks.registerSweep(() => this.closed.sweep());
    this.subscribers.on(AGENCY_UPDATED, () => this.closed.sweep());
  }
}
