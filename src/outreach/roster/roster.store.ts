import { Injectable } from '@nestjs/common';
import { columnNames, insertionOf, selectList } from '../../platform/database/columns';
import { newId } from '../../platform/database/new-id';
import type { Reader } from '../../platform/database/reader';
import { sql } from '../../platform/database/statement';
import type { SystemTx } from '../../platform/database/tx';
import { OutreachCaseEntity, OutreachCaseEventEntity, type CaseRow } from './outreach-case.entity';
import { likenessOf } from '../home-key';
import { OutreachCasesStore } from './outreach-cases.store';

/** What a row keeps of an overdose on it. */
export type EventCopy = Omit<OutreachCaseEventEntity, 'id' | 'caseId' | 'fromAt' | 'untilAt'>;
export type StandingEvent = Pick<OutreachCaseEventEntity, 'id' | 'caseId' | 'fromAt'> & EventCopy;
export interface RowKey {
  readonly kind: string;
  readonly week: string;
  readonly personKey: string;
}
export interface DueCase {
  readonly id: string;
  /** In whose trail it stands what becomes of it. */
  readonly agencyId: string | null;
}

export const plain = selectList(OutreachCaseEntity, 'c').replace('c.week as', 'c.week::text as');
const takeTurn = sql(`select pg_advisory_xact_lock(hashtextextended('outreach-roster', 0))`);
const rowsById = sql<CaseRow>(
  `select ${plain} from outreach_case c where c.id = any($1::uuid[]) and c.state <> 'VOID' order by c.id for no key update`,
);
const rowsByKey = sql<CaseRow>(
  `select ${plain} from unnest($1::text[], $2::date[], $3::uuid[]) k(kind, week, person_key)
     join outreach_case c on (c.person_key = k.person_key or c.other_person_keys && array[k.person_key]) and c.week = k.week and c.kind = k.kind and c.state <> 'VOID' order by c.id for no key update of c`,
);
const joinedInto = sql<CaseRow>(
  `select ${plain} from outreach_case c where c.joined_into = any($1::uuid[]) and c.state = 'VOID' and c.end_reason = 'JOINED' order by c.id for no key update`,
);
// By their reports: an overdose that joined another one, or parted from it, is told of by other rows than before.
const oncesOn = sql<{ caseId: string; eventId: string }>(
  `select x.case_id as "caseId", now_on.event_id as "eventId" from outreach_case_event x
     join overdose_event_report was on was.event_id = x.event_id
     join overdose_event_report now_on on now_on.report_id = was.report_id and now_on.until_at is null
   where x.case_id = any($1::uuid[]) order by x.from_at, x.id, was.from_at, was.report_id`,
);
/** Every record that is taken for one with any of these. */
const recordsWith = (records: string): string =>
  `select m.person_id from person_cluster m where m.cluster_id in (select pc.cluster_id from person_cluster pc where pc.person_id = any(${records}))`;
const recordsOf = sql<{ id: string }>(`select unnest($1::uuid[]) as id union ${recordsWith('$1::uuid[]')}`);
const eventsOn = sql<StandingEvent>(
  `select ${selectList(OutreachCaseEventEntity, 'e', ['untilAt'])} from outreach_case_event e
   where e.until_at is null and (e.event_id = any($1::uuid[]) or e.case_id = any($2::uuid[]))`,
);
const lift = sql('update outreach_case set person_key = null where id = any($1::uuid[])');
const join = sql('update outreach_case set joined_into = $2 where id = $1 or joined_into = $1');
const leave = sql('update outreach_case_event set until_at = $2 where event_id = any($1::uuid[]) and until_at is null');
const entry = insertionOf(OutreachCaseEventEntity, 'outreach_case_event', ['untilAt']);
const COPIED = [
  ...['occurredAt', 'isTimeKnown', 'countyFips', 'isFatal', 'isNaloxoneGiven', 'doses', 'suspectedSubstances'],
  ...['hasChildrenPresent', 'isTransported', 'hasRefusedTransport'],
] as (keyof EventCopy)[];
const names = columnNames(OutreachCaseEventEntity);
const refresh = sql(
  `update outreach_case_event set ${COPIED.map((fact, at) => `${names.get(fact) ?? ''} = $${at + 2}`).join(', ')} where id = $1`,
);
const OPEN = `c.state not in ('CLOSED','VOID')`;
/** Who a record is of, as identity is resolved now. */
export const clusterOf = (of: string): string =>
  `coalesce((select pc.cluster_id from person_cluster pc where pc.person_id = ${of}), ${of})`;
