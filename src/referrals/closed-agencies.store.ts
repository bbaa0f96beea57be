import { Injectable } from '@nestjs/common';
import { isClosed } from '../agencies';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';

/** What waits where was closed: an offer nobody can accept, a place nobody there can give, a stay nobody there can end. */
export interface Stranded {
  /** Of the offer, the hold, or the referral. */
  readonly id: string;
  readonly referralId: string;
  readonly agencyId: string;
}

// An agency that is open may have closed the pool, or the whole program.
const isShut = `o.state in ('PENDING','ACKNOWLEDGED') and (not b.is_active or not p.is_active or ${isClosed('o.agency_id')})`;
const at = 'join bed_pool b on b.id = o.pool_id join program p on p.id = o.program_id';
const offers = sql<Stranded>(
  `select o.id, o.referral_id as "referralId", o.agency_id as "agencyId" from offer o ${at}
   where ${isShut} and o.id <> all ($2::uuid[]) order by o.id limit $1`,
);
const shutOffer = sql(`select 1 from offer o ${at} where o.id = $1 and ${isShut}`);
// Whoever has arrived is there.
const places = sql<Stranded>(
  `select h.id, h.referral_id as "referralId", h.agency_id as "agencyId" from hold h join referral r on r.hold_id = h.id
   where h.state = 'ACTIVE' and r.state in ('ACCEPTED','SCHEDULED') and ${isClosed('h.agency_id')} and h.id <> all ($2::uuid[])
   order by h.id limit $1`,
);

// Of whom the operator says that they are there no more.
const stays = sql<Stranded>(
  `select r.id, r.id as "referralId", r.receiver_agency_id as "agencyId" from agency g join referral r on r.receiver_agency_id = g.id
   where g.emptied_at is not null and r.state in ('ARRIVED','ADMITTED') and r.id <> all ($2::uuid[]) order by r.id limit $1`,
);
const emptied = sql('select 1 from agency where id = $1 and emptied_at is not null');

/** Each without those at rest; `reader` must be the system’s. */
@Injectable()
export class ClosedAgenciesStore {
  offers(reader: Reader, limit: number, resting: readonly string[]): Promise<Stranded[]> {
    return reader.query(offers, [limit, resting]);
  }

  /** Whether an offer still waits where nobody can be taken. */
  async isShut(reader: Reader, offerId: string): Promise<boolean> {
    return (await reader.query(shutOffer, [offerId])).length > 0;
  }

  stays(reader: Reader, limit: number, resting: readonly string[]): Promise<Stranded[]> {
    return reader.query(stays, [limit, resting]);
  }

  async isEmptied(reader: Reader, agencyId: string | null): Promise<boolean> {
    return (await reader.query(emptied, [agencyId])).length > 0;
  }

  places(reader: Reader, limit: number, resting: readonly string[]): Promise<Stranded[]> {
    return reader.query(places, [limit, resting]);
  }
}
