import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The newest edition of each book and year of the reports: every process answers from it, and the next one is hidden after it. */
export class KeepReportEditions1764000070000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table report_edition (
        book text not null,
        year integer not null check (year between 2000 and 9999),
        week date not null,
        counted_at timestamptz(3) not null,
        counts jsonb not null,
        hidden jsonb not null,
        primary key (book, year)
      );
      select app.protect('report_edition', 'false', null);
      revoke insert, update on report_edition from handrail_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table report_edition');
  }
}
