import { Injectable } from '@nestjs/common';
import { mayEverRead } from '../../access';
import { keysOf } from '../../kernel/vocabulary';
import type { Reader } from '../../platform/database/reader';
import { sql } from '../../platform/database/statement';
import type { Keyset } from '../../platform/graphql';
import type { Related } from '../referrals.store';
import { referralFacts, referralPart2 } from '../relations';
import { queueReasons, reasonsOfNeed, type QueueReason } from './queue-reasons';

export type QueueRow = Related & {
  /** Of the referral. */
  readonly id: string;
  readonly senderAgencyId: string;
  readonly reasons: readonly QueueReason[];
  readonly since: Date;
  readonly keyText: string;
};

const liveOffers = `from offer o where o.referral_id = r.id and o.state in ('PENDING','ACKNOWLEDGED')`;
const bridges = `from clock c where c.referral_id = r.id and c.kind in ('BRIDGE_ENDS','INTERIM_METHADONE_ENDS') and c.ended_at is null`;

const when: Readonly<Record<QueueReason, string>> = {
  HOLD_ENDING: `r.state in ('ACCEPTED','SCHEDULED') and exists (select 1 from hold h where h.id = r.hold_id and h.state = 'ACTIVE'
    and h.ends_at <= app.now() + interval '30 minutes')`,
  NOT_ADMITTED: `r.state = 'ARRIVED' and exists (select 1 from clock c where c.referral_id = r.id and c.kind = 'ARRIVAL_DECIDED'
    and c.ended_at is null and c.due_at <= app.now() + interval '1 hour')`,
  OFFER_WAITS: `exists (select 1 ${liveOffers}
    and (o.decide_by <= app.now() + interval '30 minutes' or (o.state = 'PENDING' and o.acknowledge_by <= app.now())))`,
  // Only pairs of which the agency knows both sides are shown to it, and of what it follows no more than that it is open.
  REFERRED_TWICE: `r.closed_at is null and exists (select 1 from (
      select case when l.left_person_id = r.person_id then l.right_person_id else l.left_person_id end from person_link l
        where l.state = 'LINKED' and (l.left_person_id = r.person_id or l.right_person_id = r.person_id)
      union all select r.person_id) same(id)
    join referral o on o.person_id = same.id and o.id <> r.id and o.closed_at is null
    join referral_party p on p.referral_id = o.id and p.agency_id = app.agency() and p.side <> 'PROVIDER')`,
  CLOCK_BREACHED: `exists (select 1 from clock c where c.referral_id = r.id and c.ended_at is null and c.due_at <= app.now())`,
  BRIDGE_ENDING: `exists (select 1 ${bridges} and c.due_at <= app.now() + interval '1 day')`,
  WAITING_WITHOUT_INTERIM: `e.id is not null and e.interim_completed_at is null`,
  DECLINED_BY_ALL: `r.state = 'WAITLISTED' and exists (select 1 from offer o where o.referral_id = r.id and o.state in ('DECLINED','EXPIRED'))`,
  NO_SHOW_TWICE: `r.no_shows > 1 and (r.closed_at is null or r.closed_at > app.now() - interval '7 days')`,
  INFO_STALE: `r.state = 'NEEDS_INFO' and not exists (select 1 from referral_change g where g.referral_id = r.id and g.at > app.now() - interval '1 day')`,
  LAPSED: `r.state = 'EXPIRED' and r.closed_at > app.now() - interval '7 days'`,
  UNMET_NEED: `r.state = 'WAITLISTED'`,
};
/** Ended by silence, within the last week. */
const givenUp = `(r.no_shows > 1 or r.state = 'EXPIRED') and r.closed_at > app.now() - interval '7 days'`;
/** How somebody is, a month and three after it was closed, has not been asked; by the agency that has to, and not by the program. */
const askedAfterLate = `exists (select 1 from clock c where c.referral_id = r.id and c.ended_at is null and c.due_at <= app.now()
    and (c.coordinator_agency_id = app.agency() or (c.owner_agency_id = app.agency() and c.owner_side <> 'PROVIDER')))`;
