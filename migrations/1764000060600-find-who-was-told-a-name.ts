import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whether an agency was ever told who somebody is decides over what it is shown of their treatment, with every reading of a referral
 * that a Part 2 program has a part in. Under the ledger’s own policy, which has an OR, that read every line told to or by the agency:
 * half a second among 100,000. A checked function asks one index.
 */
export class FindWhoWasToldAName1764000060600 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index disclosure_of_names on disclosure (subject_id, to_agency_id) where what ? 'Person';
      create function app.was_told_name(p_person uuid) returns boolean language sql stable security definer
        return exists (select 1 from disclosure d where d.subject_id = p_person and d.to_agency_id = app.agency() and d.what ? 'Person');
      select app.entrust('app.was_told_name(uuid)');
      grant execute on function app.was_told_name(uuid) to handrail_app, handrail_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function app.was_told_name(uuid); drop index disclosure_of_names');
  }
}
