import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A case that ended because no program looks after the county stays in sight of the coordinator who was to find one. */
export class ShowCasesNobodyTook1764000060200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create policy never_taken on outreach_case for select to handrail_app
        using (state = 'CLOSED' and end_reason = 'NO_PROGRAM' and coordinator_agency_id = (select app.agency()));
      create index outreach_case_never_taken on outreach_case (coordinator_agency_id, due_at)
        where state = 'CLOSED' and end_reason = 'NO_PROGRAM';
      create index outreach_case_to_take_on on outreach_case (county_fips)
        where state = 'CLOSED' and end_reason = 'NO_PROGRAM' and program_id is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop policy never_taken on outreach_case;
      drop index outreach_case_never_taken, outreach_case_to_take_on;
    `);
  }
}
