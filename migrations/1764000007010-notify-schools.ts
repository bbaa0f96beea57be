import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Handle With Care: what a school has of a child, and what the sender keeps of having sent it, in two tables. The school’s row
 * has no column that leads anywhere, and goes after its time.
 */
export class NotifySchools1764000007010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table handle_with_care_notice (
        id uuid primary key,
        school_agency_id uuid not null references agency,
        child_name_sealed bytea not null,
        age_years integer check (age_years between 0 and 21),
        grade text,
        sending_agency_id uuid not null references agency,
        sent_at timestamptz(3) not null,
        read_at timestamptz(3),
        expires_at timestamptz(3) not null,
        check ((age_years is null) <> (grade is null))
      );
      create index handle_with_care_by_school on handle_with_care_notice (school_agency_id, sent_at, id);
      create index handle_with_care_to_forget on handle_with_care_notice (expires_at);
      revoke insert, update on handle_with_care_notice from handrail_app;
      revoke update on handle_with_care_notice from handrail_worker;
      grant update (read_at) on handle_with_care_notice to handrail_app;
      grant update (child_name_sealed) on handle_with_care_notice to handrail_worker;
      grant delete on handle_with_care_notice to handrail_worker;
      select app.protect('handle_with_care_notice', 'school_agency_id = (select app.agency())', null);
      create policy changes on handle_with_care_notice for update to handrail_app
        using (school_agency_id = (select app.agency())) with check (school_agency_id = (select app.agency()));

      create table handle_with_care_receipt (
        id uuid primary key,
        agency_id uuid not null references agency,
        -- No reference: the notice goes, the receipt stays.
        notice_id uuid not null unique,
        school_agency_id uuid not null references agency,
        sent_by uuid not null,
        sent_at timestamptz(3) not null,
        due_at timestamptz(3) not null,
        read_at timestamptz(3)
      );
      create index handle_with_care_receipt_in_time on handle_with_care_receipt (agency_id, sent_at, id);
      revoke insert, update on handle_with_care_receipt from handrail_app;
      revoke update on handle_with_care_receipt from handrail_worker;
      grant update (read_at) on handle_with_care_receipt to handrail_worker;
      select app.protect('handle_with_care_receipt', 'agency_id = (select app.agency())', null);

      -- When a school rings, where it is not as the installation’s default says.
      create table school_calendar (
        agency_id uuid primary key references agency,
        bells jsonb not null,
        set_at timestamptz(3) not null,
        set_by uuid not null
      );
      select app.protect('school_calendar', '(select app.agency()) is not null', 'agency_id = (select app.agency())');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table school_calendar, handle_with_care_receipt, handle_with_care_notice');
  }
}
