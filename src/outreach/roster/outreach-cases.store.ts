import { Injectable } from '@nestjs/common';
import type { Facts } from '../../access';
import { columnNames, insertionOf, selectList } from '../../platform/database/columns';
import { newId } from '../../platform/database/new-id';
import type { Reader } from '../../platform/database/reader';
import { sql } from '../../platform/database/statement';
import { NO_AGENCY, systemActor } from '../../platform/database/system-actor';
import type { SystemTx, Tx } from '../../platform/database/tx';
import { FieldCipher } from '../../platform/encryption/field-cipher';
import { sealedField } from '../../platform/encryption/sealed-field';
import type { Keyset } from '../../platform/graphql';
import type { PastOverdose } from '../../overdoses';
import { homeKey } from '../home-key';
import type { OutreachCaseState } from '../engine/vocabulary';
import type { OutreachLikeness } from './outreach-likeness.type';
import {
  OutreachCaseEntity,
  OutreachCaseEventEntity,
  OutreachStepEntity,
  VisitAttemptEntity,
  type CaseRow,
} from './outreach-case.entity';

export type OutreachCaseRow = CaseRow &
  Facts & {
    readonly leadAgencyId: string | null;
    readonly dueAtText: string;
    /** A follow-up is due, and the asking agency’s to do. */
    readonly hasFollowUp: boolean;
  };
/** What hangs on a case is read with the relations of the case. */
export type CaseEventRow = OutreachCaseEventEntity & Facts & { readonly sourceAgencyId: string | null };
export type VisitAttemptRow = VisitAttemptEntity & Facts & { readonly shownOn: string };
export type OutreachStepRow = OutreachStepEntity & Facts;
/** Of two rows of one roster that may be of one person, read from one of them. */
export type LikenessRow = Pick<OutreachLikeness, 'state' | 'givenName' | 'familyName'> &
  Facts & { readonly caseId: string; readonly otherCaseId: string; readonly linkId: string };
export type NewStep = Pick<OutreachStepEntity, 'command' | 'fromState' | 'toState' | 'reason'>;

/** An overdose of the person of a case, as rows of the roster have it. */
export type PastOnRoster = PastOverdose & { readonly caseId: string; readonly asOf: Date };

export interface RosterPage {
  readonly programId: string;
  /** Monday, `YYYY-MM-DD`; null: every week. */
  readonly week: string | null;
  readonly states: readonly OutreachCaseState[] | null;
  readonly changedSince: Date | null;
}

/** What is to be known of a row to say whether it is on a list, and where. */
export type ListedRow = Facts &
  Pick<OutreachCaseRow, 'id' | 'state' | 'heldFor' | 'callBackAt' | 'latitude' | 'longitude'>;

/** What the place of a row on the roster is made from. */
export type DueRow = Facts & Pick<OutreachCaseRow, 'id' | 'dueAtText'>;
interface DueSpan {
  /** When the last row that was shown is due; null: from the first on. */
  readonly after: string | null;
  readonly zone: string;
  readonly limit: number;
}

const NAME = sealedField('outreach_case', 'name');
const PHONE = sealedField('outreach_case', 'phone');
const ADDRESS = sealedField('outreach_case', 'address', homeKey);
const SAFETY_NOTE = sealedField('outreach_case', 'safety_note');
const NOTE = sealedField('visit_attempt', 'note');
const OPTED_OUT_ADDRESS = sealedField('outreach_case', 'opted_out_address');

export const isOnTeam = (program: string): string =>
  `(exists (select 1 from outreach_program p where p.id = ${program} and p.agency_id = app.agency())
     or exists (select 1 from outreach_team t where t.program_id = ${program} and t.agency_id = app.agency() and t.agreed_at is not null))`;
// Of what a hospital told the police learn nothing, whoever goes along.
const goesAlong = `c.kind <> 'AT_RISK' and exists (select 1 from outreach_program p, agency g where p.id = c.program_id and g.id = app.agency() and g.kind = any(p.visitor_kinds))`;
/** Whoever was to find a program sees the case, also when none was found in time. */
const isToPlace = `c.coordinator_agency_id = app.agency() and (c.state = 'UNASSIGNED' or c.state = 'CLOSED' and c.end_reason = 'NO_PROGRAM')`;
const relations = `array_remove(array[
    case when ${isOnTeam('c.program_id')} then 'ON_TEAM' end,
    case when ${isOnTeam('c.program_id')} and ${goesAlong} then 'GOES_ALONG' end,
    case when c.to_program_id is not null and ${isOnTeam('c.to_program_id')} then 'TAKES_OVER' end,
    case when c.from_program_id is not null and ${isOnTeam('c.from_program_id')} then 'HANDED_ON' end,
    case when ${isToPlace} then 'COORDINATING' end], null) as relations,
  '{}'::text[] as consents`;
