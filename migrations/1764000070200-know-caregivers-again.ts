import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Somebody whom an agency has vetted before is known again by name; those named before get theirs with `keys:rotate -- --index`. */
export class KnowCaregiversAgain1764000070200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table caregiver_candidate add name_index bytea check (octet_length(name_index) = 32);
      create index caregiver_candidate_by_name on caregiver_candidate (agency_id, name_index) where name_index is not null;
      grant update (name_index) on caregiver_candidate to handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table caregiver_candidate drop name_index');
  }
}
