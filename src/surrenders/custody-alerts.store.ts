import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import type { AlertFinding } from './engine/vocabulary';
import { CustodyAlertEntity, type SurrenderEntity } from './surrender.entity';

export type CustodyAlertRow = CustodyAlertEntity & Facts & { readonly isOverdue: boolean; readonly dueAtText: string };
export type NewAlert = Pick<CustodyAlertEntity, 'surrenderId' | 'position' | 'kind' | 'raisedAt' | 'dueAt'>;
/** A state that has lasted too long. */
export type OverdueSurrender = Pick<SurrenderEntity, 'id' | 'state' | 'dueAt'> & { readonly steps: number };

const columns = `${selectList(CustodyAlertEntity, 'a')}, a.answered_at is null and a.due_at <= app.now() as "isOverdue",
  to_char(a.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "dueAtText",
  array['OWN_AGENCY'] as relations, '{}'::text[] as consents`;
const byIds = sql<CustodyAlertRow>(
  `select ${columns} from custody_alert a where a.room_id = app.agency() and a.id = any($1::uuid[])`,
);
const ofSurrenders = sql<CustodyAlertRow>(
  `select ${columns} from custody_alert a where a.room_id = app.agency() and a.surrender_id = any($1::uuid[])
   order by a.surrender_id, a.position, a.kind`,
);
const open = sql<CustodyAlertRow>(
  `select ${columns} from custody_alert a where a.room_id = app.agency() and a.answered_at is null
     and ($1::timestamptz is null or (a.due_at, a.id) > ($1, $2::uuid)) order by a.due_at, a.id limit $3`,
);
const lock = sql<CustodyAlertRow>(
  `select ${columns} from custody_alert a where a.room_id = app.agency() and a.id = $1 for update of a`,
);
const unanswered = sql<CustodyAlertRow>(
  `select ${columns} from custody_alert a where a.room_id = app.agency() and a.surrender_id = $1
     and a.finding is distinct from 'EXPLAINED' and a.finding is distinct from 'CORRECTED' order by a.position, a.kind`,
);
const insertion = insertionOf(CustodyAlertEntity, 'custody_alert', ['finding', 'answeredAt', 'answeredBy', 'toldAt']);
const raise = sql(`${insertion.statement.text} on conflict (surrender_id, position, kind) do nothing`);
const answer = sql('update custody_alert set finding = $2, answered_at = $3, answered_by = $4 where id = $1');
const overdue = sql<{ id: string; roomId: string }>(
  `select id, room_id as "roomId" from surrender where due_at <= app.now() and id <> all ($2::uuid[]) order by due_at limit $1`,
);
const lockOverdue = sql<OverdueSurrender>(
  `select s.id, s.state, s.due_at as "dueAt",
     (select coalesce(max(e.position), 0) from custody_event e where e.surrender_id = s.id) as steps
   from surrender s where s.id = $1 and s.due_at <= app.now() for update of s skip locked`,
);
const isLeft = 'a.answered_at is null and a.due_at <= app.now()';
const unheard = sql<{ id: string }>(
  `select a.id from custody_alert a where ${isLeft} and a.told_at is null and a.id <> all ($2::uuid[]) order by a.due_at limit $1`,
);
const tell = sql<{ agencyId: string }>(
  `update custody_alert a set told_at = $2 from agency g where a.id = $1 and ${isLeft} and a.told_at is null and app.annex_of(g.id) = a.room_id
   returning g.id as "agencyId"`,
);
const leftIn = sql(`select 1 from custody_alert a where a.room_id = $1 and ${isLeft} limit 1`);
const clearDue = sql('update surrender set due_at = null where id = $1');

@Injectable()
export class CustodyAlertsStore {
  byIds(reader: Reader, ids: readonly string[]): Promise<CustodyAlertRow[]> {
    return reader.query(byIds, [ids]);
  }

  ofSurrenders(reader: Reader, surrenderIds: readonly string[]): Promise<CustodyAlertRow[]> {
    return reader.query(ofSurrenders, [surrenderIds]);
  }

  /** Not answered yet, the most urgent first. */
  open(reader: Reader, after: Keyset | null, limit: number): Promise<CustodyAlertRow[]> {
    return reader.query(open, [after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  /** Of one surrender, what nobody has answered for good. */
  unanswered(tx: Tx, surrenderId: string): Promise<CustodyAlertRow[]> {
    return tx.query(unanswered, [surrenderId]);
  }

  async lock(tx: Tx, id: string): Promise<CustodyAlertRow | undefined> {
    return (await tx.query(lock, [id]))[0];
  }

  /** One of a kind per step: a second look raises nothing. */
  raise(tx: Tx, alert: NewAlert): void {
    tx.post(raise, insertion.valuesOf({ ...alert, id: newId(), roomId: tx.actor.agencyId }));
  }

  answer(tx: Tx, id: string, finding: AlertFinding): void {
    tx.post(answer, [id, finding, tx.asOf, tx.actor.id]);
  }

  /** States of whatever room that have lasted too long. */
  overdue(reader: Reader, limit: number, resting: readonly string[]): Promise<{ id: string; roomId: string }[]> {
    return reader.query(overdue, [limit, resting]);
  }

  /** What nobody has looked into in time, of whatever room, and of which the operator was not told. */
  unheard(reader: Reader, limit: number, resting: readonly string[]): Promise<{ id: string }[]> {
    return reader.query(unheard, [limit, resting]);
  }

  /** Whose it is; undefined: it was looked into, or told of, meanwhile. */
  async tell(tx: SystemTx, id: string): Promise<string | undefined> {
    return (await tx.query(tell, [id, tx.asOf]))[0]?.agencyId;
  }

  /** Whether something in this room should have been looked into by now. */
  async isLeftIn(reader: Reader, roomId: string): Promise<boolean> {
    return (await reader.query(leftIn, [roomId])).length > 0;
  }

  /** Undefined: no longer overdue, or in other hands right now. */
  async lockOverdue(tx: SystemTx, id: string): Promise<OverdueSurrender | undefined> {
    return (await tx.query(lockOverdue, [id]))[0];
  }

  /** Somebody was told. */
  clearDue(tx: SystemTx, id: string): void {
    tx.post(clearDue, [id]);
  }
}