const plain = selectList(OutreachCaseEntity, 'c').replace('c.week as', 'c.week::text as');
const hasFollowUp = `exists (select 1 from clock k where k.subject_id = c.id and k.kind in ('FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90')
    and k.ended_at is null and k.owner_agency_id = app.agency()) as "hasFollowUp"`;
const dueAtText = `to_char(c.due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "dueAtText"`;
const columns = `${plain}, ${relations}, ${hasFollowUp}, (select p.agency_id from outreach_program p where p.id = c.program_id) as "leadAgencyId", ${dueAtText}`;
const byIds = sql<OutreachCaseRow>(`select ${columns} from outreach_case c where c.id = any($1::uuid[])`);
const lock = sql<OutreachCaseRow>(`select ${columns} from outreach_case c where c.id = $1 for no key update of c`);
const isListed = `c.state <> 'VOID' and ($2::date is null or c.week = $2) and ($3::text[] is null or c.state = any($3))
    and ($4::timestamptz is null or c.changed_at > $4)`;
const listedColumns = `c.id, c.state, c.held_for as "heldFor", c.call_back_at as "callBackAt", c.latitude, c.longitude, ${relations}`;
// All of them: who is in most danger may be due last.
const listed = (isOnList: string) =>
  sql<ListedRow>(
    `select ${listedColumns} from outreach_case c
     where (c.program_id = $1 or c.to_program_id = $1) and c.state <> 'VOID' and (${isOnList}) order by c.due_at, c.id`,
  );
const lists = {
  // Not reached; families from when they are due, patients from their discharge on; or to be called back.
  toSee: listed(
    `c.state in ('OPEN', 'TRIED') and c.stop_at > $2
       and case c.kind when 'FAMILY' then c.due_at when 'AT_RISK' then c.last_at else c.first_at end < $3
     or c.state = 'REACHED' and c.call_back_at < $3`,
  ),
  ofWeek: listed('c.week = $2'),
  due: listed(
    `c.state in ('OPEN', 'HANDED_OVER', 'TRIED') and c.due_at <= $2 or c.state = 'REACHED' and c.call_back_at <= $2`,
  ),
  changed: listed('c.changed_at > $2'),
};
const startOfDay = (days: number): string =>
  `coalesce((($5::timestamptz at time zone $6)::date + ${days})::timestamp at time zone $6, '-infinity')`;
