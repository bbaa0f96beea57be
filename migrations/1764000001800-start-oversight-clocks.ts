import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a privacy officer owed already has a clock from now on, as what they are asked later. */
export class StartOversightClocks1764000001800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const start = (kind: string, subjectType: string, asked: string) => `
      insert into clock (kind, subject_type, subject_id, owner_agency_id, owner_side, started_at, due_at, definition_version, next_step_at)
      select '${kind}', '${subjectType}', o.id, o.agency_id, 'PROVIDER', o.started_at, o.due_at, 'clocks-1', clock_timestamp() from (${asked}) o;`;
    await runner.query(`
      -- The owner is bound by policies that need an actor.
      alter table clock no force row level security;
      alter table accounting_request no force row level security;
      alter table break_glass_review no force row level security;
      alter table break_glass no force row level security;
      ${start(
        'ACCOUNTING_ANSWERED',
        'AccountingRequest',
        'select id, agency_id, requested_at as started_at, due_at from accounting_request where answered_at is null',
      )}
      ${start(
        'BREAK_GLASS_REVIEWED',
        'BreakGlassReview',
        `select v.id, v.agency_id, b.opened_at as started_at, v.due_at
           from break_glass_review v join break_glass b on b.id = v.break_glass_id where v.finding is null`,
      )}
      alter table clock force row level security;
      alter table accounting_request force row level security;
      alter table break_glass_review force row level security;
      alter table break_glass force row level security;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table clock no force row level security;
      delete from clock where kind in ('ACCOUNTING_ANSWERED', 'BREAK_GLASS_REVIEWED');
      alter table clock force row level security;
    `);
  }
}
