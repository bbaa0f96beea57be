import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who waits for a place, in which order they are served, and what they are given meanwhile. */
export class KeepWaitlist1764000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- One for each referral that ever waited; it is opened again when a place is lost.
      create table waitlist_entry (
        id uuid primary key default uuidv7(),
        referral_id uuid not null references referral,
        tier text not null check (tier in ('PREGNANT_INJECTING','PREGNANT','INJECTING','OTHER')),
        risk integer not null check (risk >= 0),
        rules_version text not null,
        -- When treatment was asked for: what the law counts from.
        requested_at timestamptz not null,
        -- Since when they wait: what the order counts from. Later than the request only after they did not come to a place.
        since timestamptz not null,
        -- How often they had not come when they began to wait.
        no_shows integer not null,
        interim_completed_at timestamptz,
        contact_way text,
        contact_detail_sealed bytea check (octet_length(contact_detail_sealed) >= 45),
        -- A program farther away than they would go, that they agreed to wait for.
        transferred_to_program_id uuid references program,
        transferred_at timestamptz,
        ended_at timestamptz,
        end_reason text,
        check ((ended_at is null) = (end_reason is null)),
        check ((transferred_to_program_id is null) = (transferred_at is null)),
        check (since >= requested_at)
      ) with (fillfactor = 80);
      create unique index waitlist_entry_of_referral on waitlist_entry (referral_id);
      create index waitlist_entry_open on waitlist_entry (since, id) where ended_at is null;
      select app.protect('waitlist_entry', 'app.sends(referral_id)', null);

      create table interim_service (
        id uuid primary key default uuidv7(),
        entry_id uuid not null references waitlist_entry,
        referral_id uuid not null references referral,
        service text not null,
        result text not null check (result in ('GIVEN','DECLINED','NOT_NEEDED')),
        given_at timestamptz not null,
        program_id uuid references program,
        recorded_at timestamptz not null,
        recorded_by uuid not null,
        agency_id uuid not null references agency
      );
      create index interim_service_of_entry on interim_service (entry_id, given_at, id);
      revoke update on interim_service from handrail_app, handrail_worker;
      select app.protect('interim_service', 'app.sends(referral_id)', null);

      create table waitlist_contact (
        id uuid primary key default uuidv7(),
        entry_id uuid not null references waitlist_entry,
        referral_id uuid not null references referral,
        at timestamptz not null,
        outcome text not null,
        recorded_by uuid not null,
        agency_id uuid not null references agency
      );
      create index waitlist_contact_of_entry on waitlist_contact (entry_id, at, id);
      revoke update on waitlist_contact from handrail_app, handrail_worker;
      select app.protect('waitlist_contact', 'app.sends(referral_id)', null);

      -- A place that opened, and everybody up to the one whom it went to: each row shows to the side of its own referral only.
      create table place_consideration (
        id uuid primary key default uuidv7(),
        run_id uuid not null,
        pool_id uuid not null references bed_pool,
        program_id uuid not null references program,
        entry_id uuid not null references waitlist_entry,
        referral_id uuid not null references referral,
        position integer not null check (position > 0),
        at timestamptz not null,
        rules_version text not null,
        -- Empty: the place went to this one.
        rules text[] not null
      );
      create index place_consideration_of_entry on place_consideration (entry_id, at, id);
      create index place_consideration_of_run on place_consideration (run_id, position);
      revoke update on place_consideration from handrail_app, handrail_worker;
      select app.protect('place_consideration', 'app.sends(referral_id)', null);

      -- How many places of a pool are spoken for by offers.
      create index offer_live_by_pool on offer (pool_id) where state in ('PENDING','ACKNOWLEDGED');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index offer_live_by_pool;
      drop table place_consideration, waitlist_contact, interim_service, waitlist_entry;
    `);
  }
}