// The days to their ends, or who is in most danger on the last one might be on none of the pages. Row by row of one index each.
const dueFrom = sql<DueRow>(
  `with next as materialized (select max(n.due_at) as last from (
       (select c.due_at from outreach_case c where c.program_id = $1 and ${isListed} and c.due_at >= ${startOfDay(1)} order by c.due_at limit $7)
       union all
       (select c.due_at from outreach_case c where c.to_program_id = $1 and ${isListed} and c.due_at >= ${startOfDay(1)} order by c.due_at limit $7)
       order by due_at limit $7) n),
     span as materialized (select ${startOfDay(0)} as begins,
       coalesce(((next.last at time zone $6)::date + 1)::timestamp at time zone $6, ${startOfDay(1)}) as ends from next)
   select c.id, ${dueAtText}, ${relations} from outreach_case c
   where c.program_id = $1 and ${isListed} and c.due_at >= (select begins from span) and c.due_at < (select ends from span)
   union all
   select c.id, ${dueAtText}, ${relations} from outreach_case c
   where c.to_program_id = $1 and c.program_id <> $1 and ${isListed} and c.due_at >= (select begins from span) and c.due_at < (select ends from span)`,
);
// The receipt of whoever gave it: what the home team does with it later is not theirs to hear, not even when.
const receipts = sql<ListedRow>(
  `select ${listedColumns} from outreach_case c where c.from_program_id = $1 and c.program_id <> $1 and c.state <> 'VOID' and c.acknowledged_at > $2
   order by c.acknowledged_at, c.id`,
);
const unassigned = sql<OutreachCaseRow>(
  `select ${columns} from outreach_case c where ${isToPlace} and (c.closed_at is null or c.closed_at > app.now() - interval '28 days')
     and ($1::timestamptz is null or (c.due_at, c.id) > ($1, $2::uuid)) order by c.due_at, c.id limit $3`,
);
const events = sql<CaseEventRow>(
  `select ${selectList(OutreachCaseEventEntity, 'e')}, c.source_agency_id as "sourceAgencyId", ${relations}
   from outreach_case_event e join outreach_case c on c.id = e.case_id
   where e.case_id = any($1::uuid[]) and e.until_at is null order by e.occurred_at, e.id`,
);
// Of rows that the actor’s own teams work on, and no others: what another county’s team knows is not theirs to hear.
const past = sql<PastOnRoster>(
  `select distinct on (c.id, e.event_id) c.id as "caseId", t.at as "asOf", e.occurred_at as "occurredAt", e.doses,
     e.has_refused_transport as "hasRefusedTransport"
   from (select coalesce($2::timestamptz, app.now()) as at) t, outreach_case c join outreach_case o on o.state <> 'VOID' and (o.id = c.id or o.person_key = c.person_key and ${isOnTeam('o.program_id')})
     join outreach_case_event e on e.case_id = o.id and not e.is_fatal
   where c.id = any($1::uuid[]) and c.kind <> 'FAMILY' and e.occurred_at > t.at - interval '400 days'
     and e.from_at <= t.at and (e.until_at is null or e.until_at > t.at)`,
);
const attempts = sql<VisitAttemptRow>(
  `select ${selectList(VisitAttemptEntity, 'a')}, c.id as "shownOn", ${relations} from outreach_case c
     join outreach_case j on j.id = c.id or j.joined_into = c.id join visit_attempt a on a.case_id = j.id
   where c.id = any($1::uuid[]) order by a.at, a.id`,
);
const steps = sql<OutreachStepRow>(
  `select ${selectList(OutreachStepEntity, 's')}, ${relations} from outreach_step s join outreach_case c on c.id = s.case_id
   where s.case_id = any($1::uuid[]) order by s.at, s.id`,
);
const likenesses = sql<LikenessRow>(
  `select l.case_id as "caseId", l.other_case_id as "otherCaseId", l.link_id as "linkId", l.state, l.given_name as "givenName",
     l.family_name as "familyName", o.source_agency_id as "sourceAgencyId", ${relations}
   from app.roster_doubles($1) l join outreach_case c on c.id = l.case_id join outreach_case o on o.id = l.other_case_id order by o.opened_at, o.id`,
);
const insertion = insertionOf(OutreachCaseEntity, 'outreach_case');
const names = [...columnNames(OutreachCaseEntity)].filter(([property]) => property !== 'id');
const save = sql(
  `update outreach_case set ${names.map(([, column], at) => `${column} = $${at + 2}`).join(', ')} where id = $1`,
);
const noteReached = sql(
  `update at_risk_flag set reached_at = $2, team_agency_id = (select p.agency_id from outreach_case c join outreach_program p on p.id = c.program_id
     where c.id = $1) where case_id = $1 and reached_at is null`,
);
const untellReached = sql('update at_risk_flag set reached_at = null where case_id = $1 and reached_at is not null');
const stepInsertion = insertionOf(OutreachStepEntity, 'outreach_step');
const attemptInsertion = insertionOf(VisitAttemptEntity, 'visit_attempt');

/** Cases as teams work with them. */
@Injectable()
export class OutreachCasesStore {
  constructor(private readonly fields: FieldCipher) {}

  async byIds(reader: Reader, ids: readonly string[]): Promise<OutreachCaseRow[]> {
    return this.opened(await reader.query(byIds, [ids]));
  }

  /** Cases that this program handed on and that the other team said it has since then. */
  receipts(reader: Reader, programId: string, since: Date): Promise<ListedRow[]> {
    return reader.query(receipts, [programId, since]);
  }

  async lock(tx: Tx, id: string): Promise<OutreachCaseRow | undefined> {
    return (await this.opened(await tx.query(lock, [id])))[0];
  }

  /** All of a program that are on a list, due first. `asked`: the program, and of which, since or by which time. */
  listed(reader: Reader, list: keyof typeof lists, ...asked: readonly (Date | string)[]): Promise<ListedRow[]> {
    return reader.query(lists[list], asked);
  }

  /** Whole days, in no order: the one that `after` is on, and those that follow, until there are `limit` more. */
  dueFrom(reader: Reader, only: RosterPage, { after, zone, limit }: DueSpan): Promise<DueRow[]> {
    const { programId, week, states, changedSince } = only;
    return reader.query(dueFrom, [programId, week, states, changedSince, after, zone, limit]);
  }

