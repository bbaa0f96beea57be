import { Injectable } from '@nestjs/common';
import { hasCoordinator, hasNobodyTo, isClosed, isDesertedBy, SENDS_FACTS } from '../../agencies';
import type { Reader } from '../../platform/database/reader';
import { sql } from '../../platform/database/statement';
import type { SystemTx } from '../../platform/database/tx';
import type { ReferralEntity } from '../referral.entity';

export interface ToLead {
  readonly id: string;
  readonly senderAgencyId: string;
}

/** Why somebody has to hold a referral: the person waits, or a clock runs of which a team is told. */
export interface Watched {
  readonly isWaiting: boolean;
  readonly isTold: boolean;
  /** How they are is to be asked after the end. */
  readonly isFollowed: boolean;
}

const waits = 'exists (select 1 from waitlist_entry e where e.referral_id = r.id and e.ended_at is null)';
/** With a program of which nobody is left, and what was to be said of them in time was not: whoever left may be replaced the same day. */
const isAlone = `(r.state in ('ARRIVED','ADMITTED') and ${hasNobodyTo('r.receiver_agency_id', 'discharge')}
  and exists (select 1 from clock late where late.referral_id = r.id and late.ended_at is null and late.due_at <= app.now()))`;
/** Facts are missing, and at its sender nobody is left who could send them: without them it ends. */
const lacksSender = `(r.state = 'NEEDS_INFO' and ${isDesertedBy('r.sender_agency_id', SENDS_FACTS)})`;
// Or would have to be: whoever has to see to it is at a closed agency, or none of them is left.
const isTold = `(exists (select 1 from clock c where c.referral_id = r.id and c.ended_at is null
  and (c.coordinator_agency_id is not null or ${isClosed('c.owner_agency_id')})) or ${isAlone} or ${lacksSender})`;
const isFollowed = `exists (select 1 from clock c where c.referral_id = r.id and c.ended_at is null and c.kind in ('FOLLOW_UP_DAY_30','FOLLOW_UP_DAY_90'))`;
const isHeldBySender = `r.coordinating_agency_id is null and s.kind = 'OUTREACH_TEAM'`;
// What waits, or has clocks a team is told of, and is in no coordinator’s hands; and what its sender’s own team could hold by now.
// What a closed agency has to see to, and nobody is told of. And what has ended, while somebody is to ask how the person is. Each part starts from its own index. A sender that is a team holds what no other does.
const toLead = sql<ToLead>(
  `select r.id, r.sender_agency_id as "senderAgencyId" from referral r join agency s on s.id = r.sender_agency_id
   where r.closed_at is null and (r.coordinating_agency_id is null or r.is_team_by_place) and r.id > $1
     and case when ${isHeldBySender} then (${waits} or ${isTold}) and not ${hasCoordinator('s.id')}
       else r.coordinating_agency_id is null and (${waits} or ${isAlone} or ${lacksSender}) or ${hasCoordinator('s.coordinating_agency_id')}
         or s.kind = 'OUTREACH_TEAM' and ${hasCoordinator('s.id')} end
   union
   select r.id, r.sender_agency_id from agency t join referral r on r.coordinating_agency_id = t.id and r.closed_at is null
   where t.kind = 'OUTREACH_TEAM' and not ${hasCoordinator('t.id')} and (${waits} or ${isTold}) and r.id > $1
   union
   select r.id, r.sender_agency_id from agency gone join clock c on c.owner_agency_id = gone.id and c.ended_at is null and c.coordinator_agency_id is null
     join referral r on r.id = c.referral_id and r.closed_at is null and r.id > $1 where not gone.is_active
   union
   select r.id, r.sender_agency_id from clock c join referral r on r.id = c.referral_id and r.closed_at is not null
   where c.ended_at is null and c.kind in ('FOLLOW_UP_DAY_30','FOLLOW_UP_DAY_90') and r.id > $1
     and (c.coordinator_agency_id is null or not ${hasCoordinator('c.coordinator_agency_id')})
   order by 1 limit $2`,
);
const watched = sql<Watched>(
  `select ${waits} as "isWaiting", ${isTold} as "isTold", ${isFollowed} as "isFollowed" from referral r where r.id = $1`,
);
const leave = sql(
  `delete from referral_party where referral_id = $1 and side = 'COORDINATING' and agency_id is distinct from $2`,
);
const lead = sql(
  'update referral set coordinating_agency_id = nullif($2, sender_agency_id), is_team_by_place = $3 where id = $1',
);
const join = sql(
  `insert into referral_party (agency_id, referral_id, side, submitted_at) values ($2, $1, 'COORDINATING', $3) on conflict do nothing`,
);

@Injectable()
export class CoordinationStore {
  /** Referrals, open or to be followed up, that somebody else, or somebody at all, could coordinate, in the order of their ids, after one. */
  toLead(reader: Reader, after: string, limit: number): Promise<ToLead[]> {
    return reader.query(toLead, [after, limit]);
  }

  watched(tx: SystemTx, { id }: ReferralEntity): Promise<Watched> {
    return tx.one(watched, [id]);
  }

  /** From now on this team coordinates it, and no other; the sender itself as its sender. */
  lead(tx: SystemTx, { id, submittedAt }: ReferralEntity, teamId: string, isByPlace: boolean): void {
    tx.post(leave, [id, teamId]);
    tx.post(lead, [id, teamId, isByPlace]);
    tx.post(join, [id, teamId, submittedAt]);
  }
}
