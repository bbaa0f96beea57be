import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCapacity1763900000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table program (
        id uuid primary key default uuidv7(),
        agency_id uuid not null references agency,
        name text not null check (length(name) between 1 and 200),
        street text, city text, state text not null check (state ~ '^[A-Z]{2}$'), postal_code text, phone text,
        county_fips text check (county_fips ~ '^[0-9]{5}$'),
        latitude double precision check (latitude between -90 and 90),
        longitude double precision check (longitude between -180 and 180),
        time_zone text not null,
        acceptance_mode text not null check (acceptance_mode in ('INSTANT','REVIEW')),
        freshness_minutes integer not null check (freshness_minutes between 15 and 1440),
        -- Set by a human: this program's records are under 42 CFR Part 2.
        part2_program boolean not null,
        services text[] not null default '{}',
        medications_offered text[] not null default '{}',
        medications_accepted text[] not null default '{}',
        -- Empty: not known, which a directory may leave it.
        payers text[] not null default '{}',
        languages text[] not null default '{en}',
        -- Empty: all.
        substances text[] not null default '{}',
        -- Null: no such limit.
        serves_only text check (serves_only in ('VETERANS')),
        accepted_pathways text[] not null default '{}',
        admits_pregnant boolean not null default false,
        -- [{weekday: 1..7, opens, closes: minutes}]; empty: around the clock.
        intake_windows jsonb not null default '[]',
        is_active boolean not null default true,
        source_key text unique,
        created_at timestamptz not null default app.now(),
        updated_at timestamptz not null default app.now(),
        check ((latitude is null) = (longitude is null))
      );
      create index program_by_agency on program (agency_id, created_at, id);

      create table bed_pool (
        id uuid primary key default uuidv7(),
        program_id uuid not null references program,
        agency_id uuid not null references agency,
        name text not null check (length(name) between 1 and 200),
        level_of_care text not null check (level_of_care ~ '^ASAM_[1-4]_[0-9]$'),
        sexes text[] not null default '{FEMALE,MALE,OTHER}',
        min_age integer check (min_age between 0 and 120),
        max_age integer check (max_age between 0 and 120),
        staffed integer not null default 0,
        occupied integer not null default 0,
        held integer not null default 0,
        attested_at timestamptz, attested_by uuid, attested_source text,
        is_active boolean not null default true,
        created_at timestamptz not null default app.now(),
        -- The promise itself: two people never get one place.
        constraint room check (occupied >= 0 and held >= 0 and occupied + held <= staffed),
        check (min_age <= max_age)
      ) with (fillfactor = 70);
      create index bed_pool_by_program on bed_pool (program_id);
      create unique index bed_pool_name on bed_pool (program_id, name);

      -- Every census as it was attested.
      create table census (
        id uuid primary key default uuidv7(),
        pool_id uuid not null references bed_pool,
        agency_id uuid not null references agency,
        staffed integer not null, occupied integer not null, held integer not null,
        attested_at timestamptz not null, attested_by uuid not null, source text not null
      );
      create index census_by_pool on census (pool_id, attested_at desc);
      revoke update on census from handrail_app, handrail_worker;

      create table hold (
        id uuid primary key default uuidv7(),
        pool_id uuid not null references bed_pool,
        agency_id uuid not null references agency,
        referral_id uuid not null,
        state text not null default 'ACTIVE' check (state in ('ACTIVE','CONVERTED','RELEASED','EXPIRED')),
        created_at timestamptz not null default app.now(),
        -- Null once the person has arrived: the place is theirs until admission or closing.
        ends_at timestamptz,
        ended_at timestamptz,
        check ((state = 'ACTIVE') = (ended_at is null))
      );
      create unique index hold_one_per_referral on hold (referral_id) where state = 'ACTIVE';
      create index hold_by_referral on hold (referral_id);
      create index hold_active_by_pool on hold (pool_id) where state = 'ACTIVE';
      create index hold_due on hold (ends_at) where state = 'ACTIVE';

      -- One denormalised row per pool for matching: all facts of pool and program, none of the counters.
      create table pool_match (
        pool_id uuid primary key references bed_pool,
        program_id uuid not null, agency_id uuid not null,
        level_of_care text not null,
        -- 0.25° grid cell; null: place unknown, never matched.
        cell integer,
        latitude double precision, longitude double precision,
        min_age integer, max_age integer, sexes text[] not null, admits_pregnant boolean not null,
        acceptance_mode text not null, services text[] not null,
        medications_offered text[] not null, medications_accepted text[] not null,
        payers text[] not null, languages text[] not null, substances text[] not null,
        serves_only text check (serves_only in ('VETERANS')), accepted_pathways text[] not null,
        intake_windows jsonb not null, time_zone text not null, freshness_minutes integer not null
      );
      create index pool_match_by_level_and_cell on pool_match (level_of_care, cell);
      create index pool_match_by_cell on pool_match (cell);
      create index pool_match_by_program on pool_match (program_id);
      grant delete on pool_match to handrail_app, handrail_worker;

      select app.protect('program', '(select app.agency()) is not null', 'agency_id = (select app.agency())');
      select app.protect('bed_pool', '(select app.agency()) is not null', 'agency_id = (select app.agency())');
      select app.protect('pool_match', '(select app.agency()) is not null', 'agency_id = (select app.agency())');
      create policy removes on pool_match for delete to handrail_app using (agency_id = (select app.agency()));
      select app.protect('census', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');
      select app.protect('hold', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table pool_match, hold, census, bed_pool, program');
  }
}