/** Until when somebody may still do something about it: the soonest of its step first. Of all others whoever asked first. */
const ends: Readonly<Partial<Record<QueueReason, string>>> = {
  HOLD_ENDING: `(select h.ends_at from hold h where h.id = r.hold_id)`,
  OFFER_WAITS: `(select min(o.decide_by) ${liveOffers})`,
  BRIDGE_ENDING: `(select min(c.due_at) ${bridges})`,
};
const within = keysOf(ends)
  .map((reason) => `when '${reason}' then ${ends[reason]}`)
  .join('\n       ');
const reasons = keysOf(queueReasons)
  .map((reason) => `case when ${when[reason]} then '${reason}' end`)
  .join(',\n    ');

// Nobody is lost by age: what is older is looked up by where it stands, however it came there. One key for both orders, so that a cursor
// is one moment: urgency in steps longer than any wait, the end or the time of the request within a step.
const page = sql<QueueRow>(
  `with old as materialized (
     select r.id from referral r where r.closed_at is null and r.state <> 'ADMITTED' and r.submitted_at <= app.now() - interval '200 days'
     union all
     select r.id from referral r where ${givenUp} and r.submitted_at <= app.now() - interval '200 days'),
   mine as materialized (
     select p.referral_id from referral_party p
     where p.agency_id = app.agency() and p.side <> 'PROVIDER' and p.submitted_at > app.now() - interval '200 days'
     union
     select p.referral_id from old join referral_party p on p.referral_id = old.id
     where p.agency_id = app.agency() and p.side <> 'PROVIDER'
     union
     select c.referral_id from clock c
     where c.coordinator_agency_id = app.agency() and c.ended_at is null and c.due_at <= app.now() and c.referral_id is not null
     union
     select c.referral_id from clock c
     where c.owner_agency_id = app.agency() and c.owner_side <> 'PROVIDER' and c.ended_at is null and c.due_at <= app.now()
       and c.referral_id is not null),
   told as materialized (
     select r.id, r.submitted_at, array_remove(array[${reasons}], null) as reasons
     from mine m join referral r on r.id = m.referral_id
     left join waitlist_entry e on e.referral_id = r.id and e.ended_at is null
     where r.closed_at is null or (${givenUp}) or ${askedAfterLate}),
   -- Whoever may not read the need is not told it by the order, nor by a cursor.
   known as (
     select t.id, t.submitted_at, t.reasons, case when t.reasons && $5::text[] and ($6 or 'NEED' = any(${referralPart2}))
       then array(select u.reason from unnest(t.reasons) with ordinality u(reason, at) where u.reason <> all($5) order by u.at)
       else t.reasons end as known
     from told t join referral r on r.id = t.id where cardinality(t.reasons) > 0),
   keyed as (
     select t.id, t.reasons, coalesce(case t.known[1]
       ${within} end, t.submitted_at) + coalesce(array_position($4::text[], t.known[1]), cardinality($4)) * interval '300 years' as key
     from known t join referral r on r.id = t.id)
   select r.id, r.sender_agency_id as "senderAgencyId", k.reasons, r.submitted_at as since,
     to_char(k.key at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "keyText", ${referralFacts}
   from keyed k join referral r on r.id = k.id
   where $2::timestamptz is null or (k.key, k.id) > ($2, $3::uuid) order by k.key, k.id limit $1`,
);

@Injectable()
export class CoordinatorQueueStore {
  /** The most urgent first. */
  page(reader: Reader, limit: number, after: Keyset | null): Promise<QueueRow[]> {
    return reader.query(page, [
      limit,
      after?.createdAt ?? null,
      after?.id ?? null,
      keysOf(queueReasons),
      reasonsOfNeed,
      !mayEverRead(reader.actor, 'QueueItem', 'reasons'),
    ]);
  }
}
