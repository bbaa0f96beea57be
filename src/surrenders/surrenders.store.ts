import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import { FieldCipher } from '../platform/encryption/field-cipher';
import { sealedField } from '../platform/encryption/sealed-field';
import type { Keyset } from '../platform/graphql';
import type { Link } from './engine/chain';
import { CustodyEventEntity, SurrenderEntity } from './surrender.entity';

/** As the property room has it. */
export type SurrenderRow = Omit<SurrenderEntity, 'slip'> & Facts;
/** As a step locks it: with the chain up to here, the last step first. */
export type LockedSurrender = SurrenderRow & { readonly chain: readonly Link[] };
export type CustodyEventRow = CustodyEventEntity & Facts;
export type NewSurrender = Omit<SurrenderEntity, 'id' | 'roomId' | 'openedAt'>;
export type NewCustodyEvent = Omit<CustodyEventEntity, 'id' | 'roomId' | 'at' | 'byId'>;
/** What a step changes of it. */
export type Moved = Pick<
  SurrenderEntity,
  'state' | 'sealNumber' | 'sealedGrossWeightGrams' | 'place' | 'laboratory' | 'dueAt'
>;

const DESCRIPTION = sealedField('surrender', 'description');
const SLIP = sealedField('surrender', 'slip');

const OURS = `array['OWN_AGENCY'] as relations, '{}'::text[] as consents`;
// A weight is compared as a number, and a date must not be moved by the driver’s time zone.
const asNumber = (list: string, alias: string): string =>
  list.replace(`${alias}.sealed_gross_weight_grams as`, `${alias}.sealed_gross_weight_grams::float8 as`);
const columns = `${asNumber(selectList(SurrenderEntity, 's', ['slip']), 's').replace(
  's.received_on as',
  's.received_on::text as',
)}, ${OURS}`;
const eventColumns = `${asNumber(selectList(CustodyEventEntity, 'e'), 'e')}, ${OURS}`;
const chainOf = sql<Link>(
  `select case when e.other_name is null then e.by_id end as "accountId", coalesce(e.other_name, e.by_name) as name,
     e.command, e.place, e.reference, e.at
   from custody_event e where e.room_id = app.agency() and e.surrender_id = $1 order by e.position desc`,
);

const now = sql<{ now: Date }>('select app.now() as now');
const byIds = sql<SurrenderRow>(
  `select ${columns} from surrender s where s.room_id = app.agency() and s.id = any($1::uuid[])`,
);
const page = sql<SurrenderRow>(
  `select ${columns} from surrender s where s.room_id = app.agency()
     and ($1::timestamptz is null or (s.opened_at, s.id) < ($1, $2::uuid)) order by s.opened_at desc, s.id desc limit $3`,
);
const lock = sql<SurrenderRow>(
  `select ${columns} from surrender s where s.room_id = app.agency() and s.id = $1 for update of s`,
);
const eventsOf = sql<CustodyEventRow>(
  `select ${eventColumns} from custody_event e where e.room_id = app.agency() and e.surrender_id = any($1::uuid[])
   order by e.surrender_id, e.position`,
);
const slipOf = sql<{ id: string; slip: string }>(
  `select id, slip_sealed as slip from surrender where room_id = app.agency() and id = $1`,
);
const insertion = insertionOf(SurrenderEntity, 'surrender');
// No row back: the property number is in use. A check beforehand would let two at once through.
const insert = sql<{ id: string }>(
  `${insertion.statement.text} on conflict (room_id, property_number) do nothing returning id`,
);
const eventInsertion = insertionOf(CustodyEventEntity, 'custody_event');
const move = sql(
  `update surrender set state = $3, seal_number = $4, sealed_gross_weight_grams = $5, place = $6, laboratory = $7, due_at = $8
   where id = $1 and state = $2`,
);

/** The store of the property room. Every statement runs in the annex, where there is no person to be found. */
@Injectable()
export class SurrendersStore {
  constructor(private readonly fields: FieldCipher) {}

  /** The database’s time. */
  async now(reader: Reader): Promise<Date> {
    return (await reader.query(now))[0]?.now ?? new Date(NaN);
  }

  async byIds(reader: Reader, ids: readonly string[]): Promise<SurrenderRow[]> {
    return this.opened(reader.query(byIds, [ids]));
  }

  /** Newest first. */
  page(reader: Reader, after: Keyset | null, limit: number): Promise<SurrenderRow[]> {
    return this.opened(reader.query(page, [after?.createdAt ?? null, after?.id ?? null, limit]));
  }

  /** Of two steps on one surrender the second waits for the first. */
  async lock(tx: Tx, id: string): Promise<LockedSurrender | undefined> {
    const row = (await tx.query(lock, [id]))[0];
    return row && { ...row, chain: await tx.query(chainOf, [id]) };
  }

  eventsOf(reader: Reader, surrenderIds: readonly string[]): Promise<CustodyEventRow[]> {
    return reader.query(eventsOf, [surrenderIds]);
  }

  /** The one-way token, to compare with; null: no such surrender. */
  async slipOf(reader: Reader, id: string): Promise<string | null> {
    const rows = await this.fields.unseal(await reader.query(slipOf, [id]), 'slip', SLIP);
    return rows[0]?.slip ?? null;
  }

  /** Null: the property number is in use. */
  async insert(tx: Tx, opened: NewSurrender): Promise<string | null> {
    const id = randomUUID();
    const row = { ...opened, id, roomId: tx.actor.agencyId, openedAt: tx.asOf };
    const sealed = {
      ...row,
      description: this.fields.seal(DESCRIPTION, id, opened.description),
      slip: this.fields.seal(SLIP, id, opened.slip),
    };
    return (await tx.query(insert, insertion.valuesOf(sealed as unknown as SurrenderEntity)))[0]?.id ?? null;
  }

  addEvent(tx: Tx, event: NewCustodyEvent): void {
    const row = { ...event, id: newId(), roomId: tx.actor.agencyId, at: tx.asOf, byId: tx.actor.id };
    tx.post(eventInsertion.statement, eventInsertion.valuesOf(row));
  }

  move(tx: Tx, { id, state }: Pick<SurrenderRow, 'id' | 'state'>, to: Moved): void {
    const { sealNumber, sealedGrossWeightGrams, place, laboratory, dueAt } = to;
    tx.post(move, [id, state, to.state, sealNumber, sealedGrossWeightGrams, place, laboratory, dueAt]);
  }

  private async opened<Row extends SurrenderRow>(rows: Promise<Row[]>): Promise<Row[]> {
    return this.fields.unseal(await rows, 'description', DESCRIPTION);
  }
}
