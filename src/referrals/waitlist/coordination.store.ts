import { Injectable } from '@nestjs/common';
import type { Reader } from '../../platform/database/reader';
import { sql } from '../../platform/database/statement';
import type { SystemTx } from '../../platform/database/tx';
import type { ReferralEntity } from '../referral.entity';

export interface ToLead {
  readonly id: string;
  readonly senderAgencyId: string;
  readonly isWaiting: boolean;
}

const waits = 'exists (select 1 from waitlist_entry e where e.referral_id = r.id and e.ended_at is null)';
// What waits and is in no active team’s hands, and what is in no hands of its sender’s own team, which has one by now. Each part
// starts from its own index.
const toLead = sql<ToLead>(
  `select r.id, r.sender_agency_id as "senderAgencyId", ${waits} as "isWaiting" from referral r
     join agency s on s.id = r.sender_agency_id and s.kind <> 'OUTREACH_TEAM' left join agency own on own.id = s.coordinating_agency_id
   where r.closed_at is null and (r.coordinating_agency_id is null or r.is_team_by_place)
     and (coalesce(own.is_active, false) or r.coordinating_agency_id is null and ${waits}) and r.id > $1
   union
   select r.id, r.sender_agency_id, true from agency t join referral r on r.coordinating_agency_id = t.id and r.closed_at is null
   where t.kind = 'OUTREACH_TEAM' and not t.is_active and ${waits} and r.id > $1
   order by 1 limit $2`,
);
const isWaiting = sql('select 1 from waitlist_entry where referral_id = $1 and ended_at is null');
const leave = sql(
  `delete from referral_party where referral_id = $1 and side = 'COORDINATING' and agency_id is distinct from $2`,
);
const lead = sql('update referral set coordinating_agency_id = $2, is_team_by_place = $3 where id = $1');
const join = sql(
  `insert into referral_party (agency_id, referral_id, side, submitted_at) values ($2, $1, 'COORDINATING', $3) on conflict do nothing`,
);

@Injectable()
export class CoordinationStore {
  /** Open referrals that somebody else, or somebody at all, could coordinate, in the order of their ids, after one. */
  toLead(reader: Reader, after: string, limit: number): Promise<ToLead[]> {
    return reader.query(toLead, [after, limit]);
  }

  async isWaiting(tx: SystemTx, { id }: ReferralEntity): Promise<boolean> {
    return (await tx.query(isWaiting, [id])).length > 0;
  }

  /** From now on this team coordinates it, and no other. */
  lead(tx: SystemTx, { id, submittedAt }: ReferralEntity, teamId: string, isByPlace: boolean): void {
    tx.post(leave, [id, teamId]);
    tx.post(lead, [id, teamId, isByPlace]);
    tx.post(join, [id, teamId, submittedAt]);
  }
}
