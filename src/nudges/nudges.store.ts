import { Injectable } from '@nestjs/common';
import type { Facts, Role } from '../access';
import { isUncoordinated, roomClockKinds, seesToCases } from '../clocks';
import { selectList } from '../platform/database/columns';
import type { AgencyKind } from '../kernel/vocabulary';
import type { Reader } from '../platform/database/reader';
import { sql, type Statement } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import type { Keyset } from '../platform/graphql';
import type { Whose } from './nudge-addresses.store';
import { NudgeEntity } from './nudge.entity';
import type { NudgeKind } from './nudge-kinds';

export type NudgeRow = NudgeEntity & Facts;

/** An agency an event may concern, and the record its people would look at. */
export interface Concerned {
  readonly agencyId: string;
  readonly subjectId: string;
}

export interface Candidate extends Whose {
  readonly membershipId: string;
  readonly role: Role;
}

export interface Sender extends Candidate {
  readonly agencyKind: AgencyKind;
  readonly isReachable: boolean;
  readonly submittedAt: Date;
  /** By the database’s clock. */
  readonly seenAt: Date;
  readonly remembered: Buffer | null;
}

export interface NewNudge extends Whose {
  readonly membershipId: string;
  readonly kind: NudgeKind;
  readonly subjectId: string;
  readonly isUrgent: boolean;
  /** Not where they were told of the record before. */
  readonly isOnce?: boolean;
}

const concerned = (select: string): Statement<Concerned> => sql<Concerned>(select);
const ofClock = (agency: string, subject: string, where: string): Statement<Concerned> =>
  concerned(
    `select agency as "agencyId", subject as "subjectId" from (
       select ${agency} as agency, ${subject} as subject from clock c where c.id = $1 and c.ended_at is null and ${where}) found where agency is not null`,
  );
const owner = `case when $2 = 'OWNER' then c.owner_agency_id end`;
const ofReview = `select agency_id as "agencyId", id as "subjectId" from break_glass_review where break_glass_id = $1`;
const coordinating = concerned(
  `select distinct g.id as "agencyId", r.id as "subjectId" from referral r
     join agency g on g.id = r.coordinating_agency_id or g.id = r.sender_agency_id and g.kind = 'OUTREACH_TEAM' where r.id = $1`,
);
// That facts are missing is the sender’s to see; a clock that hangs on them is not.
const ofSender = (tell: string): Statement<Concerned> =>
  concerned(
    `select r.sender_agency_id as "agencyId", r.id as "subjectId" from clock c join referral r on r.id = c.referral_id
     where c.id = $1 and c.ended_at is null and $2 = '${tell}'`,
  );
const plain = (table: string, agency = 'agency_id'): Statement<Concerned> =>
  concerned(`select ${agency} as "agencyId", id as "subjectId" from ${table} where id = $1`);
/**
 * Whom an event of each kind may concern, by the facts alone; `$1` is the record of the event, `$2` whom a ladder names. What a sending
 * agency is counted for is told to nobody there. Who of them may know is asked of the access table afterwards.
 */
