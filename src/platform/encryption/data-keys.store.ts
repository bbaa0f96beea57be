import type { Reader } from '../database/reader';
import { sql } from '../database/statement';
import type { SystemTx } from '../database/tx';
import type { KeyPurpose } from './key-ring';
import type { WrappedKey } from './key-service';

export interface DataKeyRow extends WrappedKey {
  readonly id: string;
  readonly purpose: KeyPurpose;
  readonly isActive: boolean;
  readonly isRetired: boolean;
  /** Replaced so long ago that no process writes with it any more. */
  readonly isForsaken: boolean;
}

/** Any number will do that no other lock has: keys are made one after the other. */
const takeTurn = sql(`select pg_advisory_xact_lock(hashtextextended('handrail.data-key', 0))`);
const all = sql<DataKeyRow>(
  `select k.id, k.purpose, k.wrapped, k.kek_id as "kekId", k.active_at <= app.now() as "isActive",
     k.retired_at is not null as "isRetired",
     exists (select 1 from data_key n where n.purpose = k.purpose and n.active_at > k.active_at
       and n.active_at < app.now() - interval '5 minutes') as "isForsaken"
   from data_key k order by k.active_at, k.id`,
);
const add = sql<{ id: string }>(
  `insert into data_key (id, purpose, wrapped, kek_id, active_at)
   select $1, $2::text, $3, $4, app.now() + $5::interval
   where $6 or not exists (select 1 from data_key where purpose = $2::text) returning id`,
);
const rewrap = sql('update data_key set wrapped = $2, kek_id = $3 where id = $1');
const retire = sql('update data_key set retired_at = app.now() where id = $1 and retired_at is null');

export interface NewDataKey extends WrappedKey {
  readonly id: string;
  readonly purpose: KeyPurpose;
}

/** Until then every process has seen a new key, which reads it at once and writes with it only then. */
export const LEAD = '2 minutes';

/** Wrapped data keys; who reads them without the key-encryption key has nothing. */
export class DataKeysStore {
  all(reader: Reader): Promise<DataKeyRow[]> {
    return reader.query(all);
  }

  /** The first of its purpose, to be written with at once. False when another process was first. */
  async addFirst(tx: SystemTx, key: NewDataKey): Promise<boolean> {
    return this.insert(tx, key, ['0', false]);
  }

  /** Written with after `LEAD`. */
  async addNext(tx: SystemTx, key: NewDataKey): Promise<void> {
    await this.insert(tx, key, [LEAD, true]);
  }

  rewrap(tx: SystemTx, id: string, { kekId, wrapped }: WrappedKey): void {
    tx.post(rewrap, [id, wrapped, kekId]);
  }

  retire(tx: SystemTx, id: string): void {
    tx.post(retire, [id]);
  }

  lock(tx: SystemTx): void {
    tx.post(takeTurn);
  }

  private async insert(tx: SystemTx, key: NewDataKey, [lead, isNext]: [string, boolean]): Promise<boolean> {
    this.lock(tx);
    const made = await tx.query(add, [key.id, key.purpose, key.wrapped, key.kekId, lead, isNext]);
    return made.length > 0;
  }
}
