import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Reports to child services under state law (42 CFR 2.12(c)(6)): small objects of their own, with no way to a person, a referral or
 * any protected record; and who may take a child in, with every check of them.
 */
export class ReportChildren1764000007011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table child_report (
        id uuid primary key,
        agency_id uuid not null references agency,
        reporting_agency_id uuid not null references agency,
        reported_by uuid not null,
        state text not null check (state in ('SUBMITTED','RECEIVED','CLOSED')),
        child_name_sealed bytea,
        age_years integer check (age_years between 0 and 21),
        place_sealed bytea not null,
        concerns text[] not null check (cardinality(concerns) > 0),
        is_in_danger boolean not null,
        school_agency_id uuid references agency,
        reported_at timestamptz(3) not null,
        received_at timestamptz(3),
        closed_at timestamptz(3),
        outcome text,
        check ((state = 'SUBMITTED') = (received_at is null)),
        check ((state = 'CLOSED') = (closed_at is not null) and (closed_at is null) = (outcome is null))
      );
      create index child_report_by_agency on child_report (agency_id, reported_at, id);
      create index child_report_by_reporter on child_report (reporting_agency_id, reported_at, id);
      revoke insert, update on child_report from handrail_app;
      revoke update on child_report from handrail_worker;
      grant update (state, received_at, closed_at, outcome) on child_report to handrail_app;
      grant update (child_name_sealed, place_sealed) on child_report to handrail_worker;
      select app.protect('child_report', 'agency_id = (select app.agency()) or reporting_agency_id = (select app.agency())', null);
      create policy changes on child_report for update to handrail_app
        using (agency_id = (select app.agency())) with check (agency_id = (select app.agency()));

      create table caregiver_candidate (
        id uuid primary key,
        agency_id uuid not null references agency,
        child_report_id uuid not null references child_report,
        name_sealed bytea not null,
        relationship text not null,
        state text not null check (state in ('PROPOSED','CHECKING','CLEARED','REJECTED','PLACED')),
        proposed_at timestamptz(3) not null,
        proposed_by uuid not null
      );
      create index caregiver_candidate_by_report on caregiver_candidate (child_report_id);
      -- A child is with one of them at a time.
      create unique index caregiver_one_placement on caregiver_candidate (agency_id, child_report_id) where state = 'PLACED';
      revoke update on caregiver_candidate from handrail_app, handrail_worker;
      grant update (state) on caregiver_candidate to handrail_app;
      grant update (name_sealed) on caregiver_candidate to handrail_worker;
      select app.protect('caregiver_candidate', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');

      -- Who checked or decided what, when. Never changed.
      create table caregiver_step (
        id uuid primary key,
        agency_id uuid not null references agency,
        candidate_id uuid not null references caregiver_candidate,
        at timestamptz(3) not null,
        by_id uuid not null,
        by_name text not null check (length(by_name) between 1 and 200),
        command text not null,
        state text not null,
        check_kind text,
        result text check (result in ('PASSED','FAILED','INCONCLUSIVE')),
        check ((check_kind is null) = (result is null))
      );
      create index caregiver_step_by_candidate on caregiver_step (candidate_id, at);
      revoke update on caregiver_step from handrail_app, handrail_worker;
      create trigger append_only before update or delete on caregiver_step for each row execute function app.refuse_change();
      create trigger keep_all before truncate on caregiver_step for each statement execute function app.refuse_change();
      select app.protect('caregiver_step', 'agency_id = (select app.agency())', null);
      create policy adds on caregiver_step for insert to handrail_app with check (agency_id = (select app.agency()));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table caregiver_step, caregiver_candidate, child_report');
  }
}
