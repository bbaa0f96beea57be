import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who goes to see people after an overdose, where, and by which protocol. No person in it. */
export class CreateOutreachPrograms1764000006010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table outreach_program (
        id uuid primary key default uuidv7(),
        -- The lead: an outreach team.
        agency_id uuid not null references agency,
        name text not null check (length(name) between 1 and 200),
        -- What is printed, and said at a door: tells a stranger nothing.
        public_name text not null check (length(public_name) between 1 and 60),
        phone text not null check (length(phone) between 3 and 40),
        time_zone text not null,
        leave_behind text not null check (leave_behind in ('NEVER','CONTACT_ONLY','PLAIN_CARD','BAG')),
        -- Kinds of agencies whose people go along on visits.
        visitor_kinds text[] not null check (visitor_kinds <@ array['OUTREACH_TEAM','LAW_ENFORCEMENT','EMS','HOSPITAL','TREATMENT_PROVIDER']),
        is_plain_clothes boolean not null,
        door_words text check (length(door_words) between 1 and 300),
        is_active boolean not null,
        created_at timestamptz not null default app.now()
      );
      create index outreach_program_by_agency on outreach_program (agency_id);
      -- The counties a program looks after. One program a county, or a row would have two teams.
      create table outreach_area (
        county_fips text primary key check (county_fips ~ '^[0-9]{5}$'),
        program_id uuid not null references outreach_program
      );
      create index outreach_area_by_program on outreach_area (program_id);
      -- Agencies that work in the team beside the lead, once they have agreed.
      create table outreach_team (
        program_id uuid not null references outreach_program,
        agency_id uuid not null references agency,
        agreed_at timestamptz,
        primary key (program_id, agency_id)
      );
      create index outreach_team_by_agency on outreach_team (agency_id);
      grant delete on outreach_area, outreach_team to handrail_worker;

      revoke insert, update on outreach_program, outreach_area, outreach_team from handrail_app;
      select app.protect('outreach_program', '(select app.agency()) is not null', null);
      select app.protect('outreach_area', '(select app.agency()) is not null', null);
      select app.protect('outreach_team', '(select app.agency()) is not null', null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table outreach_team, outreach_area, outreach_program');
  }
}
