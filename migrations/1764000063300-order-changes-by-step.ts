import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Steps of a referral are told in the order in which they were taken. Their time is that of the transaction’s begin, and one that
 * began earlier may have waited for the other; the number is given under the referral’s lock. What is on file is numbered as it lies
 * there: in the order in which it was written.
 */
export class OrderChangesByStep1764000063300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table referral_change add column position bigint not null generated always as identity;
      create index referral_change_in_order on referral_change (referral_id, position);
      drop index referral_change_by_referral;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index referral_change_by_referral on referral_change (referral_id, at, id);
      drop index referral_change_in_order;
      alter table referral_change drop column position;
    `);
  }
}
