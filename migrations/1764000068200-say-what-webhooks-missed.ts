import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An endpoint says since when nothing is sent there, and which news was not kept. */
export class SayWhatWebhooksMissed1764000068200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table webhook_endpoint
        add column stopped_at timestamptz,
        add column missed_from timestamptz,
        add column missed_until timestamptz;
      alter table webhook_endpoint no force row level security;
      alter table webhook_delivery no force row level security;
      -- Since when is not known of those; from before they were made nothing can have been missed.
      update webhook_endpoint set stopped_at = created_at where state in ('PAUSED', 'DISABLED');
      update webhook_delivery d set state = 'DEAD', last_code = 'ENDPOINT_DISABLED', next_attempt_at = null, leased_until = null, ended_at = now()
      from webhook_endpoint e where e.id = d.endpoint_id and e.state = 'DISABLED' and d.state = 'WAITING' and d.attempts > 0;
      alter table webhook_endpoint force row level security;
      alter table webhook_delivery force row level security;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'alter table webhook_endpoint drop column stopped_at, drop column missed_from, drop column missed_until',
    );
  }
}
