import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A consent with every element of 42 CFR 2.31, and each revocation as a record of its own. */
export class CompleteConsents1764000000201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table consent
        add kind text check (kind in ('TREATMENT_PAYMENT_OPERATIONS','NAMED_RECIPIENT','COUNSELING_NOTES','LEGAL_PROCEEDINGS')),
        -- As it was signed, and what is left of it after revocations of a part.
        add permits text[] not null default '{}', add in_force text[] not null default '{}',
        add disclosers text[] not null default '{}', add information text[] not null default '{}', add purposes text[] not null default '{}',
        add recipient_kind text check (recipient_kind in ('TREATING_PROVIDERS','POLICE','SCHOOL','COURT','VOLUNTEER','OUTREACH_TEAM','CARE','CHILD_SERVICES')),
        -- A court or a volunteer, in words.
        add recipient_name text check (length(recipient_name) between 1 and 200),
        add expiry text check (expiry in ('ON_DATE','NONE')),
        add signed_by text, add co_signed_by text, add signature_method text,
        add text_version text, add text_hash text check (text_hash ~ '^[0-9a-f]{64}$'),
        -- The version of the state's rules that decided who may sign.
        add state_rules text;
      update consent set permits = array[scope];
      alter table consent drop column scope, alter expires_at drop not null;
      alter table consent
        add check (permits <@ array['IDENTITY_BEFORE_ACCEPTANCE','OUTCOME_TO_SENDER','IDENTITY_TO_COORDINATOR','TREATMENT_PAYMENT_OPERATIONS']),
        add check (in_force <@ permits),
        -- Police, schools, courts and volunteers are never treatment, payment, operations, and are named.
        add check ((recipient_kind = 'TREATING_PROVIDERS') = (recipient_agency_id is null and recipient_name is null)),
        add check (recipient_kind <> 'TREATING_PROVIDERS' or kind = 'TREATMENT_PAYMENT_OPERATIONS'),
        add check (kind <> 'TREATMENT_PAYMENT_OPERATIONS' or recipient_kind in ('TREATING_PROVIDERS','CARE')),
        add check (not permits && array['OUTCOME_TO_SENDER','IDENTITY_TO_COORDINATOR'] or kind = 'NAMED_RECIPIENT'),
        add check (not permits && array['TREATMENT_PAYMENT_OPERATIONS','IDENTITY_BEFORE_ACCEPTANCE'] or kind = 'TREATMENT_PAYMENT_OPERATIONS'),
        add check ((expiry = 'ON_DATE') = (expires_at is not null)),
        add check (expiry <> 'NONE' or kind = 'TREATMENT_PAYMENT_OPERATIONS'),
        -- What was recorded before there were elements stays as it is, deficient and in force for nothing (2.31(c)).
        add constraint consent_complete check (text_version is not null and text_hash is not null and kind is not null
          and recipient_kind is not null and expiry is not null and signed_by is not null and signature_method is not null
          and state_rules is not null and cardinality(disclosers) > 0 and cardinality(information) > 0 and cardinality(purposes) > 0) not valid;

      -- Signed, complete, not expired, not revoked.
      create function app.is_in_force(c consent) returns boolean language sql stable as $$
        select c.revoked_at is null and c.text_version is not null and c.signed_at <= app.now()
          and (c.expires_at is null or c.expires_at > app.now())
      $$;
      revoke all on function app.is_in_force(consent) from public;
      grant execute on function app.is_in_force(consent) to handrail_app, handrail_worker;

      -- A general designation means treating providers: towards police, schools or outreach teams it permits nothing.
      create or replace function app.active_consents(p_person uuid, p_agency uuid) returns text[]
      language sql stable security definer set search_path = pg_catalog, public as $$
        select coalesce(array_agg(distinct s), '{}') from consent c, unnest(c.in_force) s
        where c.person_id = p_person and app.is_in_force(c)
          and (c.recipient_agency_id = p_agency
            or c.recipient_kind = 'TREATING_PROVIDERS'
              and exists (select 1 from agency g where g.id = p_agency and g.kind in ('TREATMENT_PROVIDER','HOSPITAL','EMS')))
      $$;

      drop policy reads on consent;
      create policy reads on consent for select to handrail_app
        using (recorded_by_agency_id = (select app.agency()) or recipient_agency_id = (select app.agency()));
      create index consent_by_recorder on consent (recorded_by_agency_id, person_id);

      -- Who took back what, how and when; never changed.
      create table consent_revocation (
        id uuid primary key default uuidv7(),
        consent_id uuid not null references consent,
        scopes text[] not null,
        is_whole boolean not null,
        asked_by text not null check (asked_by in ('PERSON','PARENT','LEGAL_GUARDIAN','LEGAL_REPRESENTATIVE','PERSONAL_REPRESENTATIVE')),
        method text not null check (method in ('WRITTEN','ELECTRONIC','ORAL','WITH_RECALL')),
        recorded_by_agency_id uuid not null references agency,
        recorded_by uuid not null,
        revoked_at timestamptz not null
      );
      create index consent_revocation_by_consent on consent_revocation (consent_id, revoked_at);
      revoke update on consent_revocation from handrail_app, handrail_worker;
      select app.protect('consent_revocation', 'exists (select 1 from consent c where c.id = consent_revocation.consent_id)', null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table consent_revocation;
      drop policy reads on consent;
      create policy reads on consent for select to handrail_app using (recorded_by_agency_id = (select app.agency()));
      drop index consent_by_recorder;
      drop function app.active_consents(uuid, uuid);
      drop function app.is_in_force(consent);
      delete from consent where cardinality(permits) <> 1 or permits[1] = 'TREATMENT_PAYMENT_OPERATIONS' or expires_at is null;
      alter table consent add scope text;
      update consent set scope = permits[1];
      alter table consent alter scope set not null, alter expires_at set not null,
        drop column kind, drop column permits, drop column in_force, drop column disclosers, drop column information, drop column purposes,
        drop column recipient_kind, drop column recipient_name, drop column expiry, drop column signed_by, drop column co_signed_by,
        drop column signature_method, drop column text_version, drop column text_hash, drop column state_rules,
        add check (scope in ('IDENTITY_BEFORE_ACCEPTANCE','OUTCOME_TO_SENDER','IDENTITY_TO_COORDINATOR')),
        add check (scope = 'IDENTITY_BEFORE_ACCEPTANCE' or recipient_agency_id is not null);
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
}
