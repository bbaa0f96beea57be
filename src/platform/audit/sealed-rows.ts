import { createHash } from 'node:crypto';
import { canonicalJson } from '../database/canonical-json';
import { columnOf } from '../database/columns';
import { momentText, serialized } from './audit-entry';

/** How a column is written down: as it is, by its moment, as a list, or only whether there is something. */
type Form = 'TEXT' | 'TIME' | 'LIST' | 'PRESENCE';
interface Column {
  readonly property: string;
  readonly column: string;
  readonly form: Form;
}
type Values = Readonly<Record<string, unknown>>;

/** Rows that entries of the trail vouch for: the newest entry that names a row says what is in it. */
export interface SealedRows {
  /** Start of the codes of what is wrong with them. */
  readonly kind: 'CONSENT';
  readonly table: string;
  /** Nobody changes a row of it, so nobody may lock one. */
  readonly isAppendOnly: boolean;
  /** The property with the id of the record that a finding names. */
  readonly names: string;
  readonly columns: readonly Column[];
}

/** What an entry says of a row, in `details.seals`. */
export interface RowSeal {
  readonly table: string;
  readonly id: string;
  /** The record that a finding about the row names. */
  readonly names: string;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** A row beside the newest entry that names it; one of the two is missing where they do not meet. */
export interface SealedPair {
  readonly rows: SealedRows;
  readonly row: Values | null;
  readonly seal: (Omit<RowSeal, 'table'> & { readonly entryId: string }) | null;
}

const VERSION = 'handrail-sealed-row-1';

const formOf = (type: unknown, isList: boolean): Form => {
  if (isList) return 'LIST';
  // What is encrypted gets other bytes with every key, and guards its own words.
  if (type === 'bytea') return 'PRESENCE';
  return type === 'timestamptz' ? 'TIME' : 'TEXT';
};

/** `properties` in their order: it is part of the format, and a new one is a new version. */
export const sealedRows = <Row extends object>(
  entity: abstract new (...args: never[]) => Row,
  { properties, ...place }: Omit<SealedRows, 'columns'> & { readonly properties: readonly (keyof Row & string)[] },
): SealedRows => {
  const columns = properties.map((property) => {
    const { name, type, isList } = columnOf(entity, property);
    return { property, column: name, form: formOf(type, isList) };
  });
  return { ...place, columns };
};

const textOf = (value: unknown, form: Form): string | null => {
  if (form === 'PRESENCE') return String(value !== null);
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return momentText(value);
  if (form === 'LIST') return canonicalJson(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** SHA-256 over what is stored of a row, hexadecimal. */
export const digestOfRow = ({ table, columns }: SealedRows, row: object): string => {
  const values = row as Values;
  const texts = columns.map(({ property, form }) => textOf(values[property], form));
  return createHash('sha256')
    .update(serialized([VERSION, table, ...texts]))
    .digest('hex');
};

/** What goes into the details of the entry that writes or changes the row. */
export const sealOfRow = (rows: SealedRows, row: object): RowSeal => {
  const values = row as Values;
  return {
    table: rows.table,
    id: String(values['id']),
    names: String(values[rows.names]),
    sha256: digestOfRow(rows, row),
  };
};

/** The select list of a row under an alias, as the digest reads it. */
export const sealedColumns = ({ columns }: SealedRows, alias: string): string =>
  columns
    .map(({ property, column, form }) => {
      const value = `${alias}.${column}`;
      if (form === 'TIME') {
        return `to_char(${value} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "${property}"`;
      }
      return form === 'PRESENCE'
        ? `case when ${value} is not null then '' end as "${property}"`
        : `${value} as "${property}"`;
    })
    .join(', ');

/**
 * The newest word of the trail on each row of a table, whatever somebody has made of the details. By position, which is given when the entry is
 * written, under the lock on the row: the number of the transaction may be from before it waited for that lock.
 */
export const sealsOf = (table: string): string => `
  select distinct on (s ->> 'id') s ->> 'id' as id, s ->> 'names' as names, s ->> 'sha256' as sha256, e.id as "entryId", e.at
  from audit_entry e cross join lateral jsonb_array_elements(
    case when jsonb_typeof(e.details -> 'seals') = 'array' then e.details -> 'seals' else '[]' end) s
  where e.details ? 'seals' and s ->> 'table' = '${table}' order by s ->> 'id', e.position desc`;
