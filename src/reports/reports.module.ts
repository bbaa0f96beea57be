import { Module } from '@nestjs/common';
import { ReportEditions } from './report-editions';
import { ReportsResolver } from './reports.resolver';
import { ReportsService } from './reports.service';
import { ReportsStore } from './reports.store';

/** Counts that steer, and that may be published without exposing anybody. */
@Module({ providers: [ReportsStore, ReportEditions, ReportsService, ReportsResolver] })
export class ReportsModule {}