const concernedBy: Readonly<Record<Exclude<NudgeKind, 'REFERRAL_MOVED'>, Statement<Concerned>>> = {
  OFFER_WAITS: plain('offer'),
  CLOCK_DUE: ofClock(
    `case $2 when 'COORDINATOR' then c.coordinator_agency_id when 'OWNER' then case when c.owner_side <> 'SENDER' then c.owner_agency_id end end`,
    'c.id',
    'c.referral_id is not null',
  ),
  FACTS_WANTED: ofSender('SENDER'),
  FACTS_WANTED_SOON: ofSender('SENDING_AGENCY'),
  REFERRAL_LAPSED: coordinating,
  CASE_PLACED: concerned(
    `select p.agency_id as "agencyId", c.id as "subjectId" from outreach_case c join outreach_program p on p.id = c.to_program_id
       where c.id = $1 and c.state = 'HANDED_OVER'
     union select c.coordinator_agency_id, c.id from outreach_case c
       where c.id = $1 and c.state = 'UNASSIGNED' and c.coordinator_agency_id is not null`,
  ),
  // And whoever else is in the team, where nobody of its lead is left.
  CASE_DUE: concerned(
    `select case $2 when 'COORDINATOR' then coalesce(c.coordinator_agency_id, c.owner_agency_id) else c.owner_agency_id end as "agencyId", c.subject_id as "subjectId" from clock c
       where c.id = $1 and c.ended_at is null and c.subject_type = 'OutreachCase' and $2 in ('OWNER','COORDINATOR')
     union select t.agency_id, c.subject_id from clock c join outreach_case o on o.id = c.subject_id
         join outreach_team t on t.program_id = o.program_id and t.agreed_at is not null
       where c.id = $1 and c.ended_at is null and $2 in ('OWNER','COORDINATOR') and not ${seesToCases('c.owner_agency_id')}`,
  ),
  COUNT_DUE: ofClock(owner, 'c.id', `c.kind in (${roomClockKinds.map((kind) => `'${kind}'`).join()})`),
  OVERSIGHT_DUE: ofClock(owner, 'c.subject_id', `c.subject_type in ('BreakGlassReview','AccountingRequest')`),
  EXPOSURE_DUE: concerned(
    `select e.agency_id as "agencyId", e.id as "subjectId" from exposure e where e.id = $1 and $2 = ''
     union select c.owner_agency_id, c.subject_id from clock c where c.id = $1 and c.subject_type = 'Exposure' and c.ended_at is null and $2 = 'OWNER'`,
  ),
  // The last rung, and where nobody coordinates the one before it: whose owner is a sender would hear of it at no time.
  AGENCY_OVERDUE: concerned(
    `select g.id as "agencyId", c.owner_agency_id as "subjectId" from clock c join agency g on g.kind = 'PLATFORM' and g.is_active
     where c.id = $1 and c.ended_at is null
       and ($2 = 'OPERATOR' or $2 = 'COORDINATOR' and ${isUncoordinated})
     union select g.id, a.id from agency a join agency g on g.kind = 'PLATFORM' and g.is_active where a.id = $1`,
  ),
  WAITLISTED: coordinating,
  PLACE_GIVEN: coordinating,
  SCHOOL_NOTICE: plain('handle_with_care_notice', 'school_agency_id'),
  NOTICE_UNREAD: ofClock(owner, 'c.subject_id', `c.subject_type = 'HandleWithCareReceipt'`),
  CHILD_REPORT: plain('child_report'),
  CHILD_DUE: concerned(
    `select r.agency_id as "agencyId", r.id as "subjectId" from child_report r where r.id = $1 and $2 = ''
     union select c.owner_agency_id, c.subject_id from clock c where c.id = $1 and c.subject_type = 'ChildReport' and c.ended_at is null and $2 = 'OWNER'`,
  ),
  STOCK_WARNED: plain('stock_warning'),
  RESTOCK_DUE: concerned(
    `select case r.state when 'REQUESTED' then r.supplier_agency_id when 'SENT' then r.agency_id end as "agencyId", r.id as "subjectId"
       from restock_request r where r.id = $1 and $2 = '' and r.state in ('REQUESTED','SENT')
     union select c.owner_agency_id, c.subject_id from clock c where c.id = $1 and c.subject_type = 'RestockRequest' and c.ended_at is null and $2 = 'OWNER'
     union select r.agency_id, r.id from clock c join restock_request r on r.id = c.subject_id
       where c.id = $1 and c.subject_type = 'RestockRequest' and c.ended_at is null and $2 = 'ASKER'`,
  ),
  GLASS_BROKEN: concerned(ofReview),
  ENDPOINT_DISABLED: plain('webhook_endpoint'),
  SPIKE: concerned(
    `select agency_id as "agencyId", alert_id as "subjectId" from spike_alert_party where alert_id = $1`,
  ),
  BATCH_WARNING: concerned(
    `select agency_id as "agencyId", warning_id as "subjectId" from batch_warning_party where warning_id = $1`,
  ),
};
const takesSecond = (kind: NudgeKind): boolean =>
  [
    'CLOCK_DUE',
    'FACTS_WANTED',
    'FACTS_WANTED_SOON',
    'CASE_DUE',
    'CHILD_DUE',
    'RESTOCK_DUE',
    'COUNT_DUE',
    'OVERSIGHT_DUE',
    'EXPOSURE_DUE',
    'NOTICE_UNREAD',
    'AGENCY_OVERDUE',
  ].includes(kind);

