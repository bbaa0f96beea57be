import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Support-group meetings, from published lists. */
export class ListMeetings1764000006001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table support_meeting (
        id uuid primary key default uuidv7(),
        source text not null check (length(source) between 1 and 100),
        source_key text not null check (length(source_key) between 1 and 100),
        name text not null check (length(name) between 1 and 200),
        weekday integer not null check (weekday between 1 and 7),
        start_minute integer not null check (start_minute between 0 and 1439),
        duration_minutes integer not null check (duration_minutes between 1 and 1440),
        time_zone text not null,
        venue_kind text not null check (venue_kind in ('IN_PERSON','ONLINE','HYBRID')),
        venue text, street text, city text, state text check (state ~ '^[A-Z]{2}$'), postal_code text, directions text,
        county_fips text check (county_fips ~ '^[0-9]{5}$'),
        latitude double precision check (latitude between -90 and 90),
        longitude double precision check (longitude between -180 and 180),
        online_url text check (online_url ~ '^https?://'),
        dial_in text,
        language text not null,
        formats jsonb not null,
        is_published boolean not null,
        import_id uuid not null,
        unique (source, source_key),
        check (venue_kind = 'ONLINE' or (latitude is not null and longitude is not null))
      );
      create index support_meeting_by_place on support_meeting (latitude, longitude) where is_published;
      create index support_meeting_online on support_meeting (id) where is_published and venue_kind = 'ONLINE';
      revoke insert, update on support_meeting from handrail_app;
      -- What its group does not publish nobody reads.
      select app.protect('support_meeting', 'is_published and (select app.agency()) is not null', null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table support_meeting');
  }
}
