import { Args, Query, Resolver } from '@nestjs/graphql';
import { Access } from '../platform/auth';
import type { Reader } from '../platform/database/reader';
import { connectionOf, RequestReader } from '../platform/graphql';
import { AuditEntry } from './audit-entry.type';
import { AuditExport } from './audit-export.type';
import { AuditExportService } from './audit-export.service';
import { AuditTrailArgs } from './audit.inputs';
import { AuditTrailService } from './audit-trail.service';

const AuditEntryConnection = connectionOf(AuditEntry);

@Resolver(() => AuditEntry)
export class AuditTrailResolver {
  constructor(
    private readonly trail: AuditTrailService,
    private readonly exports: AuditExportService,
  ) {}

  @Access({ resource: 'AuditEntry', command: 'read' })
  @Query(() => AuditEntryConnection, {
    description:
      'The audit trail of your own agency, newest first. All filters that are given must hold. That it was read is an entry of the trail itself (READ).',
  })
  auditTrail(@Args() args: AuditTrailArgs, @RequestReader() reader: Reader) {
    return this.trail.page(reader, args);
  }

  @Access({ resource: 'AuditEntry', command: 'export' })
  @Query(() => AuditExport, {
    description:
      'The audit trail of your own agency as FHIR R4 AuditEvents, newest first, a page at a time. Each page taken is an entry of the trail itself (READ), with the entries that were on it.',
  })
  auditEvents(@Args() args: AuditTrailArgs, @RequestReader() reader: Reader) {
    return this.exports.page(reader, args);
  }
}
