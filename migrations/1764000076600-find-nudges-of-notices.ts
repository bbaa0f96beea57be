import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a school was told of a notice goes with the notice: the sweep looks every few seconds which of these have lost theirs. */
export class FindNudgesOfNotices1764000076600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index nudge_of_notice on nudge (subject_id) where kind = 'SCHOOL_NOTICE'`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index nudge_of_notice');
  }
}
