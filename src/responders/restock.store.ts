import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import type { RestockDeclineReason } from './engine/vocabulary';
import { RestockRequestEntity } from './naloxone.entity';
import type { NewLot } from './naloxone.store';
import type { RestockState } from './restock.machine';

export type RestockRow = RestockRequestEntity & Facts;
export type NewRestock = Pick<RestockRequestEntity, 'supplierAgencyId' | 'product' | 'doses' | 'isSpike'>;
export type Parcel = NewLot & { readonly doses: number };
export interface Restocked {
  readonly id: string;
  readonly from: RestockState;
  readonly to: RestockState;
  readonly sentDoses?: number;
  readonly because?: RestockDeclineReason;
}

const REQUESTS = `select ${selectList(RestockRequestEntity, 'r')}, '{}'::text[] as consents,
    array_remove(array[case when r.agency_id = app.agency() then 'OWN_AGENCY' end,
      case when r.supplier_agency_id = app.agency() then 'SUPPLIER' end], null) as relations
  from restock_request r where (r.agency_id = app.agency() or r.supplier_agency_id = app.agency())`;
const byIds = sql<RestockRow>(`${REQUESTS} and r.id = any($1::uuid[])`);
const page = sql<RestockRow>(
  `${REQUESTS} and ($1::timestamptz is null or (r.requested_at, r.id) < ($1, $2::uuid)) order by r.requested_at desc, r.id desc limit $3`,
);
const lock = sql<RestockRow>(`${REQUESTS} and r.id = $1 for update of r`);
const insertion = insertionOf(RestockRequestEntity, 'restock_request', ['sentDoses', 'sentAt', 'endedAt', 'because']);
const move = sql(
  `update restock_request set state = $3,
     sent_doses = coalesce($4, sent_doses), sent_at = case when $3 = 'SENT' then $6::timestamptz else sent_at end,
     ended_at = case when $3 = 'SENT' then null else $6::timestamptz end, because = $5
   where id = $1 and state = $2`,
);
const parcels = sql<Parcel>(
  `select l.product, l.lot_number as "lotNumber", l.expires_on::text as "expiresOn", -m.change as doses
   from naloxone_movement m join naloxone_lot l on l.id = m.lot_id where m.restock_id = $1 and m.kind = 'SENT' order by m.id`,
);

/** What agencies ask each other for. */
@Injectable()
export class RestockStore {
  byIds(reader: Reader, ids: readonly string[]): Promise<RestockRow[]> {
    return reader.query(byIds, [ids]);
  }

  /** Asked for by the agency, or of it; newest first. */
  page(reader: Reader, after: Keyset | null, limit: number): Promise<RestockRow[]> {
    return reader.query(page, [after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  async lock(tx: Tx, id: string): Promise<RestockRow | undefined> {
    return (await tx.query(lock, [id]))[0];
  }

  insert(tx: SystemTx, request: NewRestock): string {
    const id = newId();
    const { agencyId, id: requestedBy } = tx.actor;
    const row = { ...request, id, agencyId, requestedBy, requestedAt: tx.asOf, state: 'REQUESTED' } as const;
    tx.post(insertion.statement, insertion.valuesOf(row));
    return id;
  }

  move(tx: SystemTx, { id, from, to, sentDoses, because }: Restocked): void {
    tx.post(move, [id, from, to, sentDoses ?? null, because ?? null, tx.asOf]);
  }

  /** What was sent, lot by lot, out of the supplier’s ledger. */
  parcels(tx: SystemTx, requestId: string): Promise<Parcel[]> {
    return tx.query(parcels, [requestId]);
  }
}
