import { Injectable } from '@nestjs/common';
import { columnNames, insertionOf, selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import type { EventFacts, ReportedFacts } from './engine/event-facts';
import type { PastOverdose } from './engine/person-risk';
import type { JoinableReport } from './engine/join-reports';
import { OverdoseEventEntity, OverdoseEventReportEntity } from './overdose-event.entity';

/** A report that stands, with the person as identity is resolved today and the event it is part of. */
export type StandingReport = JoinableReport & ReportedFacts & { readonly eventId: string | null };

export interface ReportOfEvent {
  readonly eventId: string;
  readonly reportId: string;
  readonly agencyId: string;
  readonly receivedAt: Date;
  readonly personId: string | null;
  readonly episodeId: string | null;
  /** The person as identity is resolved today; null: not told. */
  readonly clusterId: string | null;
}

/** An overdose of a person, as one of its reports is of. */
export interface PastOfPerson extends PastOverdose {
  readonly personId: string;
  readonly id: string;
  readonly agencyId: string;
}

export interface EventWindow {
  /** Null: everywhere. */
  readonly counties: readonly string[] | null;
  /** Whether counties are where it happened, or where the person lives as far as that is known. */
  readonly by?: 'INCIDENT' | 'RESIDENCE';
  readonly from: Date;
  /** Not included. */
  readonly until: Date;
  /** Null: fatal or not. */
  readonly isFatal?: boolean | null;
}

const person = 'coalesce(c.cluster_id, r.person_id)';
const standing = `select r.id, r.agency_id as "agencyId", r.occurred_at as "occurredAt", r.is_time_known as "isTimeKnown",
    r.county_fips as "countyFips", r.latitude, r.longitude, r.residence_county_fips as "residenceCountyFips", r.is_fatal as "isFatal",
    r.is_naloxone_given as "isNaloxoneGiven", r.doses, r.suspected_substances as "suspectedSubstances",
    r.has_children_present as "hasChildrenPresent", r.transport, r.age_years as "ageYears", r.sex, r.race, r.is_apart as "isApart",
    ${person} as person, e.event_id as "eventId"
  from overdose_report r left join person_cluster c on c.person_id = r.person_id
    left join overdose_event_report e on e.report_id = r.id and e.until_at is null`;
// Reports are joined one after another: whoever waits here sees what was joined before.
const takeTurn = sql(`select pg_advisory_xact_lock(hashtextextended('overdose-joining', 0))`);
const eventsOfReports = sql<{ eventId: string }>(
  `select distinct event_id as "eventId" from overdose_event_report where report_id = any($1::uuid[]) and until_at is null`,
);
const reportsOfPerson = sql<{ id: string }>(
  `select r.id from overdose_report r where r.retracted_at is null and (r.person_id = $1 or r.person_id in (
     select o.person_id from person_cluster c join person_cluster o on o.cluster_id = c.cluster_id where c.person_id = $1))`,
);
const seeds = sql<StandingReport>(
  `${standing} where r.retracted_at is null and (r.id = any($1::uuid[])
     or r.id in (select s.report_id from overdose_event_report s where s.event_id = any($2::uuid[]) and s.until_at is null))`,
);
// One look-up of an index for each county and each person.
const near = sql<StandingReport>(
  `${standing} where r.retracted_at is null and r.id in (
     select n.id from unnest($1::timestamptz[], $2::timestamptz[], $3::text[]) as s(since, until, county_fips)
       join overdose_report n on n.county_fips = s.county_fips and n.occurred_at between s.since and s.until
     union select n.id from unnest($4::timestamptz[], $5::timestamptz[], $6::uuid[]) as s(since, until, person_id)
       join overdose_report n on n.person_id = s.person_id and n.occurred_at between s.since and s.until)`,
);
const eventColumns = selectList(OverdoseEventEntity, 'e');
const byIds = sql<OverdoseEventEntity>(`select ${eventColumns} from overdose_event e where e.id = any($1::uuid[])`);
const inWindow = sql<OverdoseEventEntity>(
  `select ${eventColumns} from overdose_event e where e.ended_at is null and e.occurred_at >= $1 and e.occurred_at < $2
     and ($3::text[] is null or case when $4 then coalesce(e.residence_county_fips, e.county_fips) else e.county_fips end = any($3))
     and ($5::boolean is null or e.is_fatal = $5) order by e.occurred_at, e.id`,
);
const ofEvents = sql<ReportOfEvent>(
  `select m.event_id as "eventId", r.id as "reportId", r.agency_id as "agencyId", r.received_at as "receivedAt", r.person_id as "personId",
     r.episode_id as "episodeId", ${person} as "clusterId"
   from overdose_event_report m join overdose_report r on r.id = m.report_id left join person_cluster c on c.person_id = r.person_id
   where m.event_id = any($1::uuid[]) and m.until_at is null order by m.event_id, r.occurred_at, r.id`,
);
const ofPersons = sql<OverdoseEventEntity & { readonly personId: string }>(
  `select distinct ${eventColumns}, r.person_id as "personId" from overdose_report r
     join overdose_event_report m on m.report_id = r.id and m.until_at is null join overdose_event e on e.id = m.event_id
   where r.person_id = any($1::uuid[]) and r.retracted_at is null and e.occurred_at >= $2 order by e.occurred_at, e.id`,
);
// Of each person asked for, over all records that are taken for one with theirs; a row for each report of an event.
const pastOf = sql<PastOfPerson>(
  `with one(asked, person_id) as (
     select a.id, a.id from unnest($1::uuid[]) a(id)
     union select a.id, m.person_id from unnest($1::uuid[]) a(id) join person_cluster c on c.person_id = a.id
       join person_cluster m on m.cluster_id = c.cluster_id)
   select one.asked as "personId", e.id, e.occurred_at as "occurredAt", e.doses, e.has_refused_transport as "hasRefusedTransport",
     r.agency_id as "agencyId"
   from one join overdose_report r on r.person_id = one.person_id and r.retracted_at is null
     join overdose_event_report p on p.report_id = r.id and p.until_at is null join overdose_event e on e.id = p.event_id
   where e.occurred_at >= $2 order by e.occurred_at, e.id, r.id`,
);
// What an agency reported of a record it has on file, and of records that its own people said are of the same person.
const ownOf = sql<StandingReport>(
  `${standing} where r.agency_id = $1 and r.retracted_at is null and r.occurred_at >= $3 and r.person_id in (
     select $2::uuid union
     select case when l.left_person_id = $2 then l.right_person_id else l.left_person_id end from person_link l
     where l.state = 'LINKED' and (l.left_person_id = $2 or l.right_person_id = $2) and exists (
       select 1 from person_link_decision d where d.link_id = l.id and d.to_state = 'LINKED' and d.agency_id = $1))`,
);
const insertion = insertionOf(OverdoseEventEntity, 'overdose_event', ['endedAt', 'joinedInto']);
const FACTS = [
  ...['occurredAt', 'isTimeKnown', 'countyFips', 'latitude', 'longitude', 'residenceCountyFips', 'isFatal'],
  ...['isNaloxoneGiven', 'doses', 'suspectedSubstances', 'hasChildrenPresent', 'isTransported'],
  ...['hasRefusedTransport', 'ageYears', 'sex', 'race', 'reports'],
] as (keyof EventFacts | 'reports')[];
const names = columnNames(OverdoseEventEntity);
const change = sql(
  `update overdose_event set version = version + 1, ended_at = null, joined_into = null,
     ${FACTS.map((fact, at) => `${names.get(fact) ?? ''} = $${at + 2}`).join(', ')} where id = $1`,
);
const end = sql(
  'update overdose_event set ended_at = $2, joined_into = $3, reports = 0, version = version + 1 where id = $1',
);
const leave = sql(
  'update overdose_event_report set until_at = $2 where report_id = any($1::uuid[]) and until_at is null',
);
const enterInsertion = insertionOf(OverdoseEventReportEntity, 'overdose_event_report', ['untilAt']);

/** Events, and which reports are part of them. Read and written as Handrail only. */
@Injectable()
export class OverdoseEventsStore {
  takeTurn(tx: SystemTx): void {
    tx.post(takeTurn);
  }

  /** Reports that stand of everybody who is taken for one with this person. */
  async reportsOfPerson(tx: SystemTx, personId: string): Promise<string[]> {
    return (await tx.query(reportsOfPerson, [personId])).map(({ id }) => id);
  }

  async eventsOfReports(reader: Reader, reportIds: readonly string[]): Promise<string[]> {
    return (await reader.query(eventsOfReports, [reportIds])).map(({ eventId }) => eventId);
  }

  /** These reports as far as they stand, and all that stand in these events. */
  standing(tx: SystemTx, reportIds: readonly string[], eventIds: readonly string[]): Promise<StandingReport[]> {
    return tx.query(seeds, [reportIds, eventIds]);
  }

  near(tx: SystemTx, { places, persons }: Reach): Promise<StandingReport[]> {
    const spans = (reaches: readonly Span[]) => [reaches.map(({ from }) => from), reaches.map(({ until }) => until)];
    const counties = places.map(({ countyFips }) => countyFips);
    const personIds = persons.map(({ personId }) => personId);
    return tx.query(near, [...spans(places), counties, ...spans(persons), personIds]);
  }

  byIds(reader: Reader, ids: readonly string[]): Promise<OverdoseEventEntity[]> {
    return reader.query(byIds, [ids]);
  }

  inWindow(reader: Reader, { counties, by, from, until, isFatal }: EventWindow): Promise<OverdoseEventEntity[]> {
    return reader.query(inWindow, [from, until, counties, by === 'RESIDENCE', isFatal ?? null]);
  }

  reportsOf(reader: Reader, eventIds: readonly string[]): Promise<ReportOfEvent[]> {
    return reader.query(ofEvents, [eventIds]);
  }

  /** What happened to each of these persons since a moment, in the order of time. */
  pastOf(reader: Reader, personIds: readonly string[], since: Date): Promise<PastOfPerson[]> {
    return reader.query(pastOf, [personIds, since]);
  }

  ofPersons(
    reader: Reader,
    personIds: readonly string[],
    since: Date,
  ): Promise<(OverdoseEventEntity & { readonly personId: string })[]> {
    return reader.query(ofPersons, [personIds, since]);
  }

  /** Reports of one agency of one person, taken for one whoever else is taken for them. */
  async ownOf(reader: Reader, agencyId: string, personId: string, since: Date): Promise<StandingReport[]> {
    const own = await reader.query(ownOf, [agencyId, personId, since]);
    return own.map((report) => ({ ...report, person: personId }));
  }

  insert(tx: SystemTx, facts: EventFacts, reports: number): string {
    const id = newId();
    const row = { ...facts, id, reports, recordedAt: tx.asOf, version: 1 };
    tx.post(insertion.statement, insertion.valuesOf(row as unknown as OverdoseEventEntity));
    return id;
  }

  change(tx: SystemTx, id: string, facts: EventFacts, reports: number): void {
    tx.post(change, [id, ...FACTS.map((fact) => ({ ...facts, reports })[fact])]);
  }

  end(tx: SystemTx, id: string, joinedInto: string | null): void {
    tx.post(end, [id, tx.asOf, joinedInto]);
  }

  leave(tx: SystemTx, reportIds: readonly string[]): void {
    if (reportIds.length > 0) tx.post(leave, [reportIds, tx.asOf]);
  }

  enter(tx: SystemTx, part: Pick<OverdoseEventReportEntity, 'eventId' | 'reportId' | 'rule' | 'policyVersion'>): void {
    tx.post(enterInsertion.statement, enterInsertion.valuesOf({ ...part, id: newId(), fromAt: tx.asOf }));
  }
}

interface Span {
  readonly from: Date;
  readonly until: Date;
}

/** Where and of whom others may have reported the same overdose, and when. */
export interface Reach {
  readonly places: readonly (Span & { readonly countyFips: string })[];
  readonly persons: readonly (Span & { readonly personId: string })[];
}

/** Whether an event on file says what these facts say. */
export const isSameEvent = (event: OverdoseEventEntity, facts: EventFacts, reports: number): boolean =>
  event.endedAt === null &&
  FACTS.every((fact) => JSON.stringify(event[fact]) === JSON.stringify({ ...facts, reports }[fact]));
