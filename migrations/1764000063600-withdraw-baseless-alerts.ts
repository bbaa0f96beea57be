import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An alert can end because the reports it rested on were taken back. */
export class WithdrawBaselessAlerts1764000063600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table spike_alert drop constraint spike_alert_state_check;
      alter table spike_alert add constraint spike_alert_state_check check (state in ('OPEN','QUIET','DISMISSED','WITHDRAWN'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update spike_alert set state = 'QUIET' where state = 'WITHDRAWN';
      alter table spike_alert drop constraint spike_alert_state_check;
      alter table spike_alert add constraint spike_alert_state_check check (state in ('OPEN','QUIET','DISMISSED'));
    `);
  }
}
