import { Injectable } from '@nestjs/common';
import type { Facts, Role } from '../access';
import type { AgencyKind } from '../kernel/vocabulary';
import { selectList } from '../platform/database/columns';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { SystemTx, Tx } from '../platform/database/tx';
import { inOrderOf, type Keyset } from '../platform/graphql';
import { AgencyEntity } from './agency.entity';
import { hasCoordinator } from './has-coordinator';
import { hasNobodyTo } from './has-nobody-to';
import type { CreateAgencyInput, UpdateAgencyInput } from './agency.inputs';

/** An agency as the asking one sees it. */
export type AgencyRow = AgencyEntity & Facts & { readonly jurisdictionFips: readonly string[] };

/** What other rooms decide by. */
export interface AgencyFacts {
  readonly id: string;
  readonly kind: AgencyKind;
  /** USPS code. */
  readonly state: string;
  /** Counties it works in. */
  readonly jurisdictionFips: readonly string[];
  readonly coordinatingAgencyId: string | null;
  readonly isActive: boolean;
}

/** Where somebody is, and the agency that looks after them. */
export interface Near {
  readonly countyFips: string | null;
  readonly agency: Pick<AgencyFacts, 'jurisdictionFips' | 'state'>;
}

export interface Nameplate {
  readonly name: string;
  readonly agencyName: string;
}

export interface AgencyFilter {
  readonly kind?: AgencyKind | null | undefined;
  readonly state?: string | null | undefined;
  readonly countyFips?: string | null | undefined;
  readonly isActive?: boolean | null | undefined;
}

const RELATIONS = `array_remove(array[case when a.id = (select app.agency()) then 'OWN_AGENCY' end], null) as relations,
  '{}'::text[] as consents`;
const COUNTIES = `array(select j.county_fips from agency_jurisdiction j where j.agency_id = a.id order by 1) as "jurisdictionFips"`;
const ROW = `${selectList(AgencyEntity, 'a')}, ${RELATIONS}, ${COUNTIES}`;

const byIds = sql<AgencyRow>(`select ${ROW} from agency a where a.id = any($1)`);
// Ordered by the key alone: keys are made in the order of time, and no other index serves every filter.
const page = sql<AgencyRow>(
  `select ${ROW} from agency a
   where ($1::text is null or a.kind = $1) and ($2::text is null or a.state = $2)
     and ($3::text is null or a.id in (select j.agency_id from agency_jurisdiction j where j.county_fips = $3))
     and ($4::boolean is null or a.is_active = $4) and ($5::uuid is null or a.id > $5)
   order by a.id limit $6`,
);
const facts = sql<AgencyFacts & Facts>(
  `select a.id, a.kind, a.state, a.coordinating_agency_id as "coordinatingAgencyId", a.is_active as "isActive", ${RELATIONS},
     ${COUNTIES}
   from agency a where a.id = $1`,
);
const teamNear = sql<{ id: string }>(
  `select a.id from agency a
     left join lateral (select bool_or(j.county_fips = $1) as is_there, bool_or(j.county_fips = any($2::text[])) as is_at_agency
       from agency_jurisdiction j where j.agency_id = a.id) near on true
   where a.kind = 'OUTREACH_TEAM' and (a.state = $3 or near.is_there or near.is_at_agency) and ${hasCoordinator('a.id')}
   order by near.is_there is true desc, near.is_at_agency is true desc, a.id limit 1`,
);
const coordinates = sql(`select 1 where ${hasCoordinator('$1')}`);
const receives = sql(`select 1 where not ${hasNobodyTo('$1', 'recordArrival')}`);
// People, and no partner system: what waits for them is told to people.
const hasMember = sql(
  `select 1 from membership m join account u on u.id = m.account_id
   where m.agency_id = $1 and m.role = any($2) and m.ended_at is null and u.kind = 'STAFF' limit 1`,
);
const nameplate = sql<Nameplate>(
  `select coalesce(m.display_name, u.display_name) as name, a.name as "agencyName"
   from membership m join account u on u.id = m.account_id join agency a on a.id = m.agency_id where m.id = $1`,
);
const insert = sql<{ id: string }>(
  'insert into agency (kind, name, state, phone) values ($1, $2, $3, $4) returning id',
);
const update = sql<{ id: string }>(
  `update agency set name = coalesce($2, name), is_active = coalesce($3, is_active),
     emptied_at = case when coalesce($3, is_active) then null when $8::boolean is null then emptied_at
       when $8 then coalesce(emptied_at, app.now()) end,
     phone = case when $4 then $5 else phone end,
     coordinating_agency_id = case when $6 then $7::uuid else coordinating_agency_id end
   where id = $1 returning id`,
);
const removeJurisdictions = sql('delete from agency_jurisdiction where agency_id = $1 and county_fips <> all($2)');
const addJurisdictions = sql(
  'insert into agency_jurisdiction (agency_id, county_fips) select $1, unnest($2::text[]) on conflict do nothing',
);

