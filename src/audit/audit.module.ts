import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { ConsentModule } from '../consent';
import { OutreachModule } from '../outreach';
import { OverdosesModule } from '../overdoses';
import { PeopleModule } from '../people';
import { ReferralsModule } from '../referrals';
import { SafetyModule } from '../safety';
import { AuditExportService } from './audit-export.service';
import { AuditProofsResolver } from './audit-proofs.resolver';
import { AuditTrailResolver } from './audit-trail.resolver';
import { AuditTrailService } from './audit-trail.service';
import { AuditTrailStore } from './audit-trail.store';
import { ExplainAccessResolver } from './explain-access.resolver';
import { ExplainAccessService } from './explain-access.service';
import { ExplainedRecords } from './explained-records';

/** Reading the trail: for an agency’s privacy officer. Writing and sealing it is the platform’s. */
@Module({
  imports: [
    AgenciesModule,
    PeopleModule,
    ConsentModule,
    ReferralsModule,
    OverdosesModule,
    OutreachModule,
    SafetyModule,
  ],
  providers: [
    AuditTrailStore,
    AuditTrailService,
    AuditExportService,
    AuditTrailResolver,
    AuditProofsResolver,
    ExplainAccessService,
    ExplainedRecords,
    ExplainAccessResolver,
  ],
})
export class AuditModule {}
