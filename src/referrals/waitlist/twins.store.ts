import { Injectable } from '@nestjs/common';
import { sql } from '../../platform/database/statement';
import type { SystemTx } from '../../platform/database/tx';
import type { ReferralEntity } from '../referral.entity';

/**
 * SQL: that the person of a referral `r` has a place, or is before a program, on another referral, under this or another record. Where
 * it decides, whoever follows `r` sees it or sees its effect: so it is asked only of what a team sent and coordinates itself, of records
 * that the team knows to be one person’s, and of places that it may know of.
 */
export const twinAhead = `(r.coordinating_agency_id is null
  and exists (select 1 from agency s where s.id = r.sender_agency_id and s.kind = 'OUTREACH_TEAM')
  and exists (select 1 from app.linked_records(r.person_id, r.sender_agency_id) same(id)
    join referral t on t.person_id = same.id and t.id <> r.id and t.closed_at is null
      and t.sender_agency_id = r.sender_agency_id and t.coordinating_agency_id is null
    where (t.state in ('ACCEPTED','SCHEDULED','ARRIVED','ADMITTED')
        or exists (select 1 from offer o where o.referral_id = t.id and o.state in ('PENDING','ACKNOWLEDGED')))
      and (not t.care_is_part2 or 'CARE_TO_COORDINATOR' = any(app.active_consents(t.person_id, t.sender_agency_id)))))`;

const isAhead = sql<{ isAhead: boolean }>(`select ${twinAhead} as "isAhead" from referral r where r.id = $1`);
const takeTurn = sql(
  `select pg_advisory_xact_lock(hashtextextended('person ' || c.cluster_id, 0)) from person_cluster c where c.person_id = $1`,
);

/** People who are on two referrals of one team. */
@Injectable()
export class TwinsStore {
  /**
   * Whether another referral of the same person comes first. Of two that ask at once the second waits, and sees what the first did: asked
   * after the turn at the program and the lock of the referral, before the place is kept.
   */
  async isAhead(tx: SystemTx, { id, personId, coordinatingAgencyId }: ReferralEntity): Promise<boolean> {
    if (coordinatingAgencyId !== null) return false;
    // Nobody else’s record is of this person.
    if ((await tx.query(takeTurn, [personId])).length === 0) return false;
    return (await tx.one(isAhead, [id])).isAhead;
  }
}
