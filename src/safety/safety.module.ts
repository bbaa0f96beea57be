import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { ClocksModule } from '../clocks';
import { CaregiversResolver } from './caregivers.resolver';
import { CaregiversService } from './caregivers.service';
import { ChildReportsLoaders } from './child-reports.loaders';
import { ChildReportsResolver } from './child-reports.resolver';
import { ChildReportsService } from './child-reports.service';
import { ChildReportsStore } from './child-reports.store';
import { NoticeRules, noticeRules } from './notice-rules';
import { NoticesLoaders } from './notices.loaders';
import { NoticeReceiptsResolver, NoticesResolver } from './notices.resolver';
import { NoticesService } from './notices.service';
import { NoticesStore } from './notices.store';
import { SafetyJobs } from './safety.jobs';

@Module({
  imports: [AgenciesModule, ClocksModule],
  providers: [
    // Made at start: a faulty rule stops the boot.
    { provide: NoticeRules, useFactory: noticeRules },
    ChildReportsStore,
    ChildReportsService,
    CaregiversService,
    ChildReportsLoaders,
    ChildReportsResolver,
    CaregiversResolver,
    NoticesStore,
    NoticesLoaders,
    NoticesService,
    NoticesResolver,
    NoticeReceiptsResolver,
    SafetyJobs,
  ],
  exports: [ChildReportsLoaders, NoticesLoaders],
})
export class SafetyModule {}
