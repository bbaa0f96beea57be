import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nothing waits in silence: what is due, who has to do it, and what was said when it was not done. */
export class StartClocks1764000001001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table clock (
        id uuid primary key default uuidv7(),
        kind text not null,
        subject_type text not null,
        subject_id uuid not null,
        -- Null: about room, and no person.
        referral_id uuid references referral,
        -- Who has to act. SENDER: for the counts only, because what runs would tell a sender where in treatment the person is.
        owner_agency_id uuid not null references agency,
        owner_side text not null check (owner_side in ('PROVIDER','SENDER','COORDINATING')),
        coordinator_agency_id uuid references agency,
        started_at timestamptz not null,
        due_at timestamptz not null,
        ended_at timestamptz,
        ended_how text check (ended_how in ('MET','BREACHED','CANCELLED')),
        definition_version text not null,
        step integer not null default 0,
        -- When the next rung of the ladder, or the deadline, comes; null: nothing more to say.
        next_step_at timestamptz,
        breached_at timestamptz,
        breach_count integer not null default 0 check (breach_count >= 0),
        answer text,
        answered_by uuid,
        check ((ended_at is null) = (ended_how is null)),
        check ((breach_count > 0) = (breached_at is not null)),
        check (ended_at is null or next_step_at is null)
      ) with (fillfactor = 80);
      create unique index clock_one_running on clock (subject_id, kind) where ended_at is null;
      create index clock_by_owner on clock (owner_agency_id, due_at, id) where ended_at is null;
      create index clock_by_coordinator on clock (coordinator_agency_id, due_at, id) where ended_at is null;
      create index clock_to_advance on clock (next_step_at) where next_step_at is not null;
      create index clock_started_by_owner on clock (owner_agency_id, started_at);
      create index clock_started_by_coordinator on clock (coordinator_agency_id, started_at);
      create index clock_by_referral on clock (referral_id) where referral_id is not null;
      select app.protect('clock',
        '(owner_agency_id = (select app.agency()) and owner_side <> ''SENDER'') or coordinator_agency_id = (select app.agency())', null);
      create policy changes on clock for update to handrail_app
        using ((owner_agency_id = (select app.agency()) and owner_side <> 'SENDER') or coordinator_agency_id = (select app.agency()))
        with check ((owner_agency_id = (select app.agency()) and owner_side <> 'SENDER') or coordinator_agency_id = (select app.agency()));

      -- Another length for one agency or one of its programs, from a moment on.
      create table clock_setting (
        id uuid primary key default uuidv7(),
        agency_id uuid not null references agency,
        program_id uuid references program,
        kind text not null,
        lasts text not null check (lasts ~ '^P'),
        valid_from timestamptz not null,
        set_by uuid not null
      );
      create index clock_setting_by_agency on clock_setting (agency_id, kind, valid_from);
      revoke update on clock_setting from handrail_app, handrail_worker;
      select app.protect('clock_setting', '(select app.agency()) is not null', null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table clock_setting, clock');
  }
}
