import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A party row opens a record to an agency, so an agency writes one for itself only where the record is its own work: a person
 * it took in, a referral it sends, an account that is a member already. Everything else is written as Handrail, after a decision.
 */
export class GuardPartyRows1764000000702 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The person is not visible before the party row exists: hence a checked function.
      create function app.took_in(p_person uuid) returns boolean
      language sql stable security definer
        return exists (select 1 from person p where p.id = p_person and p.source_agency_id = app.agency());
      select app.entrust('app.took_in(uuid)');
      grant execute on function app.took_in(uuid) to handrail_app, handrail_worker;
      drop policy adds on person_party;
      create policy adds on person_party for insert to handrail_app
        with check (agency_id = (select app.agency()) and basis = 'INTAKE' and app.took_in(person_id));
      revoke update on person_party from handrail_app;
      grant update (basis) on person_party to handrail_app;

      create function app.is_sender(p_referral uuid) returns boolean language sql stable
        return exists (select 1 from referral r where r.id = p_referral and r.sender_agency_id = (select app.agency()));
      drop policy adds on referral_party;
      create policy adds on referral_party for insert to handrail_app
        with check (agency_id = (select app.agency()) and side = 'SENDER' and app.is_sender(referral_id));
      drop policy changes on referral_party;
      revoke update on referral_party from handrail_app;

      -- A referral is of a person whom its sender knows, and stays of that person.
      drop policy adds on referral;
      create policy adds on referral for insert to handrail_app
        with check (sender_agency_id = (select app.agency()) and exists (
          select 1 from person_party pp where pp.person_id = referral.person_id and pp.agency_id = (select app.agency())));
      revoke update on referral from handrail_app;
      -- Locks ask for the right to change something.
      grant update (state) on referral to handrail_app;

      create function app.is_member(p_account uuid) returns boolean language sql stable
        return exists (select 1 from membership m where m.account_id = p_account and m.agency_id = (select app.agency()));
      drop policy adds on membership;
      create policy adds on membership for insert to handrail_app
        with check (agency_id = (select app.agency()) and app.is_member(account_id));
      revoke update on membership from handrail_app;
      grant update (ended_at) on membership to handrail_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      grant update on membership, referral, referral_party, person_party to handrail_app;
      drop policy adds on membership;
      create policy adds on membership for insert to handrail_app with check (agency_id = (select app.agency()));
      drop policy adds on referral;
      create policy adds on referral for insert to handrail_app with check (sender_agency_id = (select app.agency()));
      drop policy adds on referral_party;
      create policy adds on referral_party for insert to handrail_app with check (agency_id = (select app.agency()));
      create policy changes on referral_party for update to handrail_app
        using (agency_id = (select app.agency())) with check (agency_id = (select app.agency()));
      drop policy adds on person_party;
      create policy adds on person_party for insert to handrail_app with check (agency_id = (select app.agency()));
      drop function app.is_member(uuid), app.is_sender(uuid), app.took_in(uuid);
    `);
  }
}