const reachable = sql<Candidate>(
  `select m.id as "membershipId", m.account_id as "accountId", m.agency_id as "agencyId", m.role
   from membership m join account a on a.id = m.account_id join agency g on g.id = m.agency_id
   where m.agency_id = any($1::uuid[]) and m.ended_at is null and g.is_active and a.kind = 'STAFF'
     and exists (select 1 from nudge_address x where x.agency_id = m.agency_id and x.account_id = m.account_id and x.state = 'CONFIRMED')
   order by m.created_at, m.id`,
);
// The time is taken before the row itself is read: an older look must not take the place of a newer one.
const senderOf = sql<Sender>(
  `select app.now() as "seenAt", r.submitted_at as "submittedAt", i.image as remembered, m.agency_id as "agencyId", m.account_id as "accountId",
     m.id as "membershipId", m.role, g.kind as "agencyKind",
     exists (select 1 from nudge_address x where x.agency_id = m.agency_id and x.account_id = m.account_id and x.state = 'CONFIRMED') as "isReachable"
   from referral r join membership m on m.agency_id = r.sender_agency_id and m.account_id = r.submitted_by and m.ended_at is null
     join account a on a.id = m.account_id and a.kind = 'STAFF' join agency g on g.id = m.agency_id and g.is_active
     left join nudge_image i on i.account_id = m.account_id and i.subject_id = r.id
   where r.id = $1 order by m.created_at, m.id`,
);
// What waits already is not written down again; of one event there is one for each person, however often it is heard.
const add = sql(
  `insert into nudge (agency_id, account_id, membership_id, kind, subject_id, event_id, is_urgent, state, created_at, look_at)
   select n."agencyId", n."accountId", n."membershipId", n.kind, n."subjectId", $1, n."isUrgent", 'WAITING', app.now(), app.now()
   from jsonb_to_recordset($2) as n("agencyId" uuid, "accountId" uuid, "membershipId" uuid, kind text, "subjectId" uuid, "isUrgent" boolean, "isOnce" boolean)
   where not exists (select 1 from nudge w where w.agency_id = n."agencyId" and w.account_id = n."accountId"
     and (w.state = 'WAITING' or n."isOnce") and w.kind = n.kind and w.subject_id = n."subjectId")
   on conflict do nothing`,
);
// An older look never takes the place of a newer one, so that what was seen once is not seen again.
const remember = sql<{ before: Buffer | null }>(
  `insert into nudge_image as i (account_id, subject_id, image, seen_at) values ($1, $2, $3, $4)
   on conflict (account_id, subject_id) do update set image = excluded.image, seen_at = excluded.seen_at where i.seen_at < excluded.seen_at
   returning old.image as before`,
);
const columns = `${selectList(NudgeEntity, 'n')}, array['OWN_AGENCY'] as relations, '{}'::text[] as consents`;
// A notice to a school is gone after its time, and so is that there was one: at once to whoever looks, and from the file with the next sweep.
const hasNotice = `exists (select 1 from handle_with_care_notice h where h.id = n.subject_id and h.expires_at > app.now())`;
const page = sql<NudgeRow>(
  `select ${columns} from nudge n where n.agency_id = $1 and n.account_id = $2 and n.state = 'TOLD'
     and (n.kind <> 'SCHOOL_NOTICE' or ${hasNotice})
     and ($4::timestamptz is null or (n.created_at, n.id) < ($4, $5::uuid)) order by n.created_at desc, n.id desc limit $3`,
);
const waitingPeople = sql<Whose>(
  `select distinct agency_id as "agencyId", account_id as "accountId" from nudge where state = 'WAITING' and look_at <= app.now() limit $1`,
);
const lockWaiting = sql<NudgeEntity>(
  `select ${selectList(NudgeEntity, 'n')} from nudge n where n.agency_id = $1 and n.account_id = $2 and n.state = 'WAITING'
   order by n.created_at, n.id limit 500 for no key update of n skip locked`,
);
const lastToldAt = sql<{ at: Date | null }>(
  `select max(told_at) as at from nudge where agency_id = $1 and account_id = $2 and state = 'TOLD'`,
);
const lookAgain = sql(`update nudge set look_at = $2 where id = any($1::uuid[]) and state = 'WAITING'`);
const lookNow = sql(
  `update nudge set look_at = app.now() where agency_id = $1 and account_id = $2 and state = 'WAITING'`,
);
const told = sql(
  `update nudge set state = 'TOLD', look_at = null, told_at = app.now(), batch_id = $2 where id = any($1::uuid[])`,
);
const drop = sql(`update nudge set state = 'DROPPED', look_at = null where id = any($1::uuid[])`);
const inBatch = sql<NudgeEntity>(
  `select ${selectList(NudgeEntity, 'n')} from nudge n where n.batch_id = $1 order by n.created_at, n.id`,
);
const forget = sql(
  `delete from nudge where ctid = any(array(select ctid from nudge where state <> 'WAITING' and created_at < app.now() - interval '30 days' limit 1000))`,
);
const forgetNotices = sql(`delete from nudge n where n.kind = 'SCHOOL_NOTICE' and not ${hasNotice}`);
const forgetImages = sql(
  `delete from nudge_image where ctid = any(array(select i.ctid from nudge_image i where i.seen_at < app.now() - interval '400 days' limit 1000))`,
);

