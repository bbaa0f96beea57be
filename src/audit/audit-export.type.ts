import { Field, ObjectType } from '@nestjs/graphql';
import { PageInfo } from '../platform/graphql';
import { FhirAuditEvent } from './audit.scalars';

@ObjectType({ description: 'A page of the audit trail of your agency, for another system to keep.' })
export class AuditExport {
  @Field(() => [FhirAuditEvent], { nullable: true, description: 'Newest first; empty at the end.' })
  events: unknown[] | null;

  @Field(() => PageInfo, { nullable: true, description: 'Where to go on: send `endCursor` as `after`.' })
  pageInfo: PageInfo | null;
}
