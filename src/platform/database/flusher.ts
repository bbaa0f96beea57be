import { Injectable } from '@nestjs/common';
import { AuditWriter } from '../audit/audit-writer';
import { brokenCommit } from './broken-commit';
import { isAway, Unavailable } from './failures';
import { keep } from './idempotency';
import { newId } from './new-id';
import type { Session } from './session';
import { sql } from './statement';
import type { Job, Tx } from './tx';
import type { Command, Done } from './command';

/** Writes jobs with the transaction’s own connection, so that job and effect are one. Implemented over the job library. */
export abstract class JobWriter {
  abstract write(
    jobs: readonly Job[],
    executeSql: (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>,
    isBulk: boolean,
  ): Promise<void>;
}

/** The job that carries outbox events of one command to their subscribers. */
export const DELIVER_EVENT = 'deliver-event';
/** Events that one job carries: few, so that a batch of jobs is soon done. */
const CARRIED = 10;

const deliveriesOf = (ids: readonly string[]): Job[] =>
  Array.from({ length: Math.ceil(ids.length / CARRIED) }, (_, at) => ({
    name: DELIVER_EVENT,
    data: { eventIds: ids.slice(at * CARRIED, (at + 1) * CARRIED).join(',') },
  }));

const writeEvents = sql(
  `insert into outbox_event (id, at, agency_id, name, subject_type, subject_id, payload, is_bulk)
   select e.id, $1, $2, e.name, e."subjectType", e."subjectId", coalesce(e.payload, '{}'), $4
   from jsonb_to_recordset($3) as e(id uuid, name text, "subjectType" text, "subjectId" uuid, payload jsonb)`,
);

/** The last step of a command: audit, events, jobs and the remembered answer, then COMMIT, all in one round trip. */
@Injectable()
export class Flusher {
  constructor(
    private readonly jobs: JobWriter,
    private readonly audit: AuditWriter,
  ) {}

  /** Resolves to what the command answers, with the record it asked to have read back. */
  async commit(session: Session, tx: Tx, command: Command, { id }: Done): Promise<Done> {
    const { actor, asOf } = tx;
    const events = tx.events.map((event) => ({ ...event, id: newId() }));
    const jobs = [...tx.jobs, ...deliveriesOf(events.map((event) => event.id))];
    const isBulk = command.isBulk === true;
    const posted = tx.posted.length;
    const sent: unknown[] = [...tx.posted];
    const act = { kind: 'COMMAND', actor, asOf, requestId: command.requestId } as const;
    if (tx.audits.length > 0) sent.push(this.audit.send(session, act, tx.audits));
    if (events.length > 0) sent.push(session.send(writeEvents, [asOf, actor.agencyId, JSON.stringify(events), isBulk]));
    if (jobs.length > 0) sent.push((await this.writeJobs(session, jobs, isBulk)).answer);
    if (command.key) sent.push(keep(session, actor, command, { key: command.key, id }));
    const record = command.readBack?.(tx.asActor(), id);
    sent.push(...tx.posted.slice(posted), record);
    const committed = session.commit();
    committed.catch(() => undefined);
    const broken = (await Promise.allSettled(sent)).find((one) => one.status === 'rejected');
    // The first in the order of sending: what came after it only says that the transaction is aborted.
    if (broken) throw broken.reason;
    await committed.then(
      (isCommitted) => {
        if (!isCommitted) throw brokenCommit(session, actor, command.name);
      },
      (cause: unknown) => {
        throw isAway(cause) ? new Unavailable('the answer to COMMIT was lost', true, { cause }) : cause;
      },
    );
    return record === undefined ? { id } : { id, record: await record };
  }

  /** Resolves once the job statement is on the wire, so that COMMIT can only follow it; the inner promise is its answer. */
  private async writeJobs(session: Session, jobs: readonly Job[], isBulk: boolean): Promise<{ answer: Promise<void> }> {
    let sent = (): void => undefined;
    const onWire = new Promise<void>((resolve) => (sent = resolve));
    const onSession = (text: string, values: unknown[]): Promise<{ rows: unknown[] }> => {
      const rows = session.sendText(text, values);
      sent();
      return rows;
    };
    const answer = this.jobs.write(jobs, onSession, isBulk);
    await Promise.race([onWire, answer]);
    return { answer };
  }
}
