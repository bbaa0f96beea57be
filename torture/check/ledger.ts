import type { Change, Entry, Facts, Row } from '../history/history';

export const grouped = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | null,
): ReadonlyMap<string, Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

/** What was written, by the questions that the rules ask. */
export interface Ledger {
  readonly changesOf: (xid: string) => readonly Change[];
  readonly entriesOf: (xid: string) => readonly Entry[];
  /** Entries of commands that one sending of a request caused. */
  readonly entriesOfRequest: (requestId: string) => readonly Entry[];
  /** Every version of a row in its order, by `table id`. */
  readonly versions: ReadonlyMap<string, readonly Change[]>;
  readonly transactions: readonly string[];
}

export const ledgerOf = ({ changes, entries }: Facts): Ledger => {
  const byXid = grouped(changes, ({ xid }) => xid);
  const entriesByXid = grouped(entries, ({ xid }) => xid);
  const byRequest = grouped(entries, ({ kind, requestId }) => (kind === 'COMMAND' ? requestId : null));
  return {
    changesOf: (xid) => byXid.get(xid) ?? [],
    entriesOf: (xid) => entriesByXid.get(xid) ?? [],
    entriesOfRequest: (requestId) => byRequest.get(requestId) ?? [],
    versions: grouped(
      changes.filter(({ table }) => table !== 'job'),
      ({ table, id }) => `${table} ${id}`,
    ),
    transactions: [...byXid.keys()],
  };
};

/** A column as text; null where there is no row or nothing in it. */
export const textIn = (row: Row | null | undefined, column: string): string | null => {
  const value = row?.[column];
  return typeof value === 'string' ? value : null;
};

export const stateOf = (row: Row | null): string | null => textIn(row, 'state');

export const numberOf = (row: Row | null, column: string): number => Number(row?.[column] ?? 0);

/** Rows come with their columns in one order, so equal rows have equal texts. */
export const isSame = (one: Row | null, other: Row | null): boolean => JSON.stringify(one) === JSON.stringify(other);
