import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Tasks } from '../platform/jobs/tasks';
import { ClocksService } from './clocks.service';

/** Finds what is due by the database’s clock. */
@Injectable()
export class ClocksJobs implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly clocks: ClocksService,
  ) {}

  onModuleInit(): void {
    this.tasks.registerSweep(() => this.clocks.sweep());
  }
}
