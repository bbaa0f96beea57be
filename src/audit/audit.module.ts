import { Module } from '@nestjs/common';
import { AuditExportService } from './audit-export.service';
import { AuditProofsResolver } from './audit-proofs.resolver';
import { AuditTrailResolver } from './audit-trail.resolver';
import { AuditTrailService } from './audit-trail.service';
import { AuditTrailStore } from './audit-trail.store';

/** Reading the trail: for an agency’s privacy officer. Writing and sealing it is the platform’s. */
@Module({
  providers: [AuditTrailStore, AuditTrailService, AuditExportService, AuditTrailResolver, AuditProofsResolver],
})
export class AuditModule {}
