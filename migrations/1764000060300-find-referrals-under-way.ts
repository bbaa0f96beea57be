import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The self-check asks every minute whether each referral that nobody has taken yet is with somebody: few of all there ever were. */
export class FindReferralsUnderWay1764000060300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index referral_under_way on referral (id) where state in ('SUBMITTED', 'OFFERED', 'WAITLISTED')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index referral_under_way');
  }
}
