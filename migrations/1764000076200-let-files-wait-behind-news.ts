import type { MigrationInterface, QueryRunner } from 'typeorm';

/** News that a file caused is told after everybody else’s; and a county is judged once for all that was told of it meanwhile. */
export class LetFilesWaitBehindNews1764000076200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outbox_event add column is_bulk boolean not null default false;

      -- Why a county is to be judged: an overdose of then, told, corrected or taken back. Gone with the look that took it in.
      create table spike_cause (
        id uuid primary key default uuidv7(),
        county_fips text not null check (county_fips ~ '^[0-9]{5}$'),
        since timestamptz not null,
        is_taken_back boolean not null,
        at timestamptz not null
      );
      create index spike_cause_by_county on spike_cause (county_fips);
      select app.protect('spike_cause', 'false', null);
      revoke insert, update on spike_cause from handrail_app;
      grant delete on spike_cause to handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table spike_cause;
      alter table outbox_event drop column is_bulk;
    `);
  }
}
