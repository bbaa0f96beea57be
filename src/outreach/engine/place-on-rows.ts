/** An overdose, the row that it belongs on by who, when and what, and the row it stands on until now; null: none. */
export interface PlacedEvent {
  readonly id: string;
  readonly key: string;
  readonly rowId: string | null;
}

export interface KnownRow {
  readonly id: string;
  readonly key: string;
  /** Keys of one kind only follow each other: a survivor’s row never becomes a family’s. */
  readonly kind: string;
  /** How much was done on it; of two rows that become one, the one with more goes on. */
  readonly work: number;
}

export interface RowPlacement {
  /** For each key the row on file that goes on with it; null: it is a new one. */
  readonly rowOf: ReadonlyMap<string, string | null>;
  /** Rows that nothing goes on with, and the key that most of their overdoses went to; null: nothing of them is left. */
  readonly voided: ReadonlyMap<string, string | null>;
}

interface Claim {
  readonly rowId: string;
  readonly key: string;
  readonly work: number;
  readonly isOwn: boolean;
  readonly events: number;
}

const claimsOf = (row: KnownRow, events: readonly PlacedEvent[], kindOf: (key: string) => string): Claim[] => {
  const counts = new Map<string, number>();
  for (const { key, rowId } of events) if (rowId === row.id) counts.set(key, (counts.get(key) ?? 0) + 1);
  if (events.some(({ key }) => key === row.key)) counts.set(row.key, counts.get(row.key) ?? 0);
  return [...counts].map(([key, count]) => ({
    rowId: row.id,
    key,
    work: kindOf(key) === row.kind ? row.work : -1,
    isOwn: key === row.key,
    events: count,
  }));
};

const byStrength = (a: Claim, b: Claim): number =>
  b.work - a.work ||
  Number(b.isOwn) - Number(a.isOwn) ||
  b.events - a.events ||
  (a.rowId < b.rowId ? -1 : Number(a.rowId > b.rowId)) ||
  (a.key < b.key ? -1 : 1);

/**
 * Carries overdoses over to rows: each is on exactly one, each key has exactly one, and a row keeps its id as long as something of
 * it goes on. `rows` are all rows that the overdoses stand on, and all that have one of their keys.
 */
export const placeOnRows = (
  events: readonly PlacedEvent[],
  rows: readonly KnownRow[],
  kindOf: (key: string) => string,
): RowPlacement => {
  const claims = rows.flatMap((row) => claimsOf(row, events, kindOf)).sort(byStrength);
  const rowOf = new Map<string, string | null>(events.map(({ key }) => [key, null]));
  const taken = new Set<string>();
  for (const { rowId, key, work } of claims) {
    if (work < 0 || rowOf.get(key) !== null || taken.has(rowId)) continue;
    rowOf.set(key, rowId);
    taken.add(rowId);
  }
  const left = rows.filter(({ id }) => !taken.has(id));
  const wentTo = ({ id }: KnownRow): string | null =>
    claims.filter(({ rowId }) => rowId === id).sort((a, b) => b.events - a.events)[0]?.key ?? null;
  return { rowOf, voided: new Map(left.map((row) => [row.id, wentTo(row)])) };
};
