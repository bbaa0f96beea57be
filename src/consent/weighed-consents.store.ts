import { Injectable } from '@nestjs/common';
import type { ConsentScope, Facts } from '../access';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { ConsentKind } from './engine/vocabulary';

/** How a consent stands, by the database’s clock. */
export const consentStandings = {
  IN_FORCE: 'It permits the scope.',
  REVOKED: 'The scope was taken back.',
  EXPIRED: 'It has ended by itself.',
  INCOMPLETE: 'It was signed before every element of 42 CFR 2.31 was asked for, and permits nothing.',
} as const;
export type ConsentStanding = keyof typeof consentStandings;

/** A consent towards the asking agency, once for each scope. */
export interface WeighedConsentRow extends Facts {
  readonly id: string;
  readonly personId: string;
  readonly recordedByAgencyId: string;
  readonly kind: ConsentKind | null;
  readonly scope: ConsentScope;
  readonly state: ConsentStanding;
  readonly since: Date;
}

// Row-level security shows a consent to who recorded it and to the agency it names. Towards an agency that it neither names nor
// means by “my treating providers” it permits nothing, and is not weighed.
const weighed = sql<WeighedConsentRow>(
  `with standing as (
     select c.*, s as scope, case when c.revoked_at is not null or not s = any(c.in_force) then 'REVOKED' when app.is_in_force(c) then 'IN_FORCE'
       when c.expires_at <= app.now() then 'EXPIRED' else 'INCOMPLETE' end as standing
     from consent c cross join unnest(c.permits) s where c.person_id = $1 and s = any($2::text[])
       and (c.recipient_agency_id = app.agency() or c.recipient_kind = 'TREATING_PROVIDERS'
         and exists (select 1 from agency g where g.id = app.agency() and g.kind in ('TREATMENT_PROVIDER','HOSPITAL','EMS'))))
   select c.id, c.person_id as "personId", c.recorded_by_agency_id as "recordedByAgencyId", c.kind, c.scope, c.standing as state,
     case c.standing when 'EXPIRED' then c.expires_at when 'REVOKED' then coalesce(
       (select min(v.revoked_at) from consent_revocation v where v.consent_id = c.id and c.scope = any(v.scopes)), c.revoked_at, c.signed_at)
       else c.signed_at end as since,
     array_remove(array[case when c.recorded_by_agency_id = app.agency() then 'OWN_AGENCY' end,
       case when c.recipient_agency_id = app.agency() then 'KNOWN' end], null) as relations, '{}'::text[] as consents
   from standing c order by c.signed_at, c.id, c.scope`,
);

@Injectable()
export class WeighedConsentsStore {
  /** Oldest first: those of these scopes that the asking agency may see and that speak to it. */
  of(reader: Reader, personId: string, scopes: readonly ConsentScope[]): Promise<WeighedConsentRow[]> {
    return reader.query(weighed, [personId, scopes]);
  }
}
