import { Injectable } from '@nestjs/common';
import { isClosed } from '../agencies';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';

/** What waits at an agency that was closed: an offer nobody there can answer, or a place nobody there can give. */
export interface Stranded {
  /** Of the offer, or of the hold. */
  readonly id: string;
  readonly referralId: string;
  readonly agencyId: string;
}

const offers = sql<Stranded>(
  `select o.id, o.referral_id as "referralId", o.agency_id as "agencyId" from offer o
   where o.state in ('PENDING','ACKNOWLEDGED') and ${isClosed('o.agency_id')} and o.id <> all ($2::uuid[]) order by o.id limit $1`,
);
// Whoever has arrived is there.
const places = sql<Stranded>(
  `select h.id, h.referral_id as "referralId", h.agency_id as "agencyId" from hold h join referral r on r.hold_id = h.id
   where h.state = 'ACTIVE' and r.state in ('ACCEPTED','SCHEDULED') and ${isClosed('h.agency_id')} and h.id <> all ($2::uuid[])
   order by h.id limit $1`,
);

/** Each without those at rest; `reader` must be the system’s. */
@Injectable()
export class ClosedAgenciesStore {
  offers(reader: Reader, limit: number, resting: readonly string[]): Promise<Stranded[]> {
    return reader.query(offers, [limit, resting]);
  }

  places(reader: Reader, limit: number, resting: readonly string[]): Promise<Stranded[]> {
    return reader.query(places, [limit, resting]);
  }
}
