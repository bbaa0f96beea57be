import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What one agency calls a person another may have let in as a partner system: two accounts, of which neither agency learns. Under one
 * key for both kinds, being refused told that the sign-in is somebody’s system.
 */
export class TellSignInsApartByKind1764000060700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table account add constraint account_of_a_kind unique (issuer, subject, kind);
      alter table account drop constraint account_issuer_subject_key`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table account add constraint account_issuer_subject_key unique (issuer, subject);
      alter table account drop constraint account_of_a_kind`);
  }
}
