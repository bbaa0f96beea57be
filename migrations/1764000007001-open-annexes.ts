import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * An annex is a tenant beside an agency whose rows, trail and remembered keys no context shows together with the agency’s
 * own. It is entered by a live membership of the agency.
 */
export class OpenAnnexes1764000007001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function app.annex_of(p_agency uuid) returns uuid language sql immutable
        return encode(substring(sha256(convert_to('handrail.annex:' || p_agency::text, 'UTF8')) from 1 for 16), 'hex')::uuid;
      create function app.enter_annex(p_membership uuid, p_agency uuid, p_annex uuid, p_offset text) returns timestamptz
      language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      begin
        perform app.enter(p_membership, p_agency, p_offset);
        if p_annex is distinct from app.annex_of(p_agency) then
          raise exception 'not the annex of the agency' using errcode = 'HR403';
        end if;
        perform set_config('app.agency_id', p_annex::text, true);
        return app.now();
      end $$;
      revoke all on function app.annex_of(uuid), app.enter_annex(uuid, uuid, uuid, text) from public;
      grant execute on function app.annex_of(uuid), app.enter_annex(uuid, uuid, uuid, text) to handrail_app;

      alter table membership drop constraint membership_role_check,
        add constraint membership_role_check check (role in ('OFFICER','EVIDENCE_CUSTODIAN','MEDIC','HOSPITAL_STAFF','PROVIDER_STAFF','OUTREACH_WORKER','COORDINATOR','SCHOOL_LIAISON','CHILD_SERVICES_WORKER','ANALYST','PRIVACY_OFFICER','AGENCY_ADMIN','PLATFORM_ADMIN'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- No other role is near enough: nobody gains a right by it.
      delete from membership where role = 'EVIDENCE_CUSTODIAN';
      alter table membership drop constraint membership_role_check,
        add constraint membership_role_check check (role in ('OFFICER','MEDIC','HOSPITAL_STAFF','PROVIDER_STAFF','OUTREACH_WORKER','COORDINATOR','SCHOOL_LIAISON','CHILD_SERVICES_WORKER','ANALYST','PRIVACY_OFFICER','AGENCY_ADMIN','PLATFORM_ADMIN'));
      drop function app.enter_annex(uuid, uuid, uuid, text), app.annex_of(uuid);
    `);
  }
}