/** What waits for whom. Written as Handrail only. */
@Injectable()
export class NudgesStore {
  concerned(reader: Reader, kind: keyof typeof concernedBy, recordId: string, tell: string): Promise<Concerned[]> {
    return reader.query(concernedBy[kind], takesSecond(kind) ? [recordId, tell] : [recordId]);
  }

  /** People of these agencies who have an address that works. */
  reachable(reader: Reader, agencyIds: readonly string[]): Promise<Candidate[]> {
    return reader.query(reachable, [agencyIds]);
  }

  /** Who submitted a referral, in each of their roles at its agency, and what they were last seen to know of it. */
  senderOf(reader: Reader, referralId: string): Promise<Sender[]> {
    return reader.query(senderOf, [referralId]);
  }

  add(tx: SystemTx, eventId: string, nudges: readonly NewNudge[]): void {
    tx.post(add, [eventId, JSON.stringify(nudges)]);
  }

  /** What was remembered before; undefined: somebody has looked since. */
  async remember(tx: SystemTx, { accountId, subjectId, image, seenAt }: Image): Promise<Buffer | null | undefined> {
    const [row] = await tx.query(remember, [accountId, subjectId, image, seenAt]);
    return row?.before;
  }

  /** Newest first; one more than asked for where more follow. */
  page(reader: Reader, { agencyId, accountId }: Whose, first: number, after: Keyset | null): Promise<NudgeRow[]> {
    return reader.query(page, [agencyId, accountId, first + 1, after?.createdAt ?? null, after?.id ?? null]);
  }

  waitingPeople(reader: Reader, limit: number): Promise<Whose[]> {
    return reader.query(waitingPeople, [limit]);
  }

  lockWaiting(tx: SystemTx, { agencyId, accountId }: Whose): Promise<NudgeEntity[]> {
    return tx.query(lockWaiting, [agencyId, accountId]);
  }

  async lastToldAt(tx: SystemTx, { agencyId, accountId }: Whose): Promise<Date | null> {
    return (await tx.query(lastToldAt, [agencyId, accountId]))[0]?.at ?? null;
  }

  lookAgain(tx: SystemTx, ids: readonly string[], at: Date): void {
    tx.post(lookAgain, [ids, at]);
  }

  /** The wishes have changed: what waits is looked at under the new ones. */
  lookNow(tx: SystemTx, { agencyId, accountId }: Whose): void {
    tx.post(lookNow, [agencyId, accountId]);
  }

  tell(tx: SystemTx, ids: readonly string[], batchId: string): void {
    tx.post(told, [ids, batchId]);
  }

  drop(tx: SystemTx, ids: readonly string[]): void {
    tx.post(drop, [ids]);
  }

  inBatch(reader: Reader, batchId: string): Promise<NudgeEntity[]> {
    return reader.query(inBatch, [batchId]);
  }

  forget(tx: SystemTx): void {
    tx.post(forget);
    tx.post(forgetNotices);
    tx.post(forgetImages);
  }
}

export interface Image {
  readonly accountId: string;
  readonly subjectId: string;
  readonly image: Buffer;
  readonly seenAt: Date;
}
