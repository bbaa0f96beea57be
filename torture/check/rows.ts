import type { Change, Facts, History, Row, Violation } from '../history/history';
import { grouped, isSame, numberOf, stateOf, type Ledger } from './ledger';

const outOfBounds = (row: Row): boolean => {
  const [staffed, occupied, held] = [numberOf(row, 'staffed'), numberOf(row, 'occupied'), numberOf(row, 'held')];
  return held < 0 || occupied < 0 || held + occupied > staffed;
};

const textOf = (row: Row | null): string => JSON.stringify(row);

/** At every instant: as each transaction left each pool, and as somebody outside saw it. */
export const room = ({ sightings }: History, { changes }: Facts): Violation[] => [
  ...changes
    .filter(({ table, after }) => table === 'bed_pool' && after !== null && outOfBounds(after))
    .map(({ id, after }) => ({ rule: 'room', what: `a pool was out of bounds: ${textOf(after)}`, about: [id] })),
  ...sightings.map(({ at, poolId, what }) => ({
    rule: 'room',
    what: `seen from outside at ${at} ms: ${what}`,
    about: [poolId],
  })),
];

/** What the holds that one transaction made and ended do to a pool’s counters. */
const movedByHolds = (changes: readonly Change[], poolId: string): { held: number; occupied: number } => {
  const holds = changes.filter(({ table, after }) => table === 'hold' && after?.['pool_id'] === poolId);
  const countOf = (isIt: (from: string | null, to: string | null) => boolean): number =>
    holds.filter(({ before, after }) => isIt(stateOf(before), stateOf(after))).length;
  const made = countOf((from) => from === null);
  const ended = countOf((from, to) => from === 'ACTIVE' && to !== 'ACTIVE');
  return { held: made - ended, occupied: countOf((_, to) => to === 'CONVERTED') };
};

/** What the holds of one transaction, its census and its discharges make of a pool’s counters. */
const expected = (before: Row, poolId: string, ledger: Ledger, xid: string): Record<string, number> => {
  const changes = ledger.changesOf(xid);
  const census = changes.find(({ table, after }) => table === 'census' && after?.['pool_id'] === poolId);
  const moved = movedByHolds(changes, poolId);
  const vacated = ledger
    .entriesOf(xid)
    .filter(({ action, subjectId }) => action === 'place.vacated' && subjectId === poolId).length;
  const counted = census?.after ?? before;
  return {
    staffed: numberOf(counted, 'staffed'),
    occupied: numberOf(counted, 'occupied') + moved.occupied - vacated,
    held: numberOf(before, 'held') + moved.held,
  };
};

/** What one transaction did to one pool. */
const unexplained = (versions: readonly Change[], ledger: Ledger, xid: string): Violation[] => {
  const [first] = versions;
  // A pool is made with whatever its maker says.
  if (!first?.before) return [];
  const after = versions.at(-1)?.after ?? null;
  const should = expected(first.before, first.id, ledger, xid);
  const wrong = Object.keys(should).find((column) => numberOf(after, column) !== should[column]);
  if (wrong === undefined) return [];
  const what = `${wrong} went from ${textOf(first.before)} to ${textOf(after)}; what was done says ${textOf(should)}`;
  return [{ rule: 'counters', what, about: [first.id] }];
};

/** Counters change for a reason, and by exactly as much as it says. */
export const counters = (_: History, facts: Facts, ledger: Ledger): Violation[] => {
  const found: Violation[] = [];
  for (const [key, versions] of ledger.versions) {
    if (!key.startsWith('bed_pool ')) continue;
    for (const [xid, ofOne] of grouped(versions, (version) => version.xid)) {
      found.push(...unexplained(ofOne, ledger, xid));
    }
  }
  return [...found, ...countersAtTheEnd(facts)];
};

const countersAtTheEnd = ({ rows }: Facts): Violation[] => {
  const kept = rows.filter(({ table, row }) => table === 'hold' && row['state'] === 'ACTIVE');
  return rows
    .filter(({ table }) => table === 'bed_pool')
    .map(({ id, row }) => ({
      id,
      held: numberOf(row, 'held'),
      kept: kept.filter((hold) => hold.row['pool_id'] === id).length,
    }))
    .filter(({ held, kept: holds }) => held !== holds)
    .map(({ id, held, kept: holds }) => ({
      rule: 'counters',
      what: `a pool counts ${held} kept places and ${holds} holds keep one`,
      about: [id],
    }));
};

const HAS_PLACE = new Set(['ACCEPTED', 'SCHEDULED', 'ARRIVED']);

/** A place is kept for exactly the referrals that say so. */
export const places = (_: History, { rows }: Facts): Violation[] => {
  const of = (table: string) => rows.filter((one) => one.table === table);
  const active = new Map(
    of('hold')
      .filter(({ row }) => row['state'] === 'ACTIVE')
      .map(({ id, row }) => [id, row]),
  );
  const placed = new Map(
    of('referral')
      .filter(({ row }) => HAS_PLACE.has(String(row['state'])))
      .map(({ id, row }) => [id, row]),
  );
  return [
    ...[...active]
      .filter(([id, row]) => placed.get(String(row['referral_id']))?.['hold_id'] !== id)
      .map(([id, row]) => ({
        rule: 'places',
        what: 'a place is kept for a referral that does not have it',
        about: [id, String(row['referral_id'])],
      })),
    ...[...placed]
      .filter(([, row]) => !active.has(String(row['hold_id'])))
      .map(([id, row]) => ({ rule: 'places', what: `a referral ${String(row['state'])} has no place`, about: [id] })),
  ];
};

/** Every version follows from the one before, and the last one is what stands there: nothing acknowledged is overwritten or gone. */
export const succession = (_: History, { rows }: Facts, { versions }: Ledger): Violation[] => {
  const standing = new Map(rows.map(({ table, id, row }) => [`${table} ${id}`, row]));
  const found: Violation[] = [];
  const say = (key: string, what: string): void => {
    found.push({ rule: 'succession', what: `${key}: ${what}`, about: [key.split(' ')[1] ?? ''] });
  };
  for (const [key, changes] of versions) {
    changes.forEach(({ before, after }, n) => {
      const previous = changes[n - 1]?.after ?? null;
      if (!isSame(previous, before)) {
        say(key, `${textOf(before)} was changed, and ${textOf(previous)} had been written`);
      }
      if (after === null) say(key, 'was deleted');
    });
    const last = changes.at(-1)?.after ?? null;
    if (!isSame(last, standing.get(key) ?? null)) {
      say(key, `${textOf(last)} was written last and is not what stands there`);
    }
  }
  return found;
};

const FINAL: Readonly<Record<string, ReadonlySet<string>>> = {
  offer: new Set(['ACCEPTED', 'DECLINED', 'EXPIRED', 'WITHDRAWN']),
  hold: new Set(['CONVERTED', 'RELEASED', 'EXPIRED']),
  referral: new Set(['CLOSED', 'CANCELLED', 'RECALLED', 'EXPIRED']),
};

/** Accepted or expired and never both: what has ended stays so. */
export const ends = (_: History, { changes }: Facts): Violation[] =>
  changes
    .filter(
      ({ table, before, after }) => FINAL[table]?.has(stateOf(before) ?? '') && stateOf(before) !== stateOf(after),
    )
    .map(({ table, id, before, after }) => ({
      rule: 'ends',
      what: `a ${table} that was ${stateOf(before) ?? ''} became ${stateOf(after) ?? 'nothing'}`,
      about: [id],
    }));
