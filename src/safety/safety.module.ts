import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { NoticeRules, noticeRules } from './notice-rules';
import { NoticesLoaders } from './notices.loaders';
import { NoticeReceiptsResolver, NoticesResolver } from './notices.resolver';
import { NoticesService } from './notices.service';
import { NoticesStore } from './notices.store';
import { SafetyJobs } from './safety.jobs';

@Module({
  imports: [AgenciesModule],
  providers: [
    // Made at start: a faulty rule stops the boot.
    { provide: NoticeRules, useFactory: noticeRules },
    NoticesStore,
    NoticesLoaders,
    NoticesService,
    NoticesResolver,
    NoticeReceiptsResolver,
    SafetyJobs,
  ],
})
export class SafetyModule {}
