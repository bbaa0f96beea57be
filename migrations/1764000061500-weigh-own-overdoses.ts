import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What overdoses that the sender reported did to the order of a run, beside the verdicts: fewer may read it. */
export class WeighOwnOverdoses1764000061500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table match_run add column overdose_preference jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table match_run drop column overdose_preference');
  }
}
