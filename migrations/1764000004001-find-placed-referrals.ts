import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The self-check asks every minute whether each referral that says it has a place has one: few of all there ever were. */
export class FindPlacedReferrals1764000004001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index referral_placed on referral (id) where state in ('ACCEPTED', 'SCHEDULED', 'ARRIVED')`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index referral_placed');
  }
}
