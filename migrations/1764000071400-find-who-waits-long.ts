import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The coordinator’s queue looks up who is on their way, and who was given up lately, whenever they were referred: few of all there ever were. */
export class FindWhoWaitsLong1764000071400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index referral_before_admission on referral (submitted_at) where closed_at is null and state <> 'ADMITTED';
       create index referral_given_up on referral (closed_at) where closed_at is not null and (no_shows > 1 or state = 'EXPIRED')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index referral_before_admission, referral_given_up');
  }
}
