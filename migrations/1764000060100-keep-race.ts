import type { MigrationInterface, QueryRunner } from 'typeorm';

const TABLES = ['person', 'overdose_report', 'overdose_event'] as const;
const CODES = `'AMERICAN_INDIAN_OR_ALASKA_NATIVE','ASIAN','BLACK','HISPANIC','MIDDLE_EASTERN_OR_NORTH_AFRICAN','PACIFIC_ISLANDER','WHITE','SEVERAL'`;

/** Race, where it is told: for counts, and nothing else reads it. */
export class KeepRace1764000060100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) {
      await runner.query(`alter table ${table} add column race text check (race in (${CODES}))`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(`alter table ${table} drop column race`);
  }
}
