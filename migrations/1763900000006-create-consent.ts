import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateConsent1763900000006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table consent (
        id uuid primary key default uuidv7(),
        person_id uuid not null references person,
        scope text not null check (scope in ('IDENTITY_BEFORE_ACCEPTANCE','OUTCOME_TO_SENDER','IDENTITY_TO_COORDINATOR')),
        -- Police, schools and other recipients outside treatment must be named; null: a general designation.
        recipient_agency_id uuid references agency,
        recorded_by_agency_id uuid not null references agency,
        recorded_by uuid not null,
        signed_at timestamptz not null,
        expires_at timestamptz not null,
        revoked_at timestamptz,
        created_at timestamptz not null default app.now(),
        check (expires_at > signed_at),
        check (scope = 'IDENTITY_BEFORE_ACCEPTANCE' or recipient_agency_id is not null)
      );
      create index consent_by_person on consent (person_id);
      select app.protect('consent', 'recorded_by_agency_id = (select app.agency())', 'recorded_by_agency_id = (select app.agency())');

      -- The scopes in force for a person towards an agency: codes only. A checked function, because a program that was
      -- offered a referral must be held to the consent without being shown the person it belongs to.
      create function app.active_consents(p_person uuid, p_agency uuid) returns text[]
      language sql stable security definer set search_path = pg_catalog, public as $$
        select coalesce(array_agg(distinct scope), '{}') from consent
        where person_id = p_person and revoked_at is null and signed_at <= app.now() and expires_at > app.now()
          and (recipient_agency_id is null or recipient_agency_id = p_agency)
      $$;
      revoke all on function app.active_consents(uuid, uuid) from public;
      grant execute on function app.active_consents(uuid, uuid) to handrail_app, handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function app.active_consents(uuid, uuid); drop table consent');
  }
}
