import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A school that sets other bells moves the deadline of what waits for one. */
export class MoveBells1764000070100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      grant update (due_at) on handle_with_care_receipt to handrail_worker;
      grant update (expires_at) on handle_with_care_notice to handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke update (due_at) on handle_with_care_receipt from handrail_worker;
      revoke update (expires_at) on handle_with_care_notice from handrail_worker;
    `);
  }
}
