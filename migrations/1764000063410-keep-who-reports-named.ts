import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A revision of a report keeps whom it named: a corrected name or birth date is another record, and the one before was nowhere. */
export class KeepWhoReportsNamed1764000063410 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table overdose_report_revision add column person_id uuid references person');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table overdose_report_revision drop column person_id');
  }
}