/** The person of a row, and who else they may be. */
export const keysOfRow = (row: string): string => `(${row}.person_key || ${row}.other_person_keys)`;
const ALIKE = `(c.kind = 'FAMILY') = ($1 = 'FAMILY')`;
const atHome = sql<CaseRow>(
  `select ${plain} from outreach_case c where c.state <> 'VOID' and ${ALIKE} and c.address_index = any($2::bytea[])
     and c.address_basis <> 'INCIDENT' and coalesce(c.residence_county_fips, c.county_fips) = $3 and ($4::boolean or c.person_key is null)
   order by c.id for no key update`,
);
// Also rows that were placed before two records turned out to be of one person.
/** Of any of these persons, or of who may be one of them. */
const isOf = (keys: string): string => `(c.person_key = any(${keys}) or c.other_person_keys && ${keys})`;
const isOfRecords = (keys: string): string => `(${isOf(keys)} or c.person_key in (${recordsWith(keys)}))`;
const ofPerson = sql<CaseRow>(
  `select ${plain} from outreach_case c where c.state <> 'VOID' and ${ALIKE} and ${isOfRecords('$2::uuid[]')}
   order by c.id for no key update`,
);
const before = sql<CaseRow>(
  `select ${plain} from outreach_case c where c.state <> 'VOID' and c.id <> $1 and ${isOfRecords('$2::uuid[]')}
   order by c.last_at desc, c.id`,
);
// What a hospital flagged looks ahead, to the discharge. A death of which the day is known only may have come at its end.
const diedAt = `case when exists (select 1 from outreach_case_event e where e.case_id = f.id and e.until_at is null and not e.is_time_known and e.occurred_at = f.last_at)
    then f.last_at + interval '1 day' else f.last_at end`;
// Times are told from memory: who is told dead is dead also where somebody else tells of the last day a little later, and who was
// flagged before anybody told of the death was alive then, and is not now. Who is flagged after it was seen alive until the discharge.
const seenAlive = `case when c.kind <> 'AT_RISK' then c.last_at - interval '1 day'
    when f.opened_at >= c.opened_at then c.first_at - interval '7 days' else least(c.first_at, c.last_at) end`;
export const isDead = `exists (select 1 from outreach_case f where f.kind = 'FAMILY' and f.state <> 'VOID'
  and (f.person_key = any(${keysOfRow('c')}) or f.other_person_keys && ${keysOfRow('c')}) and ${diedAt} >= ${seenAlive})`;
