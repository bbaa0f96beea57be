import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each checked function reads, and nothing more. Whole tables where the function takes whole rows. */
const READS = {
  account: '(id, kind, issuer, subject)',
  membership: '(id, account_id, agency_id, role, scopes, ended_at)',
  agency: '(id, kind, is_active)',
  person: '(id, source_agency_id)',
  person_party: '(agency_id, person_id)',
  episode: '(id, person_id)',
  referral: '(id, episode_id, person_id, care_is_part2, receiver_agency_id)',
  referral_party: '(agency_id, referral_id)',
  consent: '',
  audit_entry: '(id, agency_id, position, xid)',
  audit_block: '',
};

/**
 * Functions that look past the walls belong to a role that signs in nowhere, bypasses nothing, writes nothing and reads the
 * columns above: owned by the migrations’ owner they would have seen whatever that owner sees.
 */
export class EntrustCheckedFunctions1764000000701 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ begin create role handrail_checker nologin; exception when duplicate_object or unique_violation then null; end $$;
      -- To hand functions over, and to replace them later.
      do $$ begin execute format('grant handrail_checker to %I', current_user); end $$;
      grant usage on schema public, app to handrail_checker;

      -- Hands a function over: its owner may create in the schema for that moment only.
      create function app.entrust(checked regprocedure) returns void language plpgsql as $$
      begin
        grant create on schema app to handrail_checker;
        execute format('alter function %s owner to handrail_checker', checked);
        revoke create on schema app from handrail_checker;
        execute format('revoke all on function %s from public', checked);
        -- Last and not, as it would be unnamed, first: a temporary table of the caller’s must not stand in for one of ours.
        -- A function with an SQL body keeps the tables it was made with, and is quicker for it.
        if (select prosqlbody is null from pg_proc where oid = checked) then
          execute format('alter function %s set search_path = pg_catalog, public, pg_temp', checked);
        end if;
      end $$;
      revoke all on function app.entrust(regprocedure) from public;
      grant execute on function app.is_in_force(consent) to handrail_checker;
    `);
    for (const [table, columns] of Object.entries(READS)) {
      await runner.query(`
        grant select ${columns} on ${table} to handrail_checker;
        create policy checks on ${table} for select to handrail_checker using (true)`);
    }
    await runner.query(`
      -- An agency asks for itself; Handrail at work asks for anybody.
      create function app.asks_for_itself(p_agency uuid) returns boolean language sql stable
        return case when current_setting('role') = 'handrail_worker' then true else p_agency = app.agency() end;
      -- Whether an agency may hear of a person: it knows them, or a referral of theirs lies with it. Not in SQL: planned into
      -- the functions below it would cost every call a third more, and few come this far.
      create function app.may_hear_of(p_person uuid, p_agency uuid) returns boolean
      language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
      begin
        return current_setting('role') = 'handrail_worker'
          or exists (select 1 from person_party pp where pp.agency_id = p_agency and pp.person_id = p_person)
          or exists (select 1 from referral r join referral_party p on p.referral_id = r.id and p.agency_id = p_agency where r.person_id = p_person);
      end $$;
      revoke all on function app.asks_for_itself(uuid), app.may_hear_of(uuid, uuid) from public;
      grant execute on function app.asks_for_itself(uuid), app.may_hear_of(uuid, uuid) to handrail_checker;

      create or replace function app.active_consents(p_person uuid, p_agency uuid) returns text[]
      language sql stable security definer
      begin atomic
        select coalesce(array_agg(distinct s), '{}') from consent c, unnest(c.in_force) s
        where c.person_id = p_person and app.is_in_force(c) and app.asks_for_itself(p_agency)
          and (c.recipient_agency_id = p_agency
            or c.recipient_kind = 'TREATING_PROVIDERS'
              and exists (select 1 from agency g where g.id = p_agency and g.kind in ('TREATMENT_PROVIDER','HOSPITAL','EMS'))
              and app.may_hear_of(p_person, p_agency));
      end;

      create or replace function app.episode_has_part2_care(p_episode uuid, p_agency uuid) returns boolean
      language sql stable security definer
        return exists (select 1 from referral r join episode e on e.id = r.episode_id
          where r.episode_id = p_episode and r.care_is_part2 and r.receiver_agency_id is distinct from p_agency
            and app.asks_for_itself(p_agency) and app.may_hear_of(e.person_id, p_agency));

      do $$ declare checked regprocedure; begin
        for checked in select oid from pg_proc where pronamespace = 'app'::regnamespace and prosecdef loop
          perform app.entrust(checked);
        end loop;
      end $$;
    `);
  }

  /** The role stays: it belongs to the whole server. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      do $$ declare checked regprocedure; begin
        for checked in select oid from pg_proc where pronamespace = 'app'::regnamespace and prosecdef loop
          execute format('alter function %s set search_path = pg_catalog, public', checked);
          execute format('alter function %s owner to %I', checked, current_user);
        end loop;
      end $$;
      create or replace function app.active_consents(p_person uuid, p_agency uuid) returns text[]
      language sql stable security definer set search_path = pg_catalog, public as $$
        select coalesce(array_agg(distinct s), '{}') from consent c, unnest(c.in_force) s
        where c.person_id = p_person and app.is_in_force(c)
          and (c.recipient_agency_id = p_agency
            or c.recipient_kind = 'TREATING_PROVIDERS'
              and exists (select 1 from agency g where g.id = p_agency and g.kind in ('TREATMENT_PROVIDER','HOSPITAL','EMS')))
      $$;
      create or replace function app.episode_has_part2_care(p_episode uuid, p_agency uuid) returns boolean
      language sql stable security definer set search_path = pg_catalog, public as $$
        select exists (select 1 from referral where episode_id = p_episode and care_is_part2 and receiver_agency_id is distinct from p_agency)
      $$;
      drop function app.may_hear_of(uuid, uuid), app.asks_for_itself(uuid);
      drop function app.entrust(regprocedure);
      revoke execute on function app.is_in_force(consent) from handrail_checker;
    `);
    for (const [table, columns] of Object.entries(READS)) {
      await runner.query(`drop policy checks on ${table}; revoke select ${columns} on ${table} from handrail_checker`);
    }
    await runner.query('revoke usage on schema public, app from handrail_checker');
  }
}
