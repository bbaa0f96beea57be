import { Injectable } from '@nestjs/common';
import type { Facts } from '../../access';
import { selectList } from '../../platform/database/columns';
import { newId } from '../../platform/database/new-id';
import type { Reader } from '../../platform/database/reader';
import { sql } from '../../platform/database/statement';
import type { SystemTx } from '../../platform/database/tx';
import type { Keyset } from '../../platform/graphql';
import type { WebhookDeliveryState } from './webhook-delivery.machine';
import type { WebhookKind } from './webhook-kinds';
import type { AttemptCode } from './webhook.enums';
import { WebhookDeliveryEntity } from './webhook.entity';

export type WebhookDeliveryRow = WebhookDeliveryEntity & Facts;

/** News of one record, and whom it concerns; null: every agency. */
export interface News {
  readonly kind: WebhookKind;
  readonly eventId: string;
  readonly subjectId: string;
  readonly agencyIds: readonly string[] | null;
}

/** A delivery that this process has taken in hand for a minute. */
export interface Claimed extends Pick<
  WebhookDeliveryEntity,
  'id' | 'endpointId' | 'agencyId' | 'kind' | 'subjectId' | 'attempts' | 'firstAttemptAt'
> {
  /** By the database’s clock: what is sent is as of then. */
  readonly claimedAt: Date;
  readonly url: string;
  readonly membershipId: string;
  readonly begunAt: Date;
  readonly failingSince: Date | null;
  /** The event it tells of; null: none, or it is on file no more. */
  readonly eventName: string | null;
}

/** What one worker sends at the same time. */
export interface Slots {
  readonly atOnce: number;
  readonly room: number;
  /** The endpoint of each delivery in hand. */
  readonly underway: readonly string[];
  /** Endpoints by how long their last answer took; those in neither have not answered yet, and get one at a time as well. */
  readonly quick: readonly string[];
  readonly slow: readonly string[];
}

/** How an attempt ended. */
export interface Outcome {
  readonly state: WebhookDeliveryState;
  readonly code: AttemptCode;
  readonly status: number | null;
  readonly nextAttemptAt: Date | null;
  /** It is not tried before that, also when other things arrive. */
  readonly isTimed?: boolean;
}

export interface DeliveryFilter {
  readonly endpointId: string;
  readonly states: readonly WebhookDeliveryState[] | null;
}

const columns = `${selectList(WebhookDeliveryEntity, 'd')},
  array_remove(array[case when d.agency_id = app.agency() then 'OWN_AGENCY' end], null) as relations, '{}'::text[] as consents`;
