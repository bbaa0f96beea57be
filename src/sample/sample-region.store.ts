import { PoolMatchStore } from '../capacity';
import { DEVELOPMENT_ISSUER } from '../platform/auth';
import { sql } from '../platform/database/statement';
import type { SystemTx } from '../platform/database/tx';
import { sampleAgencies, type SampleAgency } from './sample-agencies';
import { samplePrograms, type SampleProgram } from './sample-programs';
import { sampleUsers, type SampleUser } from './sample-users';

/** Of several processes that start at once one loads and the others wait for it. Any number will do that no other lock has. */
const takeTurn = sql(`select pg_advisory_xact_lock(hashtextextended('handrail.sample-region', 0))`);
const isEmpty = sql<{ isEmpty: boolean }>('select not exists (select 1 from agency) as "isEmpty"');

const insertAgencies = sql(
  `with listed as (select * from jsonb_to_recordset($1) as a(
       id uuid, name text, kind text, state text, phone text, jurisdictions text[], "coordinatingAgencyId" uuid, key text)),
     made as (
       insert into agency (id, name, kind, state, phone, coordinating_agency_id, source_key)
       select id, name, kind, state, phone, "coordinatingAgencyId", 'sample:' || key from listed returning id)
   insert into agency_jurisdiction select made.id, unnest(listed.jurisdictions) from made join listed using (id)`,
);
const insertUsers = sql(
  `with listed as (select * from jsonb_to_recordset($1) as u(
       "accountId" uuid, "membershipId" uuid, "agencyId" uuid, role text, kind text, "displayName" text, scopes text[], subject text)),
     made as (
       insert into account (id, kind, issuer, subject, display_name)
       select "accountId", kind, $2, subject, "displayName" from listed returning id)
   insert into membership (id, account_id, agency_id, role, scopes)
   select listed."membershipId", made.id, listed."agencyId", listed.role, listed.scopes
   from made join listed on listed."accountId" = made.id`,
);
const insertPrograms = sql(
  `insert into program (id, agency_id, name, city, state, postal_code, phone, county_fips, latitude, longitude, time_zone,
     acceptance_mode, freshness_minutes, part2_program, services, medications_offered, medications_accepted, payers, languages,
     admits_pregnant, source_key)
   select id, "agencyId", name, city, state, "postalCode", phone, "countyFips", latitude, longitude, 'America/New_York',
     "acceptanceMode", 1440, true, services, "medicationsOffered", "medicationsAccepted", payers, languages,
     "admitsPregnant", 'sample:' || key
   from jsonb_to_recordset($1) as p(id uuid, "agencyId" uuid, name text, city text, state text, "postalCode" text, phone text,
     "countyFips" text, latitude double precision, longitude double precision, "acceptanceMode" text, services text[],
     "medicationsOffered" text[], "medicationsAccepted" text[], payers text[], languages text[], "admitsPregnant" boolean, key text)`,
);
const insertPools = sql(
  `insert into bed_pool (id, program_id, agency_id, name, level_of_care, sexes, min_age, staffed, occupied,
     attested_at, attested_by, attested_source)
   select id, "programId", "agencyId", name, "levelOfCare", sexes, 18, staffed, occupied, $2, $3, 'SYSTEM'
   from jsonb_to_recordset($1) as p(id uuid, "programId" uuid, "agencyId" uuid, name text, "levelOfCare" text, sexes text[],
     staffed integer, occupied integer)`,
);
const insertCensuses = sql(
  `insert into census (pool_id, agency_id, staffed, occupied, held, attested_at, attested_by, source)
   select id, agency_id, staffed, occupied, held, attested_at, attested_by, attested_source from bed_pool where id = any($1::uuid[])`,
);
/** Nobody counts the beds of a sample; what real staff attested since is left alone. Two at once touch a pool only once. */
const attestAgain = sql<{ poolId: string }>(
  `with counted as (
     update bed_pool b set attested_at = $1::timestamptz, attested_by = $2, attested_source = 'SYSTEM' from program p
     where p.id = b.program_id and p.source_key like 'sample:%' and b.attested_at < $1::timestamptz - interval '1 hour'
       and b.attested_by = any($3::uuid[])
     returning b.id, b.agency_id, b.staffed, b.occupied, b.held, b.attested_at, b.attested_by, b.attested_source)
   insert into census (pool_id, agency_id, staffed, occupied, held, attested_at, attested_by, source)
   select * from counted returning pool_id as "poolId"`,
);

const entriesOf = <Row>(table: Readonly<Record<string, Row>>): [string, Row][] => Object.entries(table);

const agencyRows = (): unknown[] =>
  entriesOf<SampleAgency>(sampleAgencies).map(([key, agency]) => ({ ...agency, key }));

const userRows = (): unknown[] =>
  entriesOf<SampleUser>(sampleUsers).map(([subject, user]) => ({
    ...user,
    subject,
    agencyId: sampleAgencies[user.agency].id,
  }));

const programRows = (): unknown[] =>
  entriesOf<SampleProgram>(samplePrograms).map(([key, program]) => ({
    ...program,
    key,
    agencyId: sampleAgencies[program.agency].id,
  }));

const poolRows = (): { readonly id: string }[] =>
  entriesOf<SampleProgram>(samplePrograms).flatMap(([, { id, agency, pools }]) =>
    pools.map((pool) => ({ ...pool, programId: id, agencyId: sampleAgencies[agency].id })),
  );

/** Writes across agencies, so it takes nothing less than a system transaction. */
export class SampleRegionStore {
  private readonly matches = new PoolMatchStore();

  /** Waits for whoever loads right now, then says whether there is no agency at all. */
  async isEmpty(tx: SystemTx): Promise<boolean> {
    await tx.query(takeTurn);
    return (await tx.one(isEmpty)).isEmpty;
  }

  async insert(tx: SystemTx): Promise<void> {
    const pools = poolRows();
    await tx.query(insertAgencies, [JSON.stringify(agencyRows())]);
    await tx.query(insertUsers, [JSON.stringify(userRows()), DEVELOPMENT_ISSUER]);
    await tx.query(insertPrograms, [JSON.stringify(programRows())]);
    await tx.query(insertPools, [JSON.stringify(pools), tx.asOf, tx.actor.id]);
    await tx.query(insertCensuses, [pools.map(({ id }) => id)]);
    await this.matches.refresh(
      tx,
      entriesOf<SampleProgram>(samplePrograms).map(([, { id }]) => id),
    );
  }

  /** The pools attested anew. */
  async attestAgain(tx: SystemTx): Promise<string[]> {
    const nobodys = [tx.actor.id, ...Object.values(sampleUsers).map(({ accountId }) => accountId)];
    return (await tx.query(attestAgain, [tx.asOf, tx.actor.id, nobodys])).map(({ poolId }) => poolId);
  }
}
