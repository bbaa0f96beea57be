import { Injectable, type OnModuleInit } from '@nestjs/common';
import { sql } from '../platform/database/statement';
import { checkBy, SelfChecks, type Found } from '../platform/jobs/self-checks';

/** Named in full, so that the indexes on them serve. */
const HAS_PLACE = `('ACCEPTED', 'SCHEDULED', 'ARRIVED')`;
const UNDER_WAY = `('SUBMITTED', 'OFFERED', 'WAITLISTED')`;

const holdsOfNobody = sql<Found>(
  `select h.id from hold h join referral r on r.id = h.referral_id
   where h.state = 'ACTIVE' and (r.hold_id is distinct from h.id or r.state not in ${HAS_PLACE}) limit $1`,
);
const referralsWithoutPlace = sql<Found>(
  `select r.id from referral r left join hold h on h.id = r.hold_id
   where r.state in ${HAS_PLACE} and h.state is distinct from 'ACTIVE' limit $1`,
);
const offersOverdue = sql<Found>(
  `select id from offer where state in ('PENDING', 'ACKNOWLEDGED') and decide_by < app.now() - interval '5 minutes' limit $1`,
);
const offersAfterTheEnd = sql<Found>(
  `select o.id from offer o join referral r on r.id = o.referral_id
   where o.state in ('PENDING', 'ACKNOWLEDGED') and (r.state in ${HAS_PLACE} or r.closed_at is not null) limit $1`,
);

// Whoever is offered has an offer that runs, and whoever waits stands on the list: nobody would ever look at them else.
const referralsForgotten = sql<Found>(
  `select r.id from referral r
   where r.state in ${UNDER_WAY} and case r.state
     when 'OFFERED' then not exists (select 1 from offer o where o.referral_id = r.id and o.state in ('PENDING', 'ACKNOWLEDGED'))
     when 'WAITLISTED' then not exists (select 1 from waitlist_entry e where e.referral_id = r.id and e.ended_at is null)
     else true end limit $1`,
);

const notInHistory = (states: string): string =>
  `select r.id from referral r where r.state in ${states}
     and not exists (select 1 from referral_change c where c.referral_id = r.id and c.to_state = r.state)`;
// A state that no step has led to: somebody, or something, has changed one and said so nowhere.
const referralsMovedSilently = sql<Found>(`${notInHistory(UNDER_WAY)} union all ${notInHistory(HAS_PLACE)} limit $1`);

const runs = (kinds: string, of: string): string =>
  `exists (select 1 from clock c where c.subject_id = ${of} and c.kind in (${kinds}) and c.ended_at is null)`;
// Whom a human must not forget has a clock that reminds one.
const referralsUnwatched = sql<Found>(
  `select r.id from referral r where r.state = 'NEEDS_INFO' and not ${runs(`'INFO_PROVIDED'`, 'r.id')}
   union all select r.id from referral r where r.state in ${HAS_PLACE} and r.state = 'ARRIVED' and not ${runs(`'ARRIVAL_DECIDED'`, 'r.id')}
   union all select r.id from referral r where r.state = 'ADMITTED' and not ${runs(`'STAY_CONFIRMED'`, 'r.id')}
   union all select e.referral_id from waitlist_entry e
     where e.ended_at is null and not ${runs(`'ADMISSION', 'ADMISSION_WITH_INTERIM', 'PLACE_FOUND'`, 'e.referral_id')} limit $1`,
);

/** What must always hold between a referral, its offers and its place. */
@Injectable()
export class ReferralChecks implements OnModuleInit {
  constructor(private readonly checks: SelfChecks) {}

  onModuleInit(): void {
    this.checks.register(checkBy('holds-have-referrals', holdsOfNobody));
    this.checks.register(checkBy('referrals-have-places', referralsWithoutPlace));
    this.checks.register(checkBy('referrals-go-on', referralsForgotten));
    this.checks.register(checkBy('referrals-watched', referralsUnwatched));
    this.checks.register(checkBy('referrals-as-told', referralsMovedSilently));
    this.checks.register(checkBy('offers-end', offersOverdue));
    this.checks.register(checkBy('offers-are-open', offersAfterTheEnd));
  }
}
