import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import type { AgencyKind } from '../kernel/vocabulary';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import type { BatchContent } from './alert-reasons';
import { BatchWarningEntity } from './batch-warning.entity';

export type BatchWarningRow = BatchWarningEntity &
  Facts & { readonly issuedAtText: string; readonly isInForce: boolean };
export type NewBatchWarning = Omit<BatchWarningEntity, 'id' | 'agencyId' | 'issuedAt' | 'withdrawnAt'>;

export type LaboratoryWarning = Pick<BatchWarningEntity, 'issuedAt' | 'expiresAt'> & {
  readonly contents: readonly BatchContent[];
  readonly countyFips: readonly string[];
};

const columns = `${selectList(BatchWarningEntity, 'w')},
  array['TOLD'] || case when w.agency_id = app.agency() then '{OWN_AGENCY}'::text[] else '{}' end as relations, '{}'::text[] as consents,
  w.withdrawn_at is null and w.expires_at > app.now() as "isInForce",
  to_char(w.issued_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "issuedAtText"`;
const page = sql<BatchWarningRow>(
  `with mine as materialized (
     select p.warning_id, p.issued_at from batch_warning_party p join batch_warning w on w.id = p.warning_id
     where p.agency_id = app.agency() and (not $4 or (w.withdrawn_at is null and w.expires_at > app.now()))
       and ($2::timestamptz is null or (p.issued_at, p.warning_id) < ($2, $3::uuid))
     order by p.issued_at desc, p.warning_id desc limit $1)
   select ${columns} from mine m join batch_warning w on w.id = m.warning_id order by m.issued_at desc, m.warning_id desc`,
);
const byIds = sql<BatchWarningRow>(`select ${columns} from batch_warning w where w.id = any($1::uuid[])`);
const issue = insertionOf(BatchWarningEntity, 'batch_warning', ['withdrawnAt']);
const issueOfLaboratory = sql<{ id: string }>(
  `${issue.statement.text} on conflict (issued_at, contents, county_fips) where agency_id is null do nothing returning id`,
);
const tell = sql(
  `insert into batch_warning_party (agency_id, warning_id, issued_at)
   select a.id, $1, $2 from agency a
   where a.is_active and a.kind = any($4) and (a.id = $5 or exists (select 1 from agency_jurisdiction j where j.agency_id = a.id and j.county_fips = any($3)))
   on conflict do nothing`,
);
const withdraw = sql<{ id: string }>(
  'update batch_warning set withdrawn_at = $2 where id = $1 and withdrawn_at is null returning id',
);

@Injectable()
export class BatchWarningsStore {
  /** The newest first; one more than asked for where more follow. */
  page(reader: Reader, first: number, after: Keyset | null, isInForce: boolean): Promise<BatchWarningRow[]> {
    return reader.query(page, [first + 1, after?.createdAt ?? null, after?.id ?? null, isInForce]);
  }

  byIds(reader: Reader, ids: readonly string[]): Promise<BatchWarningRow[]> {
    return reader.query(byIds, [ids]);
  }

  issue(tx: SystemTx, agencyId: string, warning: NewBatchWarning): string {
    const id = newId();
    tx.post(issue.statement, issue.valuesOf({ ...warning, id, agencyId, issuedAt: tx.asOf }));
    return id;
  }

  /** Nobody’s, under an id that tells no time; null: there is one of this week with the same contents. */
  async issueOfLaboratory(tx: SystemTx, { contents, countyFips, issuedAt, expiresAt }: LaboratoryWarning) {
    const id = randomUUID();
    const nobody = { id, agencyId: null, basis: 'LABORATORY', soldAs: null, form: null } as const;
    const row = { ...nobody, contents: [...contents], countyFips: [...countyFips], issuedAt, expiresAt };
    return (await tx.query(issueOfLaboratory, issue.valuesOf(row)))[0]?.id ?? null;
  }

  /** Agencies of these kinds at work in any of these counties, and who issued it. */
  tell(
    tx: SystemTx,
    warning: Pick<BatchWarningEntity, 'id' | 'issuedAt' | 'agencyId'>,
    counties: readonly string[],
    kinds: readonly AgencyKind[],
  ): void {
    tx.post(tell, [warning.id, warning.issuedAt, counties, kinds, warning.agencyId]);
  }

  /** False: it was withdrawn before. */
  async withdraw(tx: SystemTx, id: string): Promise<boolean> {
    return (await tx.query(withdraw, [id, tx.asOf])).length > 0;
  }
}
