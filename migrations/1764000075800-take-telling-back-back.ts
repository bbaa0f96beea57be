import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A patient who agreed that the hospital learns whether they were reached may take that back. */
export class TakeTellingBackBack1764000075800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // What was agreed to stays on file beside the end of it.
    await runner.query('alter table at_risk_flag add column tell_back_ended_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table at_risk_flag drop column tell_back_ended_at');
  }
}
