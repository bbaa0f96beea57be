import { Injectable } from '@nestjs/common';
import type { Actor } from '../access';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { keysetOf, pageOf } from '../platform/graphql';
import { fhirAuditEvent } from './fhir-audit-event';
import type { AuditTrailArgs } from './audit.inputs';
import { filterOf, keyOf } from './audit-trail.service';
import { AuditTrailStore } from './audit-trail.store';

/** The trail on its way out of the house. */
@Injectable()
export class AuditExportService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: AuditTrailStore,
  ) {}

  /** One page as FHIR, newest first. That it was taken, and how it was narrowed, is on the trail before it is given. */
  async page(actor: Actor, args: AuditTrailArgs, requestId: string) {
    const filter = filterOf(args);
    const narrowed = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== null));
    const note = { action: 'auditEvents', subjectType: 'Agency', subjectId: actor.agencyId, details: narrowed };
    await this.unitOfWork.note(actor, { kind: 'READ', requestId }, [note]);
    const rows = await this.store.page(this.unitOfWork.reader(actor), filter, args.first, keysetOf(args));
    const { nodes, pageInfo } = pageOf(rows, args, keyOf);
    return { events: nodes.map(fhirAuditEvent), pageInfo, relations: ['OWN_AGENCY'], consents: [] };
  }
}
