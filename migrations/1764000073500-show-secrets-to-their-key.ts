import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An answer with a new secret may be lost: the key that it was made under shows it again, while it is the newest. Which key that was, by its code. */
export class ShowSecretsToTheirKey1764000073500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table webhook_endpoint add column secret_key_code text check (secret_key_code ~ '^[0-9a-f]{64}$');
      alter table inbound_webhook add column secret_key_code text check (secret_key_code ~ '^[0-9a-f]{64}$');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table webhook_endpoint drop column secret_key_code;
      alter table inbound_webhook drop column secret_key_code;
    `);
  }
}
