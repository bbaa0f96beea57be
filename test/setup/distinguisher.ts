import type { Found } from './what-is-readable';

/** A record by what only it is called: its id, numbers, names. */
export type Handles = readonly string[];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-([0-9a-f])[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;
const HOPS = 3;

interface Scalar {
  readonly path: string;
  readonly value: string;
}

const scalarsOf = (value: unknown, path = ''): Scalar[] => {
  if (value === null || value === undefined) return [];
  if (value instanceof Date) return [{ path, value: value.toISOString() }];
  if (Buffer.isBuffer(value)) return [{ path, value: value.toString('hex') }];
  if (Array.isArray(value)) return value.flatMap((one) => scalarsOf(one, path));
  if (typeof value === 'object') {
    return Object.entries(value).flatMap(([name, inner]) => scalarsOf(inner, path === '' ? name : `${path}.${name}`));
  }
  return [{ path, value: typeof value === 'string' ? value : JSON.stringify(value) }];
};

/** What can be put in an order: times of the clock, times inside ids, transactions, positions. */
const measures = ({ path, value }: Scalar): { channel: string; at: number }[] => {
  const version = UUID.exec(value)?.[1];
  if (version === '7') return [{ channel: 'time in an id', at: parseInt(value.replaceAll('-', '').slice(0, 12), 16) }];
  if (MOMENT.test(value)) return [{ channel: 'time', at: Date.parse(value) }];
  const column = path.split('.').at(-1) ?? '';
  if (['xmin', 'xid'].includes(column)) return [{ channel: 'transaction', at: Number(value) }];
  if (['position', 'fed'].includes(column) && /^\d+$/.test(value)) return [{ channel: column, at: Number(value) }];
  return [];
};

interface Known {
  readonly values: ReadonlySet<string>;
  readonly measured: ReadonlyMap<string, readonly number[]>;
}

type Row = readonly Scalar[];

const ownedIds = (rowsOfSide: readonly ReadonlySet<Row>[]): Set<string>[] => {
  const idsOf = rowsOfSide.map(
    (rows) => new Set([...rows].flat().flatMap(({ value }) => (UUID.test(value) ? [value] : []))),
  );
  const counts = new Map<string, number>();
  for (const ids of idsOf) for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  // What several records of one side name, such as agencies and staff, leads from anything to anything.
  return idsOf.map((ids) => new Set([...ids].filter((id) => counts.get(id) === 1)));
};

/**
 * Everything a view says of the records of one side: the rows that name one, and those that name what only its rows name.
 * Of the other side’s record a row that names both is the plainest tie there is.
 */
const knownOf = (view: readonly Row[], side: readonly Handles[]): Known[] => {
  const names = side.map((handles) => new Set(handles));
  const rows = side.map(() => new Set<Row>());
  for (let hop = 0; hop < HOPS; hop++) {
    for (const [index, own] of names.entries()) {
      const naming = view.filter((row) => row.some(({ value }) => own.has(value)));
      naming.forEach((row) => rows[index]?.add(row));
    }
    ownedIds(rows).forEach((ids, index) => {
      ids.forEach((id) => names[index]?.add(id));
    });
  }
  return rows.map((own, index) => {
    const scalars = [...own].flat();
    const measured = new Map<string, number[]>();
    for (const { channel, at } of scalars.flatMap(measures)) {
      measured.set(channel, [...(measured.get(channel) ?? []), at]);
    }
    return { values: new Set([...(names[index] ?? []), ...scalars.map(({ value }) => value)]), measured };
  });
};

const nearest = (one: readonly number[], other: readonly number[]): number => {
  let least = Infinity;
  for (const at of one) for (const to of other) least = Math.min(least, Math.abs(at - to));
  return least;
};

/** How much speaks for two records belonging together, by kind of evidence; what is not there says nothing. */
export type Evidence = ReadonlyMap<string, number>;

const evidenceFor = (surrender: Known, referral: Known): Evidence => {
  const evidence = new Map<string, number>();
  const shared = [...surrender.values].filter((value) => referral.values.has(value));
  evidence.set('shared values', shared.length);
  for (const [channel, at] of surrender.measured) {
    const other = referral.measured.get(channel);
    if (other) evidence.set(channel, -nearest(at, other));
  }
  return evidence;
};

/** Evidence for every pair of a surrender and a referral that one view gives. */
export const evidenceIn = (
  view: readonly Found[],
  surrenders: readonly Handles[],
  referrals: readonly Handles[],
): Evidence[][] => {
  const rows = view.map(({ row }) => scalarsOf(row));
  const [left, right] = [surrenders, referrals].map((side) => knownOf(rows, side));
  return (left ?? []).map((one) => (right ?? []).map((other) => evidenceFor(one, other)));
};

export interface Score {
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
}

/**
 * The game: two surrenders and the two referrals that came with them; which came with which? By each kind of evidence the
 * true pairing is held against the swapped one.
 */
export const play = (evidence: Evidence[][], pairs: readonly (readonly [number, number])[]): Map<string, Score> => {
  const scores = new Map<string, Score>();
  const at = (one: number, other: number, kind: string) => evidence[one]?.[other]?.get(kind) ?? 0;
  const kinds = new Set(evidence.flat().flatMap((one) => [...one.keys()]));
  for (const kind of kinds) {
    const score = { wins: 0, losses: 0, ties: 0 };
    for (const [i, [s, r]] of pairs.entries()) {
      for (const [otherS, otherR] of pairs.slice(i + 1)) {
        const told = at(s, r, kind) + at(otherS, otherR, kind) - at(s, otherR, kind) - at(otherS, r, kind);
        score[told > 0 ? 'wins' : told < 0 ? 'losses' : 'ties'] += 1;
      }
    }
    scores.set(kind, score);
  }
  return scores;
};