const page = sql<WebhookDeliveryRow>(
  `select ${columns} from webhook_delivery d where d.endpoint_id = $1 and ($2::text[] is null or d.state = any($2))
     and ($4::timestamptz is null or (d.created_at, d.id) < ($4, $5::uuid)) order by d.created_at desc, d.id desc limit $3`,
);
const wantedKinds = sql<{ kind: WebhookKind }>(
  "select distinct unnest(kinds) as kind from webhook_endpoint where state in ('ACTIVE','PAUSED')",
);
const addAll = sql(
  `insert into webhook_delivery (endpoint_id, agency_id, kind, subject_id, event_id, position, state, created_at, next_attempt_at)
   select e.id, e.agency_id, n.kind, n."subjectId", o.id, o.position, 'WAITING', app.now(), app.now()
   from jsonb_to_recordset($1) as n(kind text, "eventId" uuid, "subjectId" uuid, "agencyIds" uuid[])
     join webhook_endpoint e on n.kind = any(e.kinds) and e.state in ('ACTIVE','PAUSED') and (n."agencyIds" is null or e.agency_id = any(n."agencyIds"))
     join outbox_event o on o.id = n."eventId"
   on conflict do nothing`,
);
const addTest = sql(
  `insert into webhook_delivery (id, endpoint_id, agency_id, kind, state, created_at, next_attempt_at)
   values ($1, $2, $3, 'TEST', 'WAITING', app.now(), app.now())`,
);
// Of each subject the first that waits, and nothing that another process has in hand. In turns: by endpoint, then by agency, counting what is
// underway. To one endpoint or agency half of all at most; to what is slow half of that, and half of all together. To all who have not
// answered quickly three quarters: whoever does always finds room, however many agencies have receivers that do not.
const claim = sql<Claimed>(
  `with lane as (
     select e.id, e.agency_id, e.failing_since is not null or e.id = any($4::uuid[]) as is_slow,
       e.failing_since is null and e.id = any($3::uuid[]) as is_quick,
       case when e.failing_since is null and e.id = any($3::uuid[]) then $5::int / 2 else 1 end as turns,
       (select count(*) from unnest($2::uuid[]) as u(id) where u.id = e.id) as underway
     from webhook_endpoint e where e.state = 'ACTIVE' and e.begun_at is not null or e.id = any($2::uuid[])),
   shared as materialized (
     select l.*, sum(l.underway) over (partition by l.agency_id) as of_agency,
       sum(l.underway) over (partition by l.agency_id, l.is_slow) as of_kin, sum(l.underway) over (partition by l.is_slow) as of_lane,
       sum(l.underway) over (partition by l.is_quick) as of_pace
     from lane l),
   ready as materialized (
     select d.id as delivery_id, d.next_attempt_at, s.*, s.underway + row_number() over (partition by d.endpoint_id order by d.next_attempt_at) as turn
     from webhook_delivery d join shared s on s.id = d.endpoint_id and s.underway < s.turns join webhook_endpoint e on e.id = d.endpoint_id
     where d.state = 'WAITING' and d.next_attempt_at <= app.now() and (d.leased_until is null or d.leased_until <= app.now())
       and e.state = 'ACTIVE' and e.begun_at is not null
       and not exists (select 1 from webhook_delivery b where b.endpoint_id = d.endpoint_id and b.subject_id = d.subject_id
         and b.state = 'WAITING' and (b.position, b.id) < (d.position, d.id))),
   of_endpoint as (
     select r.*, r.of_kin + row_number() over (partition by r.agency_id, r.is_slow order by r.turn, r.next_attempt_at) as kin_turn
     from ready r where r.turn <= r.turns),
   of_agency as (
     select r.*, r.of_agency + row_number() over (partition by r.agency_id order by r.turn, r.next_attempt_at) as agency_turn
     from of_endpoint r where not r.is_slow or r.kin_turn <= $5::int / 4),
   of_lane as (
     select r.*, r.of_lane + row_number() over (partition by r.is_slow order by r.agency_turn, r.next_attempt_at) as lane_turn
     from of_agency r where r.agency_turn <= $5::int / 2),
   fair as materialized (
     select r.*, r.of_pace + row_number() over (partition by r.is_quick order by r.agency_turn, r.next_attempt_at) as pace_turn
     from of_lane r where not r.is_slow or r.lane_turn <= $5::int / 2),
   taken as (
     select d.id from webhook_delivery d join fair f on f.delivery_id = d.id
     where (f.is_quick or f.pace_turn <= $5::int * 3 / 4) and d.state = 'WAITING' and (d.leased_until is null or d.leased_until <= app.now())
     order by f.agency_turn, f.next_attempt_at limit $1 for no key update of d skip locked)
   update webhook_delivery d set leased_until = app.now() + interval '1 minute'
   from taken t, webhook_endpoint e where d.id = t.id and e.id = d.endpoint_id
   returning d.id, app.now() as "claimedAt", d.endpoint_id as "endpointId", d.agency_id as "agencyId", d.kind, d.subject_id as "subjectId", d.attempts,
     d.first_attempt_at as "firstAttemptAt", e.url, e.membership_id as "membershipId", e.begun_at as "begunAt", e.failing_since as "failingSince",
     (select o.name from outbox_event o where o.id = d.event_id) as "eventName"`,
);
// Given back untried: it is nobody’s failure, and no attempt.
const giveBack = sql(
  "update webhook_delivery set leased_until = null, next_attempt_at = app.now() + interval '5 seconds' where id = $1 and state = 'WAITING'",
);
const settle = sql<{ id: string }>(
  `update webhook_delivery set state = $2, last_code = $3, last_status = $4, next_attempt_at = $5, is_timed = $7, leased_until = null,
     attempts = attempts + case when $6 then 1 else 0 end,
     first_attempt_at = case when $6 then coalesce(first_attempt_at, app.now()) else first_attempt_at end,
     ended_at = case when $2 = 'WAITING' then null else app.now() end
   where id = $1 and state = 'WAITING' returning id`,
);
const hurry = sql(
  `update webhook_delivery set next_attempt_at = app.now() where endpoint_id = $1 and state = 'WAITING' and not is_timed
     and next_attempt_at > app.now()`,
);
const redrive = sql<{ id: string }>(
  `update webhook_delivery set state = 'WAITING', next_attempt_at = app.now(), ended_at = null, first_attempt_at = null, leased_until = null, attempts = 1
   where endpoint_id = $1 and state = 'DEAD' and ($2::uuid[] is null or id = any($2)) returning id`,
);
const PAUSED_TOO_LONG = `using webhook_endpoint e where e.id = d.endpoint_id and e.state = 'PAUSED' and d.state = 'WAITING'
     and d.created_at < app.now() - interval '72 hours'`;
