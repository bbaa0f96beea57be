import type { MigrationInterface, QueryRunner } from 'typeorm';

/** In an emergency a doctor needs what is on file of the person, and not what is on file under one of their records. */
export class OpenLinkedRecordsTogether1764000065100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The one that the look-up found, of those that one grant opened; null: this is it.
      alter table break_glass add column opened_with uuid references break_glass;
      create index break_glass_together on break_glass (opened_with) where opened_with is not null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table break_glass drop column opened_with');
  }
}
