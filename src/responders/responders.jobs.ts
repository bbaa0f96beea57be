import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Tasks } from '../platform/jobs/tasks';
import { Subscribers } from '../platform/outbox/subscribers';
import { SPIKE_ALERT_CLOSED, SPIKE_ALERT_OPENED, SPIKE_ALERT_UPDATED } from '../surveillance';
import { NaloxoneWatchService } from './naloxone-watch.service';

const HEARD = [SPIKE_ALERT_OPENED, SPIKE_ALERT_UPDATED, SPIKE_ALERT_CLOSED] as const;

/** Looks at stocks that have changed, and at all of whoever a spike concerns. */
@Injectable()
export class RespondersJobs implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly subscribers: Subscribers,
    private readonly watch: NaloxoneWatchService,
  ) {}

  onModuleInit(): void {
    for (const name of HEARD) this.subscribers.on(name, ({ subjectId }) => this.watch.alertTurned(subjectId));
    this.tasks.registerSweep(() => this.watch.sweep());
  }
}