const expire = sql(
  `update webhook_delivery d set state = 'DEAD', last_code = 'WAITED_TOO_LONG', next_attempt_at = null, ended_at = app.now()
   ${PAUSED_TOO_LONG.replace('using', 'from')} and d.attempts > 0`,
);
// Never tried, perhaps never to be: that it was there would tell of a step the agency may not see. The endpoint says that news was missed.
const dropUntried = sql(
  `delete from webhook_delivery d ${PAUSED_TOO_LONG} and d.attempts = 0 and e.stopped_at < app.now() - interval '72 hours'`,
);
// What was tried is a dead letter at once; what was not waits for a resumption, in no list, as ever.
const bury = sql(
  `update webhook_delivery set state = 'DEAD', last_code = 'ENDPOINT_DISABLED', next_attempt_at = null, leased_until = null, ended_at = app.now()
   where endpoint_id = $1 and state = 'WAITING' and attempts > 0`,
);
const dropAll = sql("delete from webhook_delivery where endpoint_id = $1 and state = 'WAITING'");
const forget = sql(
  `delete from webhook_delivery where ctid = any(array(select ctid from webhook_delivery
     where state in ('DELIVERED','SKIPPED') and ended_at < app.now() - interval '30 days' limit 1000))`,
);

/** What is on its way to partner systems. */
@Injectable()
export class WebhookDeliveriesStore {
  /** The newest first; one more than asked for where more follow. */
  page(reader: Reader, { endpointId, states }: DeliveryFilter, first: number, after: Keyset | null) {
    return reader.query(page, [endpointId, states, first + 1, after?.createdAt ?? null, after?.id ?? null]);
  }

  /** What anybody wants to be told of at all. */
  async wantedKinds(reader: Reader): Promise<ReadonlySet<WebhookKind>> {
    return new Set((await reader.query(wantedKinds)).map(({ kind }) => kind));
  }

  /** One delivery for each endpoint it concerns; none twice for the same event. */
  addAll(tx: SystemTx, news: readonly News[]): void {
    tx.post(addAll, [JSON.stringify(news)]);
  }

  addTest(tx: SystemTx, endpointId: string): void {
    tx.post(addTest, [newId(), endpointId, tx.actor.agencyId]);
  }

  claim(tx: SystemTx, { room, atOnce, underway, quick, slow }: Slots): Promise<Claimed[]> {
    return tx.query(claim, [room, underway, quick, slow, atOnce]);
  }

  giveBack(tx: SystemTx, id: string): void {
    tx.post(giveBack, [id]);
  }

  /** False when it was settled by somebody else meanwhile. `wasTried`: something was sent, or should have been. */
  async settle(tx: SystemTx, id: string, outcome: Outcome, wasTried: boolean): Promise<boolean> {
    const { state, code, status, nextAttemptAt, isTimed = false } = outcome;
    return (await tx.query(settle, [id, state, code, status, nextAttemptAt, wasTried, isTimed])).length > 0;
  }

  /** The receiver is back: what waits for its next try goes now, but for what keeps its time. */
  hurry(tx: SystemTx, endpointId: string): void {
    tx.post(hurry, [endpointId]);
  }

  async redrive(tx: SystemTx, endpointId: string, ids: readonly string[] | null): Promise<number> {
    return (await tx.query(redrive, [endpointId, ids])).length;
  }

  /** Nothing is sent there any more, unless somebody resumes it and drives them again. */
  bury(tx: SystemTx, endpointId: string): void {
    tx.post(bury, [endpointId]);
  }

  dropAll(tx: SystemTx, endpointId: string): void {
    tx.post(dropAll, [endpointId]);
  }

  tidy(tx: SystemTx): void {
    tx.post(expire);
    tx.post(dropUntried);
    tx.post(forget);
  }
}
