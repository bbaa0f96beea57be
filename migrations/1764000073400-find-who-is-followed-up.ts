import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Day 30 and day 90 outlive their referral, and the team that was to ask: whoever looks for one to take over finds them at once. */
export class FindWhoIsFollowedUp1764000073400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index clock_followed_up on clock (referral_id) where kind in ('FOLLOW_UP_DAY_30','FOLLOW_UP_DAY_90') and ended_at is null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index clock_followed_up');
  }
}
