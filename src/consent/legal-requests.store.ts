import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import { LegalRequestEntity } from './legal-request.entity';

export type LegalRequestRow = LegalRequestEntity & Facts & { readonly recordedAtText: string };

const columns = `${selectList(LegalRequestEntity, 'l')},
  to_char(l.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "recordedAtText",
  array['OWN_AGENCY'] as relations, '{}'::text[] as consents`;
const byId = sql<LegalRequestRow>(
  `select ${columns} from legal_request l where l.agency_id = app.agency() and l.id = any($1::uuid[])`,
);
const page = sql<LegalRequestRow>(
  `select ${columns} from legal_request l where l.agency_id = app.agency()
     and ($1::timestamptz is null or (l.recorded_at, l.id) < ($1, $2::uuid)) order by l.recorded_at desc, l.id desc limit $3`,
);
const insertion = insertionOf(LegalRequestEntity, 'legal_request');

@Injectable()
export class LegalRequestsStore {
  byId(reader: Reader, ids: readonly string[]): Promise<LegalRequestRow[]> {
    return reader.query(byId, [ids]);
  }

  /** Of the actor’s agency, newest first. */
  page(reader: Reader, after: Keyset | null, limit: number): Promise<LegalRequestRow[]> {
    return reader.query(page, [after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  insert(tx: Tx, request: Pick<LegalRequestEntity, 'kind' | 'issuer' | 'receivedAt' | 'decision'>): string {
    const { agencyId, id: recordedBy } = tx.actor;
    const row = { ...request, id: newId(), agencyId, recordedAt: tx.asOf, recordedBy };
    tx.post(insertion.statement, insertion.valuesOf(row));
    return row.id;
  }
}
