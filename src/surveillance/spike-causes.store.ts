import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';

/** Why a county is looked at: an overdose of then was told, corrected or taken back; or because time has passed. */
export interface Cause {
  readonly since: Date | null;
  /** It was known, and is no more. */
  readonly isTakenBack: boolean;
}

/** Where and when an event is by now, or where and when it was. */
export type Told = { readonly isTakenBack: boolean } & (
  { readonly eventId: string } | { readonly countyFips: string; readonly since: Date }
);

const add = sql(
  `insert into spike_cause (county_fips, since, is_taken_back, at)
   select coalesce(t."countyFips", e.county_fips), coalesce(t.since, e.occurred_at), t."isTakenBack", app.now()
   from jsonb_to_recordset($1) as t("eventId" uuid, "countyFips" text, since timestamptz, "isTakenBack" boolean)
     left join overdose_event e on e.id = t."eventId"
   where t."countyFips" is not null or e.id is not null`,
);
const waiting = sql<{ id: string }>(
  `select county_fips as id from spike_cause where county_fips <> all ($2::text[]) group by county_fips order by min(at) limit $1`,
);
// What another look has in hand is judged by it; what comes after these were taken waits for the next.
const take = sql<{ since: Date | null; isTakenBack: boolean | null }>(
  `with taken as (
     delete from spike_cause where id = any(array(select id from spike_cause where county_fips = $1 for update skip locked))
     returning since, is_taken_back)
   select min(since) as since, bool_or(is_taken_back) as "isTakenBack" from taken`,
);

/** What was told of counties since somebody looked. */
@Injectable()
export class SpikeCausesStore {
  add(tx: SystemTx, told: readonly Told[]): void {
    tx.post(add, [JSON.stringify(told)]);
  }

  /** Counties to be looked at, whoever has waited longest first. */
  waiting(reader: Reader, limit: number, resting: readonly string[]): Promise<{ id: string }[]> {
    return reader.query(waiting, [limit, resting]);
  }

  /** All causes to look at a county as one, which are gone when the transaction commits; null where there is none. */
  async take(tx: SystemTx, countyFips: string): Promise<Cause | null> {
    const { since, isTakenBack } = await tx.one(take, [countyFips]);
    return since === null ? null : { since, isTakenBack: isTakenBack === true };
  }
}
