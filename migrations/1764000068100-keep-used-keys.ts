import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A key stays for good, so that it never has a second effect; what was sent with it is forgotten after a week. */
export class KeepUsedKeys1764000068100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table idempotency_key alter column body_hash drop not null;
      drop index idempotency_key_age;
      create index idempotency_key_age on idempotency_key (created_at) where body_hash is not null;
      revoke delete on idempotency_key from handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table idempotency_key no force row level security;
      delete from idempotency_key where body_hash is null;
      alter table idempotency_key force row level security;
      alter table idempotency_key alter column body_hash set not null;
      drop index idempotency_key_age;
      create index idempotency_key_age on idempotency_key (created_at);
      grant delete on idempotency_key to handrail_worker;
    `);
  }
}
