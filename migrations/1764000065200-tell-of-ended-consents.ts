import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whoever sees less because a consent has ended by its date hears of it, as of one that was taken back. */
export class TellOfEndedConsents1764000065200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- When those who saw something by it were told that it has ended by its date; null: it has not, or was taken back before.
      alter table consent add column expiry_told_at timestamptz;
      set local role handrail_worker;
      update consent set expiry_told_at = expires_at where expires_at <= app.now() and revoked_at is null;
      reset role;
      create index consent_expiring on consent (expires_at) where expiry_told_at is null and revoked_at is null and expires_at is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table consent drop column expiry_told_at');
  }
}
