import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What agencies report of an overdose, each for itself, and the event that their reports speak of. A report is its agency’s; an
 * event is nobody’s: rooms above read it as Handrail and show of it what their own rules allow.
 */
export class RecordOverdoses1764000005000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table overdose_report (
        id uuid primary key default uuidv7(),
        agency_id uuid not null references agency,
        -- The sender's own key of the report: sent twice it is one report.
        client_id text check (length(client_id) between 1 and 100),
        reported_by uuid not null,
        role text not null,
        -- The adapter of an import; null: told over the API.
        source text,
        received_at timestamptz not null default app.now(),
        occurred_at timestamptz not null,
        -- False: the day is known only, and occurred_at is its beginning.
        is_time_known boolean not null default true,
        county_fips text not null check (county_fips ~ '^[0-9]{5}$'),
        latitude double precision check (latitude between -90 and 90),
        longitude double precision check (longitude between -180 and 180),
        place_sealed bytea check (octet_length(place_sealed) >= 45),
        is_fatal boolean not null,
        is_naloxone_given boolean not null,
        -- [{"by": "BYSTANDER", "doses": 2}]; null: not told. Doses may be null: given, and not counted.
        doses jsonb,
        suspected_substances text[] not null default '{}',
        has_children_present boolean,
        has_others_present boolean,
        transport text check (transport in ('TRANSPORTED','REFUSED','NOT_OFFERED','LEFT_BEFORE','DIED_AT_SCENE')),
        residence_county_fips text check (residence_county_fips ~ '^[0-9]{5}$'),
        residence_sealed bytea check (octet_length(residence_sealed) >= 45),
        age_years integer check (age_years between 0 and 120),
        sex text check (sex in ('FEMALE','MALE','OTHER')),
        person_id uuid references person,
        episode_id uuid references episode,
        -- Its own agency says that nobody else has reported the same.
        is_apart boolean not null default false,
        revision integer not null default 1,
        retracted_at timestamptz,
        retracted_because text check (retracted_because in ('NOT_AN_OVERDOSE','DUPLICATE','WRONG_PERSON','ENTERED_IN_ERROR')),
        check ((latitude is null) = (longitude is null)),
        check ((retracted_at is null) = (retracted_because is null)),
        unique (agency_id, client_id)
      );
      create index overdose_report_by_place on overdose_report (county_fips, occurred_at);
      create index overdose_report_by_person on overdose_report (person_id) where person_id is not null;
      create index overdose_report_by_agency on overdose_report (agency_id, occurred_at desc, id desc);
      select app.protect('overdose_report', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');
      -- Of somebody whom the agency knows.
      drop policy adds on overdose_report;
      create policy adds on overdose_report for insert to handrail_app
        with check (agency_id = (select app.agency()) and (person_id is null or exists (
          select 1 from person_party pp where pp.person_id = overdose_report.person_id and pp.agency_id = (select app.agency()))));
      drop policy changes on overdose_report;
      create policy changes on overdose_report for update to handrail_app using (agency_id = (select app.agency()))
        with check (agency_id = (select app.agency()) and (person_id is null or exists (
          select 1 from person_party pp where pp.person_id = overdose_report.person_id and pp.agency_id = (select app.agency()))));

      -- What the report said from then on. Written once.
      create table overdose_report_revision (
        id uuid primary key default uuidv7(),
        report_id uuid not null references overdose_report,
        agency_id uuid not null references agency,
        revision integer not null,
        at timestamptz not null,
        by_actor uuid not null,
        because text not null check (because in ('REPORTED','LATE_FACT','MISTAKE','RETRACTED','SOURCE_CHANGED')),
        facts jsonb not null,
        place_sealed bytea check (octet_length(place_sealed) >= 45),
        residence_sealed bytea check (octet_length(residence_sealed) >= 45),
        unique (agency_id, report_id, revision)
      );
      revoke update on overdose_report_revision from handrail_app, handrail_worker;
      create index overdose_report_revision_by_report on overdose_report_revision (report_id, revision);
      select app.protect('overdose_report_revision', 'agency_id = (select app.agency())', null);
      create policy adds on overdose_report_revision for insert to handrail_app with check (agency_id = (select app.agency()) and exists (
        select 1 from overdose_report r where r.id = overdose_report_revision.report_id and r.agency_id = (select app.agency())));
      -- Sealed values move to new keys, and nothing else of it ever changes.
      grant update (place_sealed, residence_sealed) on overdose_report_revision to handrail_worker;

      -- One overdose of one person, as all who reported it tell it together.
      create table overdose_event (
        id uuid primary key default uuidv7(),
        recorded_at timestamptz not null,
        occurred_at timestamptz not null,
        is_time_known boolean not null,
        county_fips text not null,
        latitude double precision,
        longitude double precision,
        residence_county_fips text,
        is_fatal boolean not null,
        is_naloxone_given boolean not null,
        doses integer,
        suspected_substances text[] not null default '{}',
        has_children_present boolean,
        is_transported boolean,
        has_refused_transport boolean not null default false,
        age_years integer,
        sex text,
        reports integer not null check (reports >= 0),
        -- Moves with every change, so that whoever keeps a copy can tell.
        version integer not null default 1,
        ended_at timestamptz,
        -- Found to be the same as that one; null though ended: nothing is left of it.
        joined_into uuid references overdose_event,
        check (ended_at is not null or reports > 0),
        check (joined_into is null or ended_at is not null)
      );
      create index overdose_event_by_county on overdose_event (county_fips, occurred_at) where ended_at is null;
      create index overdose_event_by_time on overdose_event (occurred_at, id) where ended_at is null;
      create index overdose_event_by_residence on overdose_event (residence_county_fips, occurred_at)
        where ended_at is null and residence_county_fips is not null;
      select app.protect('overdose_event', 'false', null);
      revoke insert, update on overdose_event from handrail_app;

      -- Which event a report is part of, since when, by which rule of which version; ended rows are the history.
      create table overdose_event_report (
        id uuid primary key default uuidv7(),
        event_id uuid not null references overdose_event,
        report_id uuid not null references overdose_report,
        from_at timestamptz not null,
        until_at timestamptz,
        -- What ties it to another report of the event; null: it stands alone or came first.
        rule text,
        policy_version text not null
      );
      create unique index overdose_report_on_one_event on overdose_event_report (report_id) where until_at is null;
      create index overdose_event_report_by_event on overdose_event_report (event_id);
      create index overdose_event_report_by_report on overdose_event_report (report_id, from_at);
      select app.protect('overdose_event_report', 'false', null);
      revoke insert, update on overdose_event_report from handrail_app;

      -- Records of one person with different agencies. No row: the person is their own cluster. Nobody is shown anything by it.
      create table person_cluster (
        person_id uuid primary key references person,
        cluster_id uuid not null references person
      );
      create index person_cluster_by_cluster on person_cluster (cluster_id);
      select app.protect('person_cluster', 'false', null);
      revoke insert, update on person_cluster from handrail_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table person_cluster, overdose_event_report, overdose_event, overdose_report_revision, overdose_report',
    );
  }
}
