import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { keysetOf, pageOf } from '../platform/graphql';
import { fhirAuditEvent } from './fhir-audit-event';
import type { AuditTrailArgs } from './audit.inputs';
import { filterOf, keyOf } from './audit-trail.service';
import { AuditTrailStore } from './audit-trail.store';

/** The trail on its way out of the house. */
@Injectable()
export class AuditExportService {
  constructor(private readonly store: AuditTrailStore) {}

  /** One page as FHIR, newest first. */
  async page(reader: Reader, args: AuditTrailArgs) {
    const rows = await this.store.page(reader, filterOf(args), args.first, keysetOf(args));
    const { nodes, pageInfo } = pageOf(rows, args, keyOf);
    const own = { agencyId: reader.actor.agencyId, relations: ['OWN_AGENCY'], consents: [] };
    return { events: nodes.map(fhirAuditEvent), entryIds: nodes.map(({ id }) => id), pageInfo, ...own };
  }
}
