import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The roster is read a day at a time, the first due first, without the years before or after. */
export class OrderDaysOfRosters1764000069200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index outreach_case_by_due on outreach_case (program_id, due_at) where state <> 'VOID';
      create index outreach_case_by_receivers_due on outreach_case (to_program_id, due_at) where state <> 'VOID' and to_program_id is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index outreach_case_by_receivers_due; drop index outreach_case_by_due;');
  }
}