const dead = sql<CaseRow>(
  `select ${plain} from outreach_case c where ${OPEN} and c.kind <> 'FAMILY' and ${isOf('$1::uuid[]')} and ${isDead}
   order by c.id for no key update`,
);
const alive = sql<CaseRow>(
  `select ${plain} from outreach_case c where c.state = 'CLOSED' and c.end_reason = 'DECEASED' and c.closed_by is null and c.kind <> 'FAMILY'
     and ${isOf('$1::uuid[]')} and c.stop_at > $2 and not ${isDead} order by c.id for no key update`,
);
const OWNER = `coalesce((select p.agency_id from outreach_program p where p.id = c.program_id), c.coordinator_agency_id) as "agencyId"`;
const toStop = sql<DueCase>(
  `select c.id, ${OWNER} from outreach_case c where ${OPEN} and c.stop_at <= app.now() and c.id <> all ($2::uuid[]) order by c.stop_at limit $1`,
);
const toTakeBack = sql<DueCase>(
  `select c.id, ${OWNER} from outreach_case c where c.state = 'HANDED_OVER' and c.acknowledge_by <= app.now() and c.id <> all ($2::uuid[])
   order by c.acknowledge_by limit $1`,
);
const toCompare = sql<{ id: string }>(
  `select c.id from outreach_case c where ${OPEN} and (c.held_for is not null or c.address_basis = 'TEAM' and c.address_sealed is not null)
     and ($1::uuid is null or c.id > $1) order by c.id limit $2`,
);
const unplaced = sql<{ id: string }>(
  `select e.id from overdose_event e where e.ended_at is null
     and not exists (select 1 from outreach_case_event x where x.event_id = e.id and x.until_at is null) limit $1`,
);
const inCounties = sql<{ id: string }>(
  `select e.event_id as id from outreach_case c join outreach_case_event e on e.case_id = c.id and e.until_at is null
   where c.state = 'UNASSIGNED' and (c.county_fips = any($1) or c.residence_county_fips = any($1))`,
);
// Who somebody is was decided anew since the row was placed.
const OUTGROWN = `from outreach_case c join outreach_case_event e on e.case_id = c.id and e.until_at is null
   where c.person_id is not null and c.state <> 'VOID' and c.last_at > app.now() - interval '400 days' and ${clusterOf('c.person_id')} <> c.person_key`;
const outgrown = sql<{ id: string }>(
  `select distinct e.event_id as id ${OUTGROWN} and e.event_id <> all ($2::uuid[]) limit $1`,
);
const isOutgrown = sql<{ id: string }>(`select e.event_id as id ${OUTGROWN} and e.event_id = $1 limit 1`);

/** The person of a row, and who else they may be; none: nobody is named. */
export const keysOf = ({ personKey, otherPersonKeys }: CaseRow): string[] =>
  personKey === null ? [] : [personKey, ...otherPersonKeys];

/** The roster as Handrail keeps it. */
@Injectable()
export class RosterStore {
  constructor(private readonly cases: OutreachCasesStore) {}

  /** Rows are placed one transaction after another: whoever waits here sees what was placed before. */
  takeTurn(tx: SystemTx): void {
    tx.post(takeTurn);
  }

  async rowsById(tx: SystemTx, ids: readonly string[]): Promise<CaseRow[]> {
    return ids.length === 0 ? [] : this.cases.opened(await tx.query(rowsById, [ids]));
  }

  async rowsByKey(tx: SystemTx, keys: readonly RowKey[]): Promise<CaseRow[]> {
    if (keys.length === 0) return [];
    const values = [keys.map(({ kind }) => kind), keys.map(({ week }) => week), keys.map(({ personKey }) => personKey)];
    return this.cases.opened(await tx.query(rowsByKey, values));
  }

  /** Rows that were joined into these: whoever they are of may turn out to be somebody else again. */
  async joinedInto(tx: SystemTx, ids: readonly string[]): Promise<CaseRow[]> {
    return ids.length === 0 ? [] : this.cases.opened(await tx.query(joinedInto, [ids]));
  }

  /** The overdoses that reports are of now which ever stood on these rows, the first first. */
  oncesOn(tx: SystemTx, ids: readonly string[]): Promise<{ caseId: string; eventId: string }[]> {
    return tx.query(oncesOn, [ids]);
  }

  /** Every record of whom a row is about, and of who else they may be; none: nobody is named. */
  async recordsOf(tx: SystemTx, { personId, otherPersonKeys }: CaseRow): Promise<string[]> {
    if (personId === null) return [];
    return (await tx.query(recordsOf, [[personId, ...otherPersonKeys]])).map(({ id }) => id);
  }

  /** Where these overdoses stand, and what stands on these rows. */
  eventsOn(tx: SystemTx, eventIds: readonly string[], caseIds: readonly string[]): Promise<StandingEvent[]> {
    return tx.query(eventsOn, [eventIds, caseIds]);
  }

  /** Takes rows from the keys they had, so that keys can be given anew in any order. */
  lift(tx: SystemTx, ids: readonly string[]): void {
    if (ids.length > 0) tx.post(lift, [ids]);
  }

  /** And all that was joined into it before. */
  join(tx: SystemTx, id: string, into: string): void {
    tx.post(join, [id, into]);
  }

