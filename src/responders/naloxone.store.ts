import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import { NaloxoneLotEntity, NaloxoneMovementEntity, StockWarningEntity } from './naloxone.entity';

export type NaloxoneLotRow = NaloxoneLotEntity & Facts & { readonly isExpired: boolean };
export type NaloxoneMovementRow = Pick<
  NaloxoneMovementEntity,
  'id' | 'lotId' | 'kind' | 'because' | 'change' | 'onHand'
> &
  Facts & { readonly at: Date; readonly on: string; readonly isOnReport: boolean };
export type StockWarningRow = StockWarningEntity & Facts;
export type NewMovement = Pick<NaloxoneMovementEntity, 'lotId' | 'kind' | 'because' | 'change'> &
  Partial<Pick<NaloxoneMovementEntity, 'overdoseReportId' | 'restockId'>>;
export type NewLot = Pick<NaloxoneLotEntity, 'product' | 'lotNumber' | 'expiresOn'>;
export interface StockFacts {
  readonly today: string;
  /** Null: the agency has set none. */
  readonly lowAt: number | null;
  /** Whether the agency has ever taken doses in here, or said how many it wants to have. */
  readonly isKept: boolean;
}

const OWN = `array['OWN_AGENCY'] as relations, '{}'::text[] as consents`;
const TODAY = `(app.now() at time zone 'UTC')::date`;
const lotColumns = selectList(NaloxoneLotEntity, 'l').replace('l.expires_on as', 'l.expires_on::text as');
const LOTS = `select ${lotColumns}, l.expires_on < ${TODAY} as "isExpired", ${OWN}
  from naloxone_lot l where l.agency_id = app.agency()`;
const lotsByIds = sql<NaloxoneLotRow>(`${LOTS} and l.id = any($1::uuid[])`);
const lotPage = sql<NaloxoneLotRow>(
  `${LOTS} and l.on_hand > 0 and ($1::timestamptz is null or (l.expires_on, l.id) > (($1::timestamptz at time zone 'UTC')::date, $2::uuid))
   order by l.expires_on, l.id limit $3`,
);
const inStock = sql<NaloxoneLotRow>(`${LOTS} and l.on_hand > 0 order by l.expires_on, l.id`);
// Of two who take at once the second waits for the first, and sees what is left.
const lockStock = sql<NaloxoneLotRow>(
  `${LOTS} and l.on_hand > 0 and ($1::text is null or l.product = $1) order by l.expires_on, l.id for update of l`,
);
const lockLot = sql<NaloxoneLotRow>(`${LOTS} and l.id = $1 for update of l`);
const lotInsertion = insertionOf(NaloxoneLotEntity, 'naloxone_lot');
const openLot = sql(
  `${lotInsertion.statement.text} on conflict (agency_id, product, lot_number, expires_on) do nothing`,
);
const lotOf = sql<{ id: string }>(
  `select id from naloxone_lot where agency_id = app.agency() and product = $1 and upper(lot_number) = $2 and expires_on = $3::date
   order by lot_number = $2 desc, id limit 1`,
);
// The UPDATE decides: what is not there is not taken, whoever asks at the same moment. Entry and count are one statement.
const move = sql<{ id: string }>(
  `with moved as (
     update naloxone_lot set on_hand = on_hand + $3, movements = movements + 1
     where id = $2 and agency_id = app.agency() and on_hand + $3 >= 0 returning id, agency_id, on_hand, movements)
   insert into naloxone_movement (id, agency_id, lot_id, position, kind, because, change, on_hand, at, by_id, overdose_report_id, restock_id)
   select $1, m.agency_id, m.id, m.movements, $4, $5, $3, m.on_hand, $6, $7, $8, $9 from moved m returning id`,
);
const movementPage = sql<NaloxoneMovementRow>(
  `select m.id, m.lot_id as "lotId", m.kind, m.because, m.change, m.on_hand as "onHand", m.at,
     to_char(m.at at time zone 'UTC', 'YYYY-MM-DD') as "on", m.overdose_report_id is not null as "isOnReport", ${OWN}
   from naloxone_movement m where m.agency_id = app.agency()
     and ($1::timestamptz is null or (m.at, m.id) < ($1, $2::uuid)) order by m.at desc, m.id desc limit $3`,
);
const facts = sql<StockFacts>(
  `select to_char(${TODAY}, 'YYYY-MM-DD') as today, (select l.low_at from naloxone_level l where l.agency_id = app.agency()) as "lowAt",
     exists (select 1 from naloxone_lot l where l.agency_id = app.agency())
       or exists (select 1 from naloxone_level l where l.agency_id = app.agency() and l.low_at is not null) as "isKept"`,
);
const setLevel = sql(
  `insert into naloxone_level (agency_id, low_at, look_at) values (app.agency(), $1, $2)
   on conflict (agency_id) do update set low_at = excluded.low_at, look_at = excluded.look_at`,
);
const lookSoon = sql(
  `insert into naloxone_level (agency_id, look_at) values (app.agency(), $1)
   on conflict (agency_id) do update set look_at = least(naloxone_level.look_at, excluded.look_at)`,
);
const openWarnings = sql<StockWarningRow>(
  `select ${selectList(StockWarningEntity, 'w')}, ${OWN} from stock_warning w
   where w.agency_id = app.agency() and w.ended_at is null order by w.raised_at, w.kind`,
);
const isReport = sql<{ id: string }>(
  'select id from overdose_report where id = $1 and agency_id = app.agency() and retracted_at is null',
);

