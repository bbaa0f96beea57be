import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever asks to be called back is called: in the plan of that day, and of each day after it until they are reached. */
export class KeepCallsPromised1764000069100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outreach_case add column call_back_at timestamptz');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outreach_case drop column call_back_at');
  }
}
