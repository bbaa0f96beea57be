import { Injectable, Logger } from '@nestjs/common';
import type { Actor } from '../../access';
import { canonicalJson } from '../database/canonical-json';
import { isAborted, isAway, isContention, Unavailable } from '../database/failures';
import { newId } from '../database/new-id';
import { systemActor } from '../database/system-actor';
import type { Session } from '../database/session';
import { sql } from '../database/statement';
import { auditFailures } from '../health/metrics';
import { entryBytes, momentText, type AuditEntry, type AuditKind, type AuditNote } from './audit-entry';
import { AuditJournal } from './audit-journal';
import { AuditKeys } from './audit-keys';

/** One decision, as the trail keeps it: who, when, on which request. Its notes share a decision id. */
export interface AuditAct {
  readonly kind: AuditKind;
  readonly actor: Actor;
  /** The database’s time of the transaction that decided. */
  readonly asOf: Date;
  readonly requestId?: string | null | undefined;
  /** The code of a refusal; only and always for one. */
  readonly refusal?: string | null;
  /** The purpose of use the caller gave, as a code. */
  readonly purpose?: string | null;
}

const writeEntries = sql(
  `insert into audit_entry (id, decision_id, at, agency_id, actor_kind, actor_id, role, kind, refusal, purpose, request_id, key_id,
     action, subject_type, subject_id, details, mac)
   select n.id, $1, $2, n."agencyId", n."actorKind", n."actorId", n.role, $3, $4, $5, $6, $7, n.action, n."subjectType", n."subjectId",
     n.details, decode(n.mac, 'hex')
   from jsonb_to_recordset($8) as n(id uuid, "agencyId" uuid, "actorKind" text, "actorId" uuid, role text, action text,
     "subjectType" text, "subjectId" uuid, details jsonb, mac text)`,
);

/** Writes the trail. What it cannot write has not happened: its failure is the caller’s, who is told to ask again. */
@Injectable()
export class AuditWriter {
  readonly #log = new Logger(AuditWriter.name);

  constructor(
    private readonly keys: AuditKeys,
    private readonly journal: AuditJournal,
  ) {}

  /**
   * Sends the entries of one decision without waiting; they are written when the session’s transaction commits. Rejects with
   * `Unavailable` where the trail cannot be written; the caller then answers nothing protected.
   */
  send(session: Pick<Session, 'send' | 'whenCommitted'>, act: AuditAct, notes: readonly AuditNote[]): Promise<unknown> {
    const { actor, asOf, kind, refusal = null, purpose = null, requestId = null } = act;
    const common = {
      decisionId: newId(),
      at: momentText(asOf),
      kind,
      refusal,
      purpose,
      requestId,
      keyId: this.keys.signingId,
    };
    const ids = notes.map(() => newId());
    const rows = notes.map((note, at) =>
      // As PostgreSQL will give the id back, whoever wrote it and how.
      this.signed({
        ...common,
        ...actedBy(note.inTrailOf === undefined ? actor : systemActor(note.inTrailOf)),
        action: note.action,
        subjectType: note.subjectType,
        subjectId: note.subjectId?.toLowerCase() ?? null,
        id: ids[at] ?? newId(),
        details: detailsOf(note),
      }),
    );
    session.whenCommitted(() => {
      this.journal.note(ids);
    });
    const values = [common.decisionId, asOf, kind, refusal, purpose, requestId, common.keyId];
    const sent = session.send(writeEntries, [...values, `[${rows.join()}]`]).catch((error: unknown) => {
      throw this.reported(error);
    });
    sent.catch(() => undefined);
    return sent;
  }

  /** One note as JSON; the details are inserted as the text that was signed. */
  private signed(entry: AuditEntry): string {
    const { id, agencyId, actorKind, actorId, role, action, subjectType, subjectId, details } = entry;
    const mac = this.keys.sign(entryBytes(entry)).toString('hex');
    const row = { id, agencyId, actorKind, actorId, role, action, subjectType, subjectId, mac };
    return `${JSON.stringify(row).slice(0, -1)},"details":${details}}`;
  }

  /** A trail that cannot be written is an alarm, not a quiet “later”. */
  private reported(error: unknown): unknown {
    if (isContention(error) || isAborted(error)) return error;
    if (!isAway(error)) {
      auditFailures.inc();
      const { code = 'none' } = error as { code?: string };
      this.#log.error({ code, msg: 'the audit trail cannot be written; nothing is answered until it can' });
    }
    return new Unavailable('the audit trail could not be written', false, { cause: error });
  }
}

const actedBy = ({ agencyId, kind, id, role }: Actor) => ({ agencyId, actorKind: kind, actorId: id, role });

const detailsOf = ({ details = {} }: AuditNote): string => canonicalJson(details);
