import { Module } from '@nestjs/common';
import { AgenciesModule } from '../agencies';
import { CapacityModule } from '../capacity';
import { ConsentModule } from '../consent';
import { MatchingModule } from '../matching';
import { OutreachModule } from '../outreach';
import { OverdosesModule } from '../overdoses';
import { PeopleModule } from '../people';
import { ReferralsModule } from '../referrals';
import { RespondersModule } from '../responders';
import { SafetyModule } from '../safety';
import { AuditExportService } from './audit-export.service';
import { AuditProofsResolver } from './audit-proofs.resolver';
import { AuditTrailResolver } from './audit-trail.resolver';
import { AuditTrailService } from './audit-trail.service';
import { AuditTrailStore } from './audit-trail.store';
import { ExplainAccessResolver } from './explain-access.resolver';
import { ExplainAccessService } from './explain-access.service';
import { ExplainedOthers } from './explained-others';
import { ExplainedParts } from './explained-parts';
import { ExplainedPartsStore } from './explained-parts.store';
import { ExplainedRecords } from './explained-records';

/** Reading the trail: for an agency’s privacy officer. Writing and sealing it is the platform’s. */
@Module({
  imports: [
    AgenciesModule,
    PeopleModule,
    CapacityModule,
    ConsentModule,
    MatchingModule,
    ReferralsModule,
    OverdosesModule,
    OutreachModule,
    SafetyModule,
    RespondersModule,
  ],
  providers: [
    AuditTrailStore,
    AuditTrailService,
    AuditExportService,
    AuditTrailResolver,
    AuditProofsResolver,
    ExplainAccessService,
    ExplainedPartsStore,
    ExplainedOthers,
    ExplainedParts,
    ExplainedRecords,
    ExplainAccessResolver,
  ],
})
export class AuditModule {}
