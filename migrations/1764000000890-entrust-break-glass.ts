import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the checked functions of an emergency read beside the others. */
const READS = {
  person: 'given_name, family_name, birth_date, phone_index, is_part2',
  referral: 'need, submitted_at, sender_agency_id, sent_is_part2, state, arrived_at, program_id',
  program: 'id, name, phone',
  break_glass: 'id, person_id, agency_id, opened_at, ends_at, ended_at',
  break_glass_review: 'break_glass_id, agency_id',
};
const NEW = ['program', 'break_glass', 'break_glass_review'];

export class EntrustBreakGlass1764000000890 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const [table, columns] of Object.entries(READS)) {
      await runner.query(`grant select (${columns}) on ${table} to handrail_checker`);
    }
    for (const table of NEW) {
      await runner.query(`create policy checks on ${table} for select to handrail_checker using (true)`);
    }
    await runner.query(`
      select app.entrust('app.find_in_emergency(uuid, bytea[], text, text, date)'), app.entrust('app.emergency_record(uuid)');
      alter function app.tell_of_break_glass(uuid, timestamptz) set search_path = pg_catalog, public, pg_temp;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`do $$ begin
      execute format('alter function app.find_in_emergency(uuid, bytea[], text, text, date) owner to %I', current_user);
      execute format('alter function app.emergency_record(uuid) owner to %I', current_user);
    end $$`);
    for (const table of NEW) await runner.query(`drop policy checks on ${table}`);
    for (const [table, columns] of Object.entries(READS)) {
      await runner.query(`revoke select (${columns}) on ${table} from handrail_checker`);
    }
  }
}