  leave(tx: SystemTx, eventIds: readonly string[]): void {
    if (eventIds.length > 0) tx.post(leave, [eventIds, tx.asOf]);
  }

  enter(tx: SystemTx, caseId: string, event: EventCopy): void {
    tx.post(entry.statement, entry.valuesOf({ ...event, id: newId(), caseId, fromAt: tx.asOf }));
  }

  refresh(tx: SystemTx, id: string, event: EventCopy): void {
    tx.post(refresh, [id, ...COPIED.map((fact) => event[fact])]);
  }

  /** Cases, open or ended, that an opt-out of this one is about: of the person, or of the home. */
  async sameAs(tx: SystemTx, row: CaseRow) {
    const { kind, personKey, address, addressBasis, ...at } = row;
    const homes = addressBasis === 'INCIDENT' ? [] : this.cases.homeKeys(address);
    const county = at.residenceCountyFips ?? at.countyFips;
    const home = homes.length === 0 ? [] : await tx.query(atHome, [kind, homes, county, personKey === null]);
    const keys = keysOf(row);
    const own = keys.length === 0 ? [] : await tx.query(ofPerson, [kind, keys]);
    const ownIds = new Set(own.map(({ id }) => id));
    const opened = await this.cases.opened([...new Map([...home, ...own].map((row) => [row.id, row])).values()]);
    const isOne = (row: CaseRow): boolean =>
      likenessOf(
        { address: row.address ?? '', countyFips: row.residenceCountyFips ?? row.countyFips },
        { address: address ?? '', countyFips: county },
      ) === 'SAME';
    return opened.filter((row) => ownIds.has(row.id) || isOne(row));
  }

  /** Other rows of the person, under every record that is theirs; the latest first. */
  async othersOf(tx: SystemTx, row: CaseRow): Promise<CaseRow[]> {
    const keys = keysOf(row);
    return keys.length === 0 ? [] : this.cases.opened(await tx.query(before, [row.id, keys]));
  }

  /** Open cases of people who are known to have died since. */
  async dead(tx: SystemTx, personKeys: readonly string[]): Promise<CaseRow[]> {
    return personKeys.length === 0 ? [] : this.cases.opened(await tx.query(dead, [personKeys]));
  }

  /** Cases ended by a death that was taken back, while there is time. */
  async alive(tx: SystemTx, personKeys: readonly string[]): Promise<CaseRow[]> {
    return personKeys.length === 0 ? [] : this.cases.opened(await tx.query(alive, [personKeys, tx.asOf]));
  }

  toStop(reader: Reader, limit: number, resting: readonly string[]): Promise<DueCase[]> {
    return reader.query(toStop, [limit, resting]);
  }

  /** Open cases that are held, or of which a team typed the address. */
  async toCompare(reader: Reader, after: string | null, limit: number): Promise<string[]> {
    return (await reader.query(toCompare, [after, limit])).map(({ id }) => id);
  }

  toTakeBack(reader: Reader, limit: number, resting: readonly string[]): Promise<DueCase[]> {
    return reader.query(toTakeBack, [limit, resting]);
  }

  /** Overdoses on file from before there was a roster. */
  async unplaced(reader: Reader, limit: number): Promise<string[]> {
    return (await reader.query(unplaced, [limit])).map(({ id }) => id);
  }

  async waitingIn(tx: SystemTx, countyFips: readonly string[]): Promise<string[]> {
    return (await tx.query(inCounties, [countyFips])).map(({ id }) => id);
  }

  outgrown(reader: Reader, limit: number, resting: readonly string[]): Promise<{ id: string }[]> {
    return reader.query(outgrown, [limit, resting]);
  }

  async isOutgrown(reader: Reader, eventId: string): Promise<boolean> {
    return (await reader.query(isOutgrown, [eventId])).length > 0;
  }
}

/** Whether a copy on file says what the overdose says. */
export const isSameCopy = (one: EventCopy, other: EventCopy): boolean =>
  COPIED.every((fact) => JSON.stringify(one[fact]) === JSON.stringify(other[fact]));
