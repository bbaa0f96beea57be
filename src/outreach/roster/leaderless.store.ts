import { Injectable } from '@nestjs/common';
import { hasCoordinator } from '../../agencies';
import type { Reader } from '../../platform/database/reader';
import { sql } from '../../platform/database/statement';
import { isManned } from '../outreach-programs.store';
import type { DueCase } from './roster.store';

/** Cases of one county that one agency told of first. */
export interface Finderless {
  /** Of both. */
  readonly id: string;
  readonly countyFips: string;
  readonly sourceAgencyId: string | null;
}

// Programs are few, cases are many.
const leaderless = sql<DueCase>(
  `with gone as materialized (select o.id, o.agency_id from outreach_program o where not ${isManned('o')})
   select c.id, gone.agency_id as "agencyId" from gone join outreach_case c on c.program_id = gone.id
   where c.state in ('OPEN','TRIED') and c.stop_at > app.now() and c.id <> all ($2::uuid[]) order by c.id limit $1`,
);
const LACKS_FINDER = `c.state = 'UNASSIGNED' and c.stop_at > app.now() and not ${hasCoordinator('c.coordinator_agency_id')}`;
const finderless = sql<Finderless>(
  `select min(id) as id, county_fips as "countyFips", source_agency_id as "sourceAgencyId" from (
     select concat_ws(' ', c.county_fips, c.source_agency_id) as id, c.county_fips, c.source_agency_id, c.due_at from outreach_case c
     where ${LACKS_FINDER}) waiting
   where id <> all ($2::text[]) group by county_fips, source_agency_id order by min(due_at) limit $1`,
);
const finderlessAt = sql<DueCase>(
  `select c.id, c.coordinator_agency_id as "agencyId" from outreach_case c
   where ${LACKS_FINDER} and c.county_fips = $1 and c.source_agency_id is not distinct from $2 and c.id <> all ($4::uuid[])
   order by c.due_at, c.id limit $3`,
);
/** What waits where nobody is left who could see to it; `reader` must be the system’s. */
@Injectable()
export class LeaderlessStore {
  /** Cases of teams of which nobody is left, while there is time. */
  leaderless(reader: Reader, limit: number, resting: readonly string[]): Promise<DueCase[]> {
    return reader.query(leaderless, [limit, resting]);
  }

  /** Where cases without a program wait that nobody can find one for, while there is time. */
  finderless(reader: Reader, limit: number, resting: readonly string[]): Promise<Finderless[]> {
    return reader.query(finderless, [limit, resting]);
  }

  finderlessAt(
    reader: Reader,
    { countyFips, sourceAgencyId }: Finderless,
    limit: number,
    resting: readonly string[],
  ): Promise<DueCase[]> {
    return reader.query(finderlessAt, [countyFips, sourceAgencyId, limit, resting]);
  }
}
