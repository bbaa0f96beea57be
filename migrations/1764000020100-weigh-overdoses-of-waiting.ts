import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Overdoses on file make waiting more dangerous: they decide within a tier of the list. */
export class WeighOverdosesOfWaiting1764000020100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table waitlist_entry add overdose_risk integer not null default 0 check (overdose_risk >= 0),
        add overdose_signals text[] not null default '{}', add overdose_agency_id uuid references agency;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table waitlist_entry drop overdose_agency_id, drop overdose_signals, drop overdose_risk');
  }
}
