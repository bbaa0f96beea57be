import { Module } from '@nestjs/common';
import { Settings } from '../config';
import { AnchorFile } from './anchor-file';
import { AuditChecks } from './audit-checks';
import { AuditSealer } from './audit-sealer';

/** Only an API without jobs may go without a file, and nothing is sealed there. */
const anchorsOf = ({ auditAnchorFile = '' }: Settings): AnchorFile => new AnchorFile(auditAnchorFile);

/** The sealing of the audit trail. Needs `UnitOfWork`, `AuditKeys` and `Tasks` from global modules. */
@Module({
  providers: [{ provide: AnchorFile, useFactory: anchorsOf, inject: [Settings] }, AuditSealer, AuditChecks],
  exports: [AuditSealer],
})
export class AuditTrailModule {}
