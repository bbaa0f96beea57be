import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A warning that a laboratory's result raises is nobody's: which property room it came from is not told. One a week of a kind. */
export class WarnOfLaboratoryResults1764000040002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table batch_warning alter column agency_id drop not null,
        add constraint batch_warning_of_somebody check (agency_id is not null or basis = 'LABORATORY');
      create unique index batch_warning_one_a_week on batch_warning (issued_at, contents, county_fips) where agency_id is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table batch_warning_party no force row level security;
      alter table batch_warning no force row level security;
      delete from batch_warning_party where warning_id in (select id from batch_warning where agency_id is null);
      delete from batch_warning where agency_id is null;
      alter table batch_warning_party force row level security;
      alter table batch_warning force row level security;
      drop index batch_warning_one_a_week;
      alter table batch_warning drop constraint batch_warning_of_somebody, alter column agency_id set not null;
    `);
  }
}
