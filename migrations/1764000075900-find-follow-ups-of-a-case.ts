import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whether somebody is still asked how they are, or is not any more because of a death, is looked up with each report of the person. */
export class FindFollowUpsOfACase1764000075900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index clock_follow_up_of on clock (subject_id, started_at) where kind in ('FOLLOW_UP_DAY_30','FOLLOW_UP_DAY_90')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index clock_follow_up_of');
  }
}
