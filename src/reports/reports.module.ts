import { Module } from '@nestjs/common';
import { ReportsResolver } from './reports.resolver';
import { ReportsService } from './reports.service';
import { ReportsStore } from './reports.store';

/** Counts that steer, and that may be published without exposing anybody. */
@Module({ providers: [ReportsStore, ReportsService, ReportsResolver] })
export class ReportsModule {}