@Injectable()
export class AgenciesStore {
  async byIds(reader: Reader, ids: readonly string[]): Promise<(AgencyRow | null)[]> {
    return inOrderOf(ids, await reader.query(byIds, [ids]), ({ id }) => id);
  }

  /** Rows after the key, in the order of ids, at most `limit`. */
  page(reader: Reader, filter: AgencyFilter, after: Keyset | null, limit: number): Promise<AgencyRow[]> {
    const { kind = null, state = null, countyFips = null, isActive = null } = filter;
    return reader.query(page, [kind, state, countyFips, isActive, after?.id ?? null, limit]);
  }

  async facts(reader: Reader, id: string): Promise<(AgencyFacts & Facts) | null> {
    return (await reader.query(facts, [id]))[0] ?? null;
  }

  /** A team with a coordinator: of a county, else of the counties of an agency, else of its state. */
  async teamNear(reader: Reader, { countyFips, agency }: Near): Promise<string | null> {
    const { jurisdictionFips, state } = agency;
    return (await reader.query(teamNear, [countyFips, jurisdictionFips, state]))[0]?.id ?? null;
  }

  async hasCoordinator(reader: Reader, agencyId: string): Promise<boolean> {
    return (await reader.query(coordinates, [agencyId])).length > 0;
  }

  async receives(reader: Reader, agencyId: string): Promise<boolean> {
    return (await reader.query(receives, [agencyId])).length > 0;
  }

  async hasMember(reader: Reader, agencyId: string, roles: readonly Role[]): Promise<boolean> {
    return (await reader.query(hasMember, [agencyId, roles])).length > 0;
  }

  /** Whoever asks is on file: a membership let them in. */
  async nameplate(reader: Reader): Promise<Nameplate> {
    return (await reader.query(nameplate, [reader.actor.membershipId]))[0] as Nameplate;
  }

  /** Written as Handrail: no agency's own rights reach another, and a new one has none yet. */
  async add(tx: SystemTx, agency: CreateAgencyInput): Promise<string> {
    const { id } = await tx.one(insert, [agency.kind, agency.name, agency.state, agency.phone ?? null]);
    await tx.query(addJurisdictions, [id, agency.jurisdictions]);
    return id;
  }

  /** Undefined stays as it is; null empties what may be empty. */
  async change(tx: Tx, changes: UpdateAgencyInput): Promise<void> {
    const { id, name, isActive, isEmptied, phone, coordinatingAgencyId, jurisdictions } = changes;
    await tx.one(update, [
      id,
      name ?? null,
      isActive ?? null,
      phone !== undefined,
      phone ?? null,
      coordinatingAgencyId !== undefined,
      coordinatingAgencyId ?? null,
      isEmptied ?? null,
    ]);
    if (!jurisdictions) return;
    await tx.query(removeJurisdictions, [id, jurisdictions]);
    await tx.query(addJurisdictions, [id, jurisdictions]);
  }
}
