import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of what nobody looked into in a property room the operator is told once. Which agency’s it is, is worked out only then. */
export class TellOfUnheardAlerts1764000078010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table custody_alert add column told_at timestamptz(3);
      create index custody_alert_unheard on custody_alert (due_at) where answered_at is null and told_at is null;
      grant update (told_at) on custody_alert to handrail_worker;
      grant execute on function app.annex_of(uuid) to handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      revoke execute on function app.annex_of(uuid) from handrail_worker;
      alter table custody_alert drop column told_at;
    `);
  }
}
