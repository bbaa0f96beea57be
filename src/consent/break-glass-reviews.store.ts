import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { selectList } from '../platform/database/columns';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import { BreakGlassReviewEntity } from './break-glass.entity';
import type { ReviewState } from './break-glass.enums';
import type { ReviewFinding } from './engine/emergency';

export type BreakGlassReviewRow = BreakGlassReviewEntity &
  Facts & { readonly state: ReviewState; readonly dueAtText: string; readonly openedBy: string };

const state = `case when v.finding is not null then 'REVIEWED' when v.due_at < app.now() then 'OVERDUE' else 'WAITING' end`;
const columns = `${selectList(BreakGlassReviewEntity, 'v')}, ${state} as state, b.opened_by as "openedBy",
  to_char(v.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "dueAtText",
  array['OWN_AGENCY'] as relations, '{}'::text[] as consents`;
const from = `from break_glass_review v join break_glass b on b.id = v.break_glass_id where v.agency_id = app.agency()`;
const byId = sql<BreakGlassReviewRow>(`select ${columns} ${from} and v.id = any($1::uuid[])`);
const lock = sql<BreakGlassReviewRow>(`select ${columns} ${from} and v.id = $1 for update of v`);
const page = sql<BreakGlassReviewRow>(
  `select ${columns} ${from} and ($1::text is null or ${state} = $1)
     and ($2::timestamptz is null or (v.due_at, v.id) > ($2, $3::uuid)) order by v.due_at, v.id limit $4`,
);
const find = sql('update break_glass_review set finding = $2, reviewed_at = $3, reviewed_by = $4 where id = $1');

@Injectable()
export class BreakGlassReviewsStore {
  byId(reader: Reader, ids: readonly string[]): Promise<BreakGlassReviewRow[]> {
    return reader.query(byId, [ids]);
  }

  async lock(tx: Tx, id: string): Promise<BreakGlassReviewRow | undefined> {
    return (await tx.query(lock, [id]))[0];
  }

  /** Of the actor’s agency, first those that are due first. */
  page(reader: Reader, only: ReviewState | null, after: Keyset | null, limit: number): Promise<BreakGlassReviewRow[]> {
    return reader.query(page, [only, after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  find(tx: Tx, id: string, finding: ReviewFinding): void {
    tx.post(find, [id, finding, tx.asOf, tx.actor.id]);
  }
}
