import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Tasks } from '../platform/jobs/tasks';
import { NoticesService } from './notices.service';

/** Forgets by the database’s clock what has had its time. */
@Injectable()
export class SafetyJobs implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly notices: NoticesService,
  ) {}

  onModuleInit(): void {
    this.tasks.registerSweep(() => this.notices.forget());
  }
}
