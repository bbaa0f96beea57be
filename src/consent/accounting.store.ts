import { Injectable } from '@nestjs/common';
import type { ConsentScope, Facts, Purpose, Role } from '../access';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import { AccountingRequestEntity } from './accounting.entity';
import type { AccountingState } from './accounting.enums';
import type { Told } from './engine/accounting';

export type AccountingRequestRow = AccountingRequestEntity &
  Facts & { readonly state: AccountingState; readonly dueAtText: string };
export type RecordedRequest = Omit<AccountingRequestEntity, 'id' | 'answeredAt' | 'answeredBy'>;

export interface LedgerRow extends Facts {
  readonly id: string;
  readonly at: Date;
  readonly atText: string;
  readonly fromAgencyId: string;
  readonly toAgencyId: string;
  readonly role: Role;
  readonly purpose: Purpose;
  readonly told: Told;
  readonly consentScopes: ConsentScope[];
  readonly isPart2: boolean;
}

const textOf = (column: string): string => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const state = `case when q.answered_at is not null then 'ANSWERED' when q.due_at < app.now() then 'OVERDUE' else 'OPEN' end`;
// Row-level security shows a request to who answers it and to who recorded it.
const columns = `${selectList(AccountingRequestEntity, 'q')}, ${state} as state, ${textOf('q.due_at')} as "dueAtText",
  array_remove(array[case when q.agency_id = app.agency() then 'OWN_AGENCY' end,
    case when q.recorded_by_agency_id = app.agency() then 'KNOWN' end], null) as relations, '{}'::text[] as consents`;
const byId = sql<AccountingRequestRow>(`select ${columns} from accounting_request q where q.id = any($1::uuid[])`);
const lock = sql<AccountingRequestRow>(
  `select ${columns} from accounting_request q where q.id = $1 and q.agency_id = app.agency() for update of q`,
);
const page = sql<AccountingRequestRow>(
  `select ${columns} from accounting_request q where q.agency_id = app.agency() and ($1::text is null or ${state} = $1)
     and ($2::timestamptz is null or (q.due_at, q.id) > ($2, $3::uuid)) order by q.due_at, q.id limit $4`,
);
const disclosures = sql<LedgerRow>(
  `select d.id, d.at, ${textOf('d.at')} as "atText", d.from_agency_id as "fromAgencyId", d.to_agency_id as "toAgencyId", d.role,
     d.purpose, d.what as told, d.consents as "consentScopes", d.is_part2 as "isPart2",
     array['OWN_AGENCY'] as relations, '{}'::text[] as consents
   from app.disclosures_in($1) d where ($2::timestamptz is null or (d.at, d.id) > ($2, $3::uuid)) order by d.at, d.id limit $4`,
);
const operator = sql<{ id: string }>("select id from agency where kind = 'PLATFORM' and is_active order by id limit 1");
const insertion = insertionOf(AccountingRequestEntity, 'accounting_request', ['answeredAt', 'answeredBy']);
const close = sql('update accounting_request set answered_at = $2, answered_by = $3 where id = $1');

@Injectable()
export class AccountingStore {
  byId(reader: Reader, ids: readonly string[]): Promise<AccountingRequestRow[]> {
    return reader.query(byId, [ids]);
  }

  /** Locks one that the actor’s agency answers. */
  async lock(tx: Tx, id: string): Promise<AccountingRequestRow | undefined> {
    return (await tx.query(lock, [id]))[0];
  }

  /** Those that the actor’s agency answers, first those that are due first. */
  page(reader: Reader, only: AccountingState | null, after: Keyset | null, limit: number) {
    return reader.query(page, [only, after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  /** Oldest first; none for a request that another agency answers. */
  disclosures(reader: Reader, requestId: string, after: Keyset | null, limit: number): Promise<LedgerRow[]> {
    return reader.query(disclosures, [requestId, after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  /** The operator of the installation; null before it is set up. */
  async operatorId(reader: Reader): Promise<string | null> {
    return (await reader.query(operator))[0]?.id ?? null;
  }

  insert(tx: Tx, request: RecordedRequest): string {
    const row = { ...request, id: newId() };
    tx.post(insertion.statement, insertion.valuesOf(row));
    return row.id;
  }

  close(tx: Tx, id: string): void {
    tx.post(close, [id, tx.asOf, tx.actor.id]);
  }
}
