import { Injectable } from '@nestjs/common';
import { isClosed, isDesertedBy, SENDS_FACTS } from '../agencies';
import { selectList } from '../platform/database/columns';
import { newId } from '../platform/database/new-id';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import { ClockEntity } from './clock.entity';
import type { ClockAnswer, ClockEnd, ClockKind } from './clock-kinds';
import type { Advance } from './engine/ladder';
import { isUncoordinated } from './uncoordinated';

/** Where a clock runs, and what was set for it there. */
export interface PlaceRow {
  readonly agencyId: string;
  readonly programId: string | null;
  readonly state: string;
  readonly zone: string | null;
  /** Latest first; those of the program before those of its agency. */
  readonly settings: readonly { readonly kind: ClockKind; readonly lasts: string; readonly validFrom: string }[];
}

export type StartedClock = Pick<
  ClockEntity,
  | 'kind'
  | 'subjectType'
  | 'subjectId'
  | 'referralId'
  | 'ownerAgencyId'
  | 'ownerSide'
  | 'coordinatorAgencyId'
  | 'startedAt'
  | 'dueAt'
  | 'definitionVersion'
  | 'nextStepAt'
>;

const settingsOf = (where: string): string => `coalesce((
    select jsonb_agg(jsonb_build_object('kind', s.kind, 'lasts', s.lasts, 'validFrom', s.valid_from)
      order by (s.program_id is not null) desc, s.valid_from desc)
    from clock_setting s where ${where} and s.valid_from <= app.now()), '[]')`;
const placesOfPrograms = sql<PlaceRow>(
  `select p.agency_id as "agencyId", p.id as "programId", p.state, p.time_zone as zone,
     ${settingsOf('s.agency_id = p.agency_id and (s.program_id is null or s.program_id = p.id)')} as settings
   from program p where p.id = any($1::uuid[])`,
);
const placesOfAgencies = sql<PlaceRow>(
  `select a.id as "agencyId", null::uuid as "programId", a.state, null::text as zone,
     ${settingsOf('s.agency_id = a.id and s.program_id is null')} as settings
   from agency a where a.id = any($1::uuid[])`,
);

// A sender that is an outreach team coordinates itself.
const start = sql(
  `insert into clock (id, kind, subject_type, subject_id, referral_id, owner_agency_id, owner_side, coordinator_agency_id,
     started_at, due_at, definition_version, next_step_at)
   select c.id, c.kind, c."subjectType", c."subjectId", c."referralId", c."ownerAgencyId", c."ownerSide",
     coalesce(c."coordinatorAgencyId", (select g.id from referral r join agency g on g.id = r.sender_agency_id
       where r.id = c."referralId" and g.kind = 'OUTREACH_TEAM')),
     c."startedAt", c."dueAt", c."definitionVersion", c."nextStepAt"
   from jsonb_to_recordset($1) as c(id uuid, kind text, "subjectType" text, "subjectId" uuid, "referralId" uuid, "ownerAgencyId" uuid,
     "ownerSide" text, "coordinatorAgencyId" uuid, "startedAt" timestamptz, "dueAt" timestamptz, "definitionVersion" text, "nextStepAt" timestamptz)
   on conflict (subject_id, kind) where ended_at is null do nothing`,
);
/** Each deadline that passes counts once, whether the sweep sees it first or the step that comes too late. */
const isCounted = 'coalesce(breached_at >= due_at, false)';
const counted = (at: string, isMissed: string): string =>
  `breach_count = breach_count + (case when (due_at <= ${at} or ${isMissed}) and not ${isCounted} then 1 else 0 end),
     breached_at = case when (due_at <= ${at} or ${isMissed}) and not ${isCounted} then due_at else breached_at end`;
