import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What an agency calls its member, and where it reaches them, is its own: of one sign-in at two agencies the second was shown the name
 * and the address that the first had entered. Null: a membership from before, which goes by the account’s.
 */
export class NameMembersByAgency1764000060000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table membership add column display_name text, add column email_sealed bytea check (octet_length(email_sealed) >= 45);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table membership drop column display_name, drop column email_sealed');
  }
}
