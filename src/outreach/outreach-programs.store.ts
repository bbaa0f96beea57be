import { Injectable } from '@nestjs/common';
import type { Facts } from '../access';
import { ENDS_CASE, isClosed, isThereLately, mayTake } from '../agencies';
import { insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { OutreachProgramEntity } from './outreach-program.entity';

export type OutreachProgramRow = OutreachProgramEntity &
  Facts & { readonly countyFips: string[]; readonly team: readonly { agencyId: string; agreedAt: string | null }[] };
export type OutreachProgramFacts = Omit<OutreachProgramEntity, 'id' | 'agencyId' | 'createdAt'>;

/** What the roster asks of a program: who leads it, and its own lengths. */
export type RosterProgram = Pick<OutreachProgramEntity, 'id' | 'agencyId' | 'dueHours' | 'stopHours'>;

const columns = `${selectList(OutreachProgramEntity, 'o')},
  array(select county_fips from outreach_area a where a.program_id = o.id order by 1) as "countyFips",
  coalesce((select jsonb_agg(jsonb_build_object('agencyId', t.agency_id, 'agreedAt', t.agreed_at) order by t.agency_id)
    from outreach_team t where t.program_id = o.id), '[]') as team,
  array_remove(array[case when o.agency_id = app.agency() then 'OWN_AGENCY' end], null) as relations, '{}'::text[] as consents`;
const byIds = sql<OutreachProgramRow>(`select ${columns} from outreach_program o where o.id = any($1::uuid[])`);
const page = sql<OutreachProgramRow>(
  `select ${columns} from outreach_program o
   where ($1::text is null or o.id = (select program_id from outreach_area where county_fips = $1)) and ($2::uuid is null or o.id > $2)
   order by o.id limit $3`,
);
const lock = sql<OutreachProgramRow>(`select ${columns} from outreach_program o where o.id = $1`);
const insertion = insertionOf(OutreachProgramEntity, 'outreach_program', ['createdAt']);
const update = sql(
  `update outreach_program set name = $2, public_name = $3, phone = $4, time_zone = $5, leave_behind = $6, visitor_kinds = $7,
     is_plain_clothes = $8, door_words = $9, is_active = $10, due_hours = $11, stop_hours = $12 where id = $1`,
);
/** A closed agency looks after nobody: its counties are free. */
const IS_LED = `not ${isClosed('o.agency_id')}`;
/**
 * SQL: that the lead is open and somebody in the team may end a case, or might a day ago: neither a new program nor a change of its one
 * worker gives cases away. Read as Handrail: the people of another agency are nobody else’s to see.
 */
export const isManned = (o: string): string =>
  `(not ${isClosed(`${o}.agency_id`)} and (${o}.created_at > app.now() - interval '1 day' or exists (
     select 1 from membership m join agency g on g.id = m.agency_id and g.is_active
     where (m.agency_id = ${o}.agency_id or m.agency_id in (select t.agency_id from outreach_team t where t.program_id = ${o}.id and t.agreed_at is not null))
       and ${mayTake('m', ENDS_CASE)} and ${isThereLately('m')})))`;
const taken = sql<{ countyFips: string }>(
  `select a.county_fips as "countyFips" from outreach_area a join outreach_program o on o.id = a.program_id and ${IS_LED}
   where a.county_fips = any($1) and a.program_id <> $2 order by 1`,
);
const freeArea = sql(
  `delete from outreach_area a using outreach_program o
   where o.id = a.program_id and a.county_fips = any($2) and a.program_id <> $1 and not ${IS_LED}`,
);
const leaveArea = sql('delete from outreach_area where program_id = $1 and county_fips <> all($2)');
const takeArea = sql(
  'insert into outreach_area (program_id, county_fips) select $1, unnest($2::text[]) on conflict do nothing',
);
const areaOf = sql<{ countyFips: string }>(
  'select county_fips as "countyFips" from outreach_area where program_id = $1',
);
const leaveTeam = sql('delete from outreach_team where program_id = $1 and agency_id <> all($2::uuid[])');
const askIntoTeam = sql(
  'insert into outreach_team (program_id, agency_id) select $1, unnest($2::uuid[]) on conflict do nothing',
);
const known = sql<{ id: string }>('select id from agency where id = any($1::uuid[]) and is_active');
const agree = sql<{ programId: string }>(
  `update outreach_team set agreed_at = coalesce(agreed_at, $3) where program_id = $1 and agency_id = $2 returning program_id as "programId"`,
);
const leave = sql<{ programId: string }>(
  `delete from outreach_team where program_id = $1 and agency_id = $2 returning program_id as "programId"`,
);

const looksAfter = sql<RosterProgram & { countyFips: string }>(
  `select a.county_fips as "countyFips", o.id, o.agency_id as "agencyId", o.due_hours as "dueHours", o.stop_hours as "stopHours"
   from outreach_area a join outreach_program o on o.id = a.program_id where o.is_active and ${isManned('o')} and a.county_fips = any($1)`,
);
const rosterPrograms = sql<RosterProgram>(
  `select o.id, o.agency_id as "agencyId", o.due_hours as "dueHours", o.stop_hours as "stopHours" from outreach_program o where o.id = any($1::uuid[])`,
);
const manned = sql(`select 1 from outreach_program o where o.id = $1 and ${isManned('o')}`);
const now = sql<{ at: Date }>('select app.now() as at');

@Injectable()
export class OutreachProgramsStore {
  byIds(reader: Reader, ids: readonly string[]): Promise<OutreachProgramRow[]> {
    return reader.query(byIds, [ids]);
  }

  async find(reader: Reader, id: string): Promise<OutreachProgramRow | undefined> {
    return (await reader.query(lock, [id]))[0];
  }

  /** The program at work in each of these counties, where there is one. */
  async looksAfter(reader: Reader, countyFips: readonly string[]): Promise<ReadonlyMap<string, RosterProgram>> {
    const rows = await reader.query(looksAfter, [countyFips]);
    return new Map(rows.map(({ countyFips: fips, ...program }) => [fips, program]));
  }

  async rosterPrograms(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, RosterProgram>> {
    if (ids.length === 0) return new Map();
    return new Map((await reader.query(rosterPrograms, [ids])).map((program) => [program.id, program]));
  }

  /** Whether its cases are in somebody’s hands. `reader` must be the system’s. */
  async isManned(reader: Reader, id: string): Promise<boolean> {
    return (await reader.query(manned, [id])).length > 0;
  }

  /** The database’s time. */
  async now(reader: Reader): Promise<Date> {
    return (await reader.query(now))[0]?.at ?? new Date(Number.NaN);
  }

  page(
    reader: Reader,
    countyFips: string | null,
    afterId: string | null,
    limit: number,
  ): Promise<OutreachProgramRow[]> {
    return reader.query(page, [countyFips, afterId, limit]);
  }

  /** Which of these counties another program looks after. */
  async taken(tx: Tx, countyFips: readonly string[], programId: string): Promise<string[]> {
    return (await tx.query(taken, [countyFips, programId])).map((row) => row.countyFips);
  }

  /** Which of these are no active agencies. */
  async unknownAgencies(tx: Tx, ids: readonly string[]): Promise<string[]> {
    const found = new Set((await tx.query(known, [ids])).map(({ id }) => id));
    return ids.filter((id) => !found.has(id));
  }

  insert(tx: SystemTx, facts: OutreachProgramFacts): string {
    const id = newId();
    tx.post(insertion.statement, insertion.valuesOf({ ...facts, id, agencyId: tx.actor.agencyId }));
    return id;
  }

  update(tx: SystemTx, id: string, facts: OutreachProgramFacts): void {
    const { name, publicName, phone, timeZone, leaveBehind, visitorKinds, isPlainClothes, doorWords, isActive } = facts;
    const { dueHours, stopHours } = facts;
    tx.post(update, [
      ...[id, name, publicName, phone, timeZone, leaveBehind, visitorKinds, isPlainClothes, doorWords, isActive],
      ...[dueHours, stopHours],
    ]);
  }

  /** The counties, all of them. False where another program took one meanwhile: nothing may be kept then. */
  async setArea(tx: SystemTx, programId: string, countyFips: readonly string[]): Promise<boolean> {
    tx.post(leaveArea, [programId, countyFips]);
    tx.post(freeArea, [programId, countyFips]);
    tx.post(takeArea, [programId, countyFips]);
    return (await tx.query(areaOf, [programId])).length === countyFips.length;
  }

  /** The agencies beside the lead, all of them; who is new has not agreed yet. */
  setTeam(tx: SystemTx, programId: string, agencyIds: readonly string[]): void {
    tx.post(leaveTeam, [programId, agencyIds]);
    tx.post(askIntoTeam, [programId, agencyIds]);
  }

  /** False when the agency was not asked. */
  async join(tx: SystemTx, programId: string): Promise<boolean> {
    return (await tx.query(agree, [programId, tx.actor.agencyId, tx.asOf])).length > 0;
  }

  async leave(tx: SystemTx, programId: string): Promise<boolean> {
    return (await tx.query(leave, [programId, tx.actor.agencyId])).length > 0;
  }
}
