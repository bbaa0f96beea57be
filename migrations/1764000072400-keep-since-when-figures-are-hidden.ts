import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Hidden figures by the week since which each has been hidden. Of earlier editions only the last week is known. */
export class KeepSinceWhenFiguresAreHidden1764000072400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table report_edition no force row level security;
      update report_edition set hidden = jsonb_build_object(to_char(week, 'YYYY-MM-DD'), hidden);
      alter table report_edition
        add constraint report_edition_hidden_by_week check (jsonb_typeof(hidden) = 'object'),
        force row level security;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table report_edition no force row level security, drop constraint report_edition_hidden_by_week;
      update report_edition e set hidden = (select coalesce(jsonb_agg(k.figure), '[]') from jsonb_each(e.hidden) w, jsonb_array_elements(w.value) k(figure));
      alter table report_edition force row level security;
    `);
  }
}
