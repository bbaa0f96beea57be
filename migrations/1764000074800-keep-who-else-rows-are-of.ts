import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An overdose that two agencies told of under names that are a slip of each other stands on one row, which is of either. */
export class KeepWhoElseRowsAreOf1764000074800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outreach_case add column other_person_keys uuid[] not null default '{}';
      create index outreach_case_by_other_persons on outreach_case using gin (other_person_keys);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index outreach_case_by_other_persons;
      alter table outreach_case drop column other_person_keys;
    `);
  }
}
