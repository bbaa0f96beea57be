import { Injectable } from '@nestjs/common';
import { purposeOf, type Actor } from '../../access';
import { AuditWriter } from '../audit/audit-writer';
import type { AuditNote } from '../audit/audit-entry';
import type { Accounting } from '../database/operation-reader';
import { writeDisclosures, type Disclosed, type WayOut } from './ledger';
import type { Told } from './releases';

/** One answer on its way out. */
export interface Leaving {
  readonly actor: Actor;
  readonly way: WayOut;
  /** The root fields of the operation, as clients call them. */
  readonly action: string;
  readonly requestId: string | null;
  readonly told: readonly Told[];
}

/** What the trail keeps of a reading: whose record, which records of it, which classes of facts. */
const noteOf = (action: string, { subjectType, subjectId, what }: Told): AuditNote => ({
  action,
  subjectType,
  subjectId,
  details: Object.fromEntries(Object.entries(what).map(([type, { ids, classes }]) => [type, { ids, classes }])),
});

/** Writes down what leaves: every protected reading in the trail, and what another agency’s words were in it on the ledger. */
@Injectable()
export class ReleaseLog {
  constructor(private readonly audit: AuditWriter) {}

  account({ actor, way, action, requestId, told }: Leaving): Accounting<Disclosed[]> {
    return (session, asOf) => {
      const act = { kind: 'READ', actor, asOf, requestId, purpose: purposeOf(actor) } as const;
      const noted = this.audit.send(
        session,
        act,
        told.map((one) => noteOf(action, one)),
      );
      const { disclosed, written } = writeDisclosures(session, { actor, asOf, way, requestId }, told);
      return { answer: disclosed, written: Promise.all([noted, written]) };
    };
  }
}
