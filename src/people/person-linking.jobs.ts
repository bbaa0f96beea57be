import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Tasks } from '../platform/jobs/tasks';
import { LinkagePassService } from './linkage-pass.service';
import { COMPARE_PERSON } from './person-linking.tasks';

@Injectable()
export class PersonLinkingJobs implements OnModuleInit {
  constructor(
    private readonly tasks: Tasks,
    private readonly passes: LinkagePassService,
  ) {}

  onModuleInit(): void {
    this.tasks.register(COMPARE_PERSON, ({ personId = '' }) => this.passes.compare(personId));
    this.tasks.registerSweep(() => this.passes.sweep());
  }
}
