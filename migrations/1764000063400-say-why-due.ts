import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A row of the roster that comes up again says why; rows that were joined into another one are found from there. */
export class SayWhyDue1764000063400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outreach_case add column due_because text
        check (due_because in ('ANOTHER_OVERDOSE','PERSON_PARTED','MORE_TIME','DEATH_TAKEN_BACK','OPT_OUT_OF_ANOTHER'));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table outreach_case drop column due_because');
  }
}