  /** Those for which the actor’s agency finds a program, and of the last four weeks those for which it found none. */
  async unassigned(reader: Reader, after: Keyset | null, limit: number): Promise<OutreachCaseRow[]> {
    return this.opened(await reader.query(unassigned, [after?.createdAt ?? null, after?.id ?? null, limit]));
  }

  events(reader: Reader, caseIds: readonly string[]): Promise<CaseEventRow[]> {
    return reader.query(events, [caseIds]);
  }

  /** Of the people of these cases, on rows of the actor’s teams, as they stood at a moment; null: now. */
  past(reader: Reader, caseIds: readonly string[], asOf: Date | null): Promise<PastOnRoster[]> {
    return reader.query(past, [caseIds, asOf]);
  }

  /** Of a case and of those that were joined into it. */
  async attempts(reader: Reader, caseIds: readonly string[]): Promise<VisitAttemptRow[]> {
    return this.fields.unseal(await reader.query(attempts, [caseIds]), 'note', NOTE);
  }

  steps(reader: Reader, caseIds: readonly string[]): Promise<OutreachStepRow[]> {
    return reader.query(steps, [caseIds]);
  }

  likenesses(reader: Reader, caseIds: readonly string[]): Promise<LikenessRow[]> {
    return reader.query(likenesses, [caseIds]);
  }

  insert(tx: SystemTx, row: CaseRow): void {
    tx.post(insertion.statement, insertion.valuesOf(this.sealed(row)));
  }

  save(tx: SystemTx, row: CaseRow): void {
    const sealed = this.sealed(row);
    tx.post(save, [row.id, ...names.map(([property]) => sealed[property as keyof CaseRow])]);
  }

  /** Of whoever took it; or of Handrail, because of something that was reported. */
  addStep(tx: SystemTx, caseId: string, step: NewStep, isFollowing: boolean): void {
    const { id: actorId, kind: actorKind, agencyId } = isFollowing ? systemActor(NO_AGENCY) : tx.actor;
    const at = { at: tx.asOf, agencyId: agencyId === NO_AGENCY ? null : agencyId };
    const own = { ...at, id: newId(), caseId, actorId, actorKind };
    tx.post(stepInsertion.statement, stepInsertion.valuesOf({ ...step, ...own }));
  }

  /** For the hospital that flagged the patient, as far as they agreed. */
  noteReached(tx: SystemTx, caseId: string): void {
    tx.post(noteReached, [caseId, tx.asOf]);
  }

  /** Nor is it told of whoever said that nobody is to come. */
  untellReached(tx: SystemTx, caseId: string): void {
    tx.post(untellReached, [caseId]);
  }

  addAttempt(tx: SystemTx, attempt: Omit<VisitAttemptEntity, 'id' | 'recordedAt' | 'agencyId' | 'byActor'>): string {
    const id = newId();
    const { agencyId, id: byActor } = tx.actor;
    const row = { ...attempt, id, recordedAt: tx.asOf, agencyId, byActor };
    const sealed = { ...row, note: this.fields.seal(NOTE, id, attempt.note) } as unknown as VisitAttemptEntity;
    tx.post(attemptInsertion.statement, attemptInsertion.valuesOf(sealed));
    return id;
  }

  /** Every form in which cases of this home may be on file. */
  homeKeys(address: string | null): Buffer[] {
    return address === null ? [] : this.fields.indexes(ADDRESS, address);
  }

  async opened<Row extends CaseRow>(rows: readonly Row[]): Promise<Row[]> {
    const named = await this.fields.unseal(rows, 'name', NAME);
    const reached = await this.fields.unseal(named, 'phone', PHONE);
    const placed = await this.fields.unseal(reached, 'address', ADDRESS);
    const noted = await this.fields.unseal(placed, 'safetyNote', SAFETY_NOTE);
    return this.fields.unseal(noted, 'optedOutAddress', OPTED_OUT_ADDRESS);
  }

  private sealed(row: CaseRow): CaseRow {
    const { id } = row;
    return {
      ...row,
      name: this.fields.seal(NAME, id, row.name),
      phone: this.fields.seal(PHONE, id, row.phone),
      address: this.fields.seal(ADDRESS, id, row.address),
      addressIndex: row.addressBasis === 'INCIDENT' ? null : this.fields.index(ADDRESS, row.address),
      safetyNote: this.fields.seal(SAFETY_NOTE, id, row.safetyNote),
      optedOutAddress: this.fields.seal(OPTED_OUT_ADDRESS, id, row.optedOutAddress),
    } as unknown as CaseRow;
  }
}
