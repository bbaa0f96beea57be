import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateAgencies1763900000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table agency (
        id uuid primary key default uuidv7(),
        name text not null check (length(name) between 1 and 200),
        kind text not null check (kind in ('LAW_ENFORCEMENT','EMS','HOSPITAL','TREATMENT_PROVIDER','OUTREACH_TEAM','SCHOOL','CHILD_SERVICES','PUBLIC_HEALTH','PLATFORM')),
        state text not null check (state ~ '^[A-Z]{2}$'),
        phone text,
        -- By agreement: the outreach team whose coordinator watches the referrals this agency sends.
        coordinating_agency_id uuid references agency,
        -- Where an imported agency comes from; the same key is the same agency on the next import.
        source_key text unique,
        is_active boolean not null default true,
        created_at timestamptz not null default app.now()
      );
      create index agency_by_kind on agency (kind, name);
      create table agency_jurisdiction (
        agency_id uuid not null references agency,
        county_fips text not null check (county_fips ~ '^[0-9]{5}$'),
        primary key (agency_id, county_fips)
      );
      create index agency_jurisdiction_by_county on agency_jurisdiction (county_fips);
      grant delete on agency_jurisdiction to handrail_app, handrail_worker;

      -- A person who signs in, or a partner system. Known by what their identity provider calls them.
      create table account (
        id uuid primary key default uuidv7(),
        kind text not null check (kind in ('STAFF','SERVICE_ACCOUNT')),
        issuer text not null,
        subject text not null,
        display_name text not null check (length(display_name) between 1 and 200),
        email text,
        created_at timestamptz not null default app.now(),
        unique (issuer, subject)
      );
      create table membership (
        id uuid primary key default uuidv7(),
        account_id uuid not null references account,
        agency_id uuid not null references agency,
        role text not null check (role in ('OFFICER','MEDIC','HOSPITAL_STAFF','PROVIDER_STAFF','OUTREACH_WORKER','COORDINATOR','SCHOOL_LIAISON','CHILD_SERVICES_WORKER','ANALYST','PRIVACY_OFFICER','AGENCY_ADMIN','PLATFORM_ADMIN')),
        -- Null: a person, not limited. A list: what a partner system may do below its agency's rights.
        scopes text[],
        created_at timestamptz not null default app.now(),
        ended_at timestamptz
      );
      create unique index membership_active on membership (account_id, agency_id, role) where ended_at is null;
      create index membership_by_agency on membership (agency_id, created_at, id);

      select app.protect('agency', '(select app.agency()) is not null', 'id = (select app.agency())');
      select app.protect('agency_jurisdiction', '(select app.agency()) is not null', 'agency_id = (select app.agency())');
      create policy removes on agency_jurisdiction for delete to handrail_app using (agency_id = (select app.agency()));
      select app.protect('membership', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');
      select app.protect('account', 'exists (select 1 from membership m where m.account_id = account.id and m.agency_id = (select app.agency()))', null);
    `);
    await runner.query(`
      -- Called first in every transaction of a signed-in actor. Two primary-key look-ups, so a membership that was ended, or
      -- an agency that was closed, is out with the next statement, whatever token is still held. Returns the database's time.
      create function app.enter(p_membership uuid, p_agency uuid, p_offset text) returns timestamptz
      language plpgsql security definer set search_path = pg_catalog, public as $$
      begin
        perform 1 from membership m join agency g on g.id = m.agency_id
          where m.id = p_membership and m.agency_id = p_agency and m.ended_at is null and g.is_active;
        if not found then raise exception 'signed out' using errcode = 'HR401'; end if;
        perform set_config('app.agency_id', p_agency::text, true), set_config('app.clock_offset', p_offset, true);
        return app.now();
      end $$;

      -- Called first in a transaction of Handrail itself, on behalf of the agency whose records it works on.
      create function app.enter_as_system(p_agency uuid, p_offset text) returns timestamptz
      language plpgsql set search_path = pg_catalog, public as $$
      begin
        perform set_config('role', 'handrail_worker', true), set_config('app.agency_id', p_agency::text, true),
          set_config('app.clock_offset', p_offset, true);
        return app.now();
      end $$;

      -- Before any context exists: which live membership does this verified token stand for?
      create function app.sign_in(p_issuer text, p_subject text, p_agency uuid, p_role text)
      returns table (kind text, id uuid, membership_id uuid, agency_kind text, scopes text[])
      language sql stable security definer set search_path = pg_catalog, public as $$
        select a.kind, a.id, m.id, g.kind, m.scopes
        from account a join membership m on m.account_id = a.id join agency g on g.id = m.agency_id
        where a.issuer = p_issuer and a.subject = p_subject and m.agency_id = p_agency and m.role = p_role
          and m.ended_at is null and g.is_active
      $$;
      revoke all on function app.enter(uuid, uuid, text), app.enter_as_system(uuid, text), app.sign_in(text, text, uuid, text) from public;
      grant execute on function app.enter(uuid, uuid, text), app.enter_as_system(uuid, text), app.sign_in(text, text, uuid, text) to handrail_app;
      grant execute on function app.enter_as_system(uuid, text) to handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table membership, account, agency_jurisdiction, agency cascade');
  }
}
