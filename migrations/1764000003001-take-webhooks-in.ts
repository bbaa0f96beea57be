import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where partner systems push to: each address with its own secret, and one thing that may be told there. */
export class TakeWebhooksIn1764000003001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table inbound_webhook (
        id uuid primary key default uuidv7(),
        agency_id uuid not null references agency,
        -- The partner system in whose name what comes is done.
        membership_id uuid not null references membership,
        kind text not null,
        is_open boolean not null default true,
        secret_sealed bytea not null check (octet_length(secret_sealed) >= 45),
        previous_secret_sealed bytea check (octet_length(previous_secret_sealed) >= 45),
        previous_secret_until timestamptz,
        created_at timestamptz(3) not null default app.now(),
        created_by uuid not null,
        check ((previous_secret_sealed is null) = (previous_secret_until is null))
      );
      create index inbound_webhook_by_agency on inbound_webhook (agency_id, created_at, id);
      create index inbound_webhook_by_membership on inbound_webhook (membership_id);
      select app.protect('inbound_webhook', 'agency_id = (select app.agency())', null);
      revoke insert, update on inbound_webhook from handrail_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table inbound_webhook');
  }
}
