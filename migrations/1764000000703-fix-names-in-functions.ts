import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a policy or a trigger asks is asked of our tables, whatever search path or temporary table the session has: a function
 * in SQL keeps the tables it was made with, one in PL/pgSQL a fixed path with the temporary schema last.
 */
export class FixNamesInFunctions1764000000703 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function app.takes_part(p_referral uuid) returns boolean language sql stable
        return exists (select 1 from referral_party p where p.referral_id = p_referral and p.agency_id = (select app.agency()));
      create or replace function app.sends(p_referral uuid) returns boolean language sql stable
        return exists (select 1 from referral_party p
          where p.referral_id = p_referral and p.agency_id = (select app.agency()) and p.side <> 'PROVIDER');
      create or replace function app.is_part2_provider(p_agency uuid) returns boolean language sql stable
        return exists (select 1 from program g where g.agency_id = p_agency and g.part2_program);
      create or replace function app.hold_quota(p_agency uuid)
      returns table (agency_id uuid, active_holds integer, pool_share_percent integer) language sql stable
      begin atomic
        select p_agency, coalesce(max(q.active_holds), 25), coalesce(max(q.pool_share_percent), 50) from hold_quota q where q.agency_id = p_agency;
      end;
      alter function app.hold_quota(uuid) reset search_path;
      alter function app.keep_person_provenance() set search_path = pg_catalog, public, pg_temp;
      alter function app.keep_referral_provenance() set search_path = pg_catalog, public, pg_temp;
      alter function app.keep_place(uuid, uuid, uuid, timestamptz, uuid, boolean) set search_path = pg_catalog, public, pg_temp;
      alter function app.enter_as_system(uuid, text) set search_path = pg_catalog, public, pg_temp;
      create or replace function app.live_memberships(p_memberships uuid[]) returns setof uuid language sql stable
      begin atomic
        select m.id from membership m join agency g on g.id = m.agency_id
        where m.id = any(p_memberships) and m.ended_at is null and g.is_active;
      end;
    `);
  }

  /** What was safe stays safe. */
  down(): Promise<void> {
    return Promise.resolve();
  }
}
