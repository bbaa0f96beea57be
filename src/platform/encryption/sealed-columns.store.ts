import type { Reader } from '../database/reader';
import { sql, type Statement } from '../database/statement';
import type { Tx } from '../database/tx';
import { idBytes } from './envelope';
import { fieldName, type SealedField } from './sealed-field';

export interface SealedRow {
  readonly id: string;
  readonly sealed: Buffer;
}

/** What a row is to hold instead of `was`. */
export interface Resealed {
  readonly id: string;
  readonly was: Buffer;
  readonly sealed: Buffer;
  readonly index: Buffer | null;
}

export interface PlainValue {
  readonly table: string;
  readonly column: string;
  readonly rowId: string;
  readonly value: string;
}

interface Statements {
  readonly stale: Statement<SealedRow>;
  readonly replace: Statement<{ id: string }>;
  readonly fill: Statement<never>;
  readonly isUnder: Statement<{ isUnder: boolean }>;
}

const keyOf = (column: string): string => `substring(${column} from 2 for 16)`;
const indexKeyOf = (column: string): string => `substring(${column} from 1 for 16)`;

/** Names come from declarations in code, never from outside. */
const statementsOf = ({ table, column, normalise }: SealedField): Statements => {
  const [sealed, index] = [`${column}_sealed`, `${column}_index`];
  const set = normalise ? `${sealed} = n.sealed, ${index} = n.index` : `${sealed} = n.sealed`;
  const isStale = normalise
    ? `(${keyOf(sealed)} <> $2 or ${index} is not null and ${indexKeyOf(index)} <> $3)`
    : `(${keyOf(sealed)} <> $2 or $3::bytea is null)`;
  const isUnder = normalise ? `${keyOf(sealed)} = $1 or ${indexKeyOf(index)} = $1` : `${keyOf(sealed)} = $1`;
  return {
    stale: sql(`select id, ${sealed} as sealed from ${table} where id > $1::uuid and ${isStale} order by id limit $4`),
    // Compared with what was read: a value that somebody wrote meanwhile is newer and stays.
    replace: sql(
      `update ${table} t set ${set} from unnest($1::uuid[], $2::bytea[], $3::bytea[], $4::bytea[]) as n(id, was, sealed, index)
       where t.id = n.id and t.${sealed} = n.was returning t.id`,
    ),
    fill: sql(
      `update ${table} t set ${set} from unnest($1::uuid[], $2::bytea[], $3::bytea[]) as n(id, sealed, index)
       where t.id = n.id and t.${sealed} is null`,
    ),
    isUnder: sql(`select exists (select 1 from ${table} where ${isUnder}) as "isUnder"`),
  };
};

const made = new Map<string, Statements>();
const of = (field: SealedField): Statements => {
  const known = made.get(fieldName(field));
  if (known) return known;
  const statements = statementsOf(field);
  made.set(fieldName(field), statements);
  return statements;
};

const takeTurn = sql(`select pg_advisory_xact_lock(hashtextextended('handrail.unsealed-value', 0))`);
const plain = sql<PlainValue>(
  `select table_name as "table", column_name as "column", row_id as "rowId", value from unsealed_value
   order by table_name, column_name, row_id limit $1`,
);
const forget = sql(
  `delete from unsealed_value where (table_name, column_name) = ($1, $2) and row_id = any($3::uuid[])`,
);

/** Sealed columns of whatever table, for the work that goes through all of them. */
export class SealedColumnsStore {
  /** Rows after `after` whose value or index stands under another key than the current ones. */
  stale(reader: Reader, field: SealedField, after: string, { keys, limit }: StalePage): Promise<SealedRow[]> {
    return reader.query(of(field).stale, [after, idBytes(keys.FIELD), idBytes(keys.INDEX), limit]);
  }

  /** How many rows were moved; the others have changed meanwhile. */
  async replace(tx: Tx, field: SealedField, rows: readonly Resealed[]): Promise<number> {
    const lists = [rows.map(({ id }) => id), rows.map(({ was }) => was), rows.map(({ sealed }) => sealed)];
    return (await tx.query(of(field).replace, [...lists, rows.map(({ index }) => index)])).length;
  }

  async isUnder(reader: Reader, field: SealedField, keyId: string): Promise<boolean> {
    return (await reader.query(of(field).isUnder, [idBytes(keyId)]))[0]?.isUnder ?? false;
  }

  /** Values from before their column was sealed; one process at a time has them. */
  plainValues(tx: Tx, limit: number): Promise<PlainValue[]> {
    tx.post(takeTurn);
    return tx.query(plain, [limit]);
  }

  /** Puts sealed values where none is yet, and drops the plain ones. */
  fill(tx: Tx, field: SealedField, rows: readonly Omit<Resealed, 'was'>[]): void {
    const ids = rows.map(({ id }) => id);
    tx.post(of(field).fill, [ids, rows.map(({ sealed }) => sealed), rows.map(({ index }) => index)]);
    tx.post(forget, [field.table, field.column, ids]);
  }
}

export interface StalePage {
  /** Ids of the keys to write with. */
  readonly keys: { readonly FIELD: string; readonly INDEX: string };
  readonly limit: number;
}
