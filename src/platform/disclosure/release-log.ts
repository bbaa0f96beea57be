import { Injectable } from '@nestjs/common';
import { purposeOf, type Actor } from '../../access';
import { AuditWriter } from '../audit/audit-writer';
import type { AuditNote } from '../audit/audit-entry';
import type { Accounting } from '../database/operation-reader';
import { disclosedOf, lineOf, sealOf, writeDisclosures, type Disclosed } from './ledger';
import type { Line, WayOut } from './ledger-line';
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

/** What the trail keeps of a reading: whose record, which records of it, which classes of facts; and of its line on the ledger the seal. */
const noteOf = (action: string, { subjectType, subjectId, what }: Told, line: Line | null): AuditNote => ({
  action,
  subjectType,
  subjectId,
  details: {
    ...Object.fromEntries(Object.entries(what).map(([type, { ids, classes }]) => [type, { ids, classes }])),
    ...(line && { disclosure: sealOf(line) }),
  },
});

/** Writes down what leaves: every protected reading in the trail, and what another agency’s words were in it on the ledger. */
@Injectable()
export class ReleaseLog {
  constructor(private readonly audit: AuditWriter) {}

  account({ actor, way, action, requestId, told }: Leaving): Accounting<Disclosed[]> {
    return (session, asOf) => {
      const act = { kind: 'READ', actor, asOf, requestId, purpose: purposeOf(actor) } as const;
      const telling = { actor, asOf, way, requestId };
      const lines = told.map((one) => lineOf(one, telling));
      const noted = this.audit.send(
        session,
        act,
        told.map((one, index) => noteOf(action, one, lines[index] ?? null)),
      );
      const disclosed = lines.filter((line) => line !== null);
      const written = writeDisclosures(session, telling, disclosed);
      return { answer: disclosed.map(disclosedOf), written: Promise.all([noted, written]) };
    };
  }
}
