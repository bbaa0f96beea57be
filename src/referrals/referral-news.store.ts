import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';

const partiesOf = sql<{ id: string; agencyIds: string[] }>(
  `select referral_id as id, array_agg(agency_id) as "agencyIds" from referral_party where referral_id = any($1::uuid[]) group by referral_id`,
);
const agenciesOf = sql<{ id: string; agencyIds: string[] }>(
  `select id, array[agency_id] as "agencyIds" from offer where id = any($1::uuid[])`,
);
const byId = (rows: readonly { id: string; agencyIds: string[] }[]): ReadonlyMap<string, readonly string[]> =>
  new Map(rows.map(({ id, agencyIds }) => [id, agencyIds]));

/** Who is told of what. */
@Injectable()
export class ReferralNewsStore {
  /** The agencies that take part in each referral. As the system. */
  async partiesOf(reader: Reader, referralIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return byId(await reader.query(partiesOf, [referralIds]));
  }

  /** The agency each offer was made to. As the system. */
  async agenciesOf(reader: Reader, offerIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    return byId(await reader.query(agenciesOf, [offerIds]));
  }
}