// What is ended too late was a breach, whether or not anybody had looked by then.
const end = sql(
  `update clock set ended_at = $3, next_step_at = null,
     ended_how = case when $4 = 'MET' and due_at <= $3 then 'BREACHED' else $4 end,
     ${counted('$3', "$4 = 'BREACHED'")},
     answer = coalesce($5, answer), answered_by = coalesce($6, answered_by)
   where subject_id = any($1::uuid[]) and kind = any($2::text[]) and ended_at is null`,
);
// In time by the day it was done is no breach, whoever had counted one by then; `started_at`: of an earlier deadline of the same clock.
const endAsDone = sql(
  `update clock set ended_at = greatest($3, started_at), next_step_at = null, ended_how = case when due_at <= $3 then 'BREACHED' else 'MET' end,
     breach_count = breach_count + (case when due_at <= $3 then (not ${isCounted})::int else -(${isCounted})::int end),
     breached_at = case when due_at <= $3 then coalesce(greatest(breached_at, due_at), due_at)
       when ${isCounted} then case when breach_count > 1 then started_at end else breached_at end
   where subject_id = any($1::uuid[]) and kind = any($2::text[]) and ended_at is null`,
);
const endOfReferral = sql(
  `update clock set ended_at = $2, next_step_at = null, ended_how = 'CANCELLED',
     ${counted('$2', 'false')}
   where referral_id = $1 and ended_at is null and ($3::text[] is null or kind = any($3))`,
);
const move = sql(
  `update clock set due_at = $3, next_step_at = $4, step = 0 where subject_id = $1 and kind = $2 and ended_at is null`,
);
// What the sending side had to do, which it never sees, is the team’s from now on; and what a program has to whose agency was closed.
const staysWithProgram = `owner_side = 'PROVIDER' and not ${isClosed('clock.owner_agency_id')}`;
const lead = sql(
  `update clock set coordinator_agency_id = $2, owner_agency_id = case when ${staysWithProgram} then owner_agency_id else $2 end,
     owner_side = case when ${staysWithProgram} then owner_side else 'COORDINATING' end
   where referral_id = $1 and ended_at is null`,
);
const ofSubjects = sql<ClockEntity>(
  `select ${selectList(ClockEntity, 'c')} from clock c where c.kind = any($1::text[]) and c.subject_id = any($2::uuid[])
   order by c.started_at, c.id`,
);
// Once it is due, what lacked facts has ended: of a sender that has nobody to send them the operator must hear before.
const endsUnheard = `c.kind = 'INFO_PROVIDED' and ${isDesertedBy('c.owner_agency_id', SENDS_FACTS)}`;
const isOverdue = sql<{ isSo: boolean }>(
  `select exists (select 1 from clock c where c.owner_agency_id = $1 and c.ended_at is null
     and (c.due_at <= app.now() and c.kind = any($2::text[]) or (c.due_at <= app.now() or ${endsUnheard}) and ${isUncoordinated})) as "isSo"`,
);
const toAdvance = sql<{ id: string; agencyId: string }>(
  `select id, owner_agency_id as "agencyId" from clock where next_step_at <= app.now() and id <> all ($2::uuid[]) order by next_step_at limit $1`,
);
// Whom another worker holds is in good hands.
const lockToAdvance = sql<ClockEntity>(
  `select ${selectList(ClockEntity, 'c')} from clock c where c.id = $1 and c.next_step_at <= $2 for no key update skip locked`,
);
const advanced = sql(
  `update clock set step = $2, next_step_at = $3,
     breached_at = case when $4::boolean then due_at else breached_at end,
     breach_count = breach_count + $4::boolean::int where id = $1`,
);

@Injectable()
export class ClocksStore {
  placesOfPrograms(reader: Reader, programIds: readonly string[]): Promise<PlaceRow[]> {
    return reader.query(placesOfPrograms, [programIds]);
  }

  placesOfAgencies(reader: Reader, agencyIds: readonly string[]): Promise<PlaceRow[]> {
    return reader.query(placesOfAgencies, [agencyIds]);
  }

  /** One that runs already goes on as it is. */
  start(tx: SystemTx, clocks: readonly StartedClock[]): void {
    tx.post(start, [JSON.stringify(clocks.map((clock) => ({ ...clock, id: newId() })))]);
  }

  lead(tx: SystemTx, referralId: string, agencyId: string): void {
    tx.post(lead, [referralId, agencyId]);
  }

  end(
    tx: SystemTx,
    { subjectIds, kinds, how }: { subjectIds: readonly string[]; kinds: readonly ClockKind[]; how: ClockEnd },
    answer: { readonly answer: ClockAnswer; readonly by: string | null } | null = null,
  ): void {
    tx.post(end, [subjectIds, kinds, tx.asOf, how, answer?.answer ?? null, answer?.by ?? null]);
  }

  endAsDone(
    tx: SystemTx,
    { subjectIds, kinds, doneAt }: { subjectIds: readonly string[]; kinds: readonly ClockKind[]; doneAt: Date },
  ): void {
    tx.post(endAsDone, [subjectIds, kinds, doneAt]);
  }

  endOfReferral(tx: SystemTx, referralId: string, kinds: readonly ClockKind[] | null): void {
    tx.post(endOfReferral, [referralId, tx.asOf, kinds]);
  }

  move(tx: SystemTx, subjectId: string, kind: ClockKind, to: { dueAt: Date; nextStepAt: Date | null }): void {
    tx.post(move, [subjectId, kind, to.dueAt, to.nextStepAt]);
  }

  ofSubjects(reader: Reader, kinds: readonly ClockKind[], subjectIds: readonly string[]): Promise<ClockEntity[]> {
    return reader.query(ofSubjects, [kinds, subjectIds]);
  }

  async isOverdue(reader: Reader, ownerAgencyId: string, kinds: readonly ClockKind[]): Promise<boolean> {
    return (await reader.query(isOverdue, [ownerAgencyId, kinds]))[0]?.isSo ?? false;
  }

  toAdvance(reader: Reader, limit: number, resting: readonly string[]): Promise<{ id: string; agencyId: string }[]> {
    return reader.query(toAdvance, [limit, resting]);
  }

  async lockToAdvance(tx: SystemTx, id: string): Promise<ClockEntity | undefined> {
    return (await tx.query(lockToAdvance, [id, tx.asOf]))[0];
  }

  advance(tx: SystemTx, id: string, { step, nextAt }: Advance, isBreachedNow: boolean): void {
    tx.post(advanced, [id, step, nextAt, isBreachedNow]);
  }
}
