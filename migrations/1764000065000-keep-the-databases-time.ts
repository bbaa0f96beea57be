import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Policies ask the time, and whoever holds the login that answers could move it for themselves: a session set two hours back read rows whose
 * consent had ended. Now it is the database's own clock, whatever a session sets. Tests move it where the owner has made it a clock that moves.
 */
export class KeepTheDatabasesTime1764000065000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function app.now() returns timestamptz language sql volatile as $$ select clock_timestamp() $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function app.now() returns timestamptz language sql volatile as
        $$ select clock_timestamp() + coalesce(nullif(current_setting('app.clock_offset', true), '')::interval, interval '0') $$`);
  }
}
