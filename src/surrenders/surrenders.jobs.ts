import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Tasks } from '../platform/jobs/tasks';
import { CustodyAlertsService } from './custody-alerts.service';

/** Finds by the database’s clock what lasted too long. */
@Injectable()
export class SurrendersJobs implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly alerts: CustodyAlertsService,
  ) {}

  onModuleInit(): void {
    this.tasks.registerSweep(() => this.alerts.sweep());
  }
}
