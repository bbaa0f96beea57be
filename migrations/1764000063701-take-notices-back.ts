import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A notice that should not have been sent goes at the school’s side; the sender keeps that it was taken back. */
export class TakeNoticesBack1764000063701 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table handle_with_care_receipt add taken_back_at timestamptz(3);
      grant update (taken_back_at) on handle_with_care_receipt to handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table handle_with_care_receipt drop taken_back_at');
  }
}