/** The lots of an agency and the ledger of what came and went. */
@Injectable()
export class NaloxoneStore {
  lotsByIds(reader: Reader, ids: readonly string[]): Promise<NaloxoneLotRow[]> {
    return reader.query(lotsByIds, [ids]);
  }

  /** With doses on hand, what expires first before the others. */
  lotPage(reader: Reader, after: Keyset | null, limit: number): Promise<NaloxoneLotRow[]> {
    return reader.query(lotPage, [after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  inStock(reader: Reader): Promise<NaloxoneLotRow[]> {
    return reader.query(inStock);
  }

  /** All lots with doses on hand, of one product or any, until the transaction ends. */
  lockStock(tx: Tx, product: string | null): Promise<NaloxoneLotRow[]> {
    return tx.query(lockStock, [product]);
  }

  async lockLot(tx: Tx, id: string): Promise<NaloxoneLotRow | undefined> {
    return (await tx.query(lockLot, [id]))[0];
  }

  /** The id of the lot of this make, number and date, which is there from now on. A number is kept in capitals: `e6a` is `E6A`. */
  async lotOf(tx: Tx, { product, lotNumber: written, expiresOn }: NewLot): Promise<string> {
    const lotNumber = written.toUpperCase();
    const [kept] = await tx.query(lotOf, [product, lotNumber, expiresOn]);
    if (kept) return kept.id;
    const row = { product, lotNumber, expiresOn, id: newId(), agencyId: tx.actor.agencyId, onHand: 0, movements: 0 };
    tx.post(openLot, lotInsertion.valuesOf(row));
    return (await tx.one(lotOf, [product, lotNumber, expiresOn])).id;
  }

  /** False: there are not as many; nothing was changed. */
  async move(tx: Tx, movement: NewMovement): Promise<boolean> {
    const { lotId, kind, because, change, overdoseReportId = null, restockId = null } = movement;
    const values = [newId(), lotId, change, kind, because, tx.asOf, tx.actor.id, overdoseReportId, restockId];
    return (await tx.query(move, values)).length > 0;
  }

  /** Newest first. */
  movementPage(reader: Reader, after: Keyset | null, limit: number): Promise<NaloxoneMovementRow[]> {
    return reader.query(movementPage, [after?.createdAt ?? null, after?.id ?? null, limit]);
  }

  async facts(reader: Reader): Promise<StockFacts> {
    return (await reader.query(facts))[0] as StockFacts;
  }

  setLevel(tx: Tx, lowAt: number | null): void {
    tx.post(setLevel, [lowAt, tx.asOf]);
  }

  /** Its stock is looked at with the next sweep. */
  lookSoon(tx: Tx): void {
    tx.post(lookSoon, [tx.asOf]);
  }

  openWarnings(reader: Reader): Promise<StockWarningRow[]> {
    return reader.query(openWarnings);
  }

  /** Whether it is a report of the actor’s agency that stands. */
  async isReport(reader: Reader, id: string): Promise<boolean> {
    return (await reader.query(isReport, [id])).length > 0;
  }
}
