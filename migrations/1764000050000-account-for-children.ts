import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What another agency is told of a child is on the ledger like what it is told of anybody. */
export class AccountForChildren1764000050000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table disclosure drop constraint disclosure_subject_type_check;
      alter table disclosure add constraint disclosure_subject_type_check check (subject_type in
        ('Person','Referral','OverdoseReport','OutreachCase','ChildReport','CaregiverCandidate','HandleWithCareNotice'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    // The ledger is never shortened: where a child is on it, there is no way back.
    await runner.query(`
      alter table disclosure drop constraint disclosure_subject_type_check;
      alter table disclosure add constraint disclosure_subject_type_check check (subject_type in ('Person','Referral','OutreachCase'));
    `);
  }
}
