import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Entries about a referral’s offers, holds and hand-offs name it in their details. */
export class FindEntriesOfAReferral1764000000102 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create index audit_entry_by_referral on audit_entry ((details ->> 'referralId'), at, id) where details ->> 'referralId' is not null`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index audit_entry_by_referral');
  }
}
