import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What endpoints were shown is kept in two halves now, apart from consents and with them. What was kept before cannot be parted:
 * each memory begins anew with what the agency sees then, in silence, and news waits until it has.
 */
export class BeginWebhookMemoryAnew1764000062500 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await this.forget(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.forget(runner);
  }

  private async forget(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table webhook_endpoint no force row level security;
      alter table webhook_image no force row level security;
      delete from webhook_image;
      update webhook_endpoint set begun_at = null where begun_at is not null;
      alter table webhook_endpoint force row level security;
      alter table webhook_image force row level security;
    `);
  }
}
