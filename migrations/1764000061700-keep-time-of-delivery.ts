import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A delivery whose receiver named a time, or that failed by itself, is not hurried by what else arrives. */
export class KeepTimeOfDelivery1764000061700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table webhook_delivery add column is_timed boolean not null default false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table webhook_delivery drop column is_timed');
  }
}
