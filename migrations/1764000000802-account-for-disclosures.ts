import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A person asks who was told of them (42 CFR 2.24, 2.25; 45 CFR 164.528): the request with its clock, and the list. */
export class AccountForDisclosures1764000000802 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table accounting_request (
        id uuid primary key default uuidv7(),
        person_id uuid not null references person,
        -- Who answers: the agency that was asked, or the operator for all of them.
        agency_id uuid not null references agency,
        recorded_by_agency_id uuid not null references agency,
        recorded_by uuid not null,
        requested_at timestamptz not null,
        covers_from timestamptz not null check (covers_from < requested_at),
        due_at timestamptz not null check (due_at > requested_at),
        answered_at timestamptz,
        answered_by uuid,
        check ((answered_at is null) = (answered_by is null))
      );
      create index accounting_request_in_time on accounting_request (agency_id, due_at, id);
      create index accounting_request_by_person on accounting_request (person_id);
      create index accounting_request_by_recorder on accounting_request (recorded_by_agency_id);
      revoke update on accounting_request from handrail_app, handrail_worker;
      grant update (answered_at, answered_by) on accounting_request to handrail_app;
      select app.protect('accounting_request',
        'agency_id = (select app.agency()) or recorded_by_agency_id = (select app.agency())', null);
      -- For persons the agency knows, and addressed to nobody but itself and the operator.
      create policy adds on accounting_request for insert to handrail_app with check (
        recorded_by_agency_id = (select app.agency())
        and exists (select 1 from person_party pp where pp.person_id = accounting_request.person_id and pp.agency_id = (select app.agency()))
        and (agency_id = (select app.agency()) or exists (select 1 from agency g where g.id = accounting_request.agency_id and g.kind = 'PLATFORM')));
      create policy changes on accounting_request for update to handrail_app
        using (agency_id = (select app.agency())) with check (agency_id = (select app.agency()));

      -- What the list of a request has in it: told of the person or of one of their referrals, to another agency, in the words of
      -- the agency that answers; in anybody's where the operator answers. A checked function, because the answering side need not
      -- take part in those referrals any more.
      create function app.disclosures_in(p_request uuid) returns table (id uuid, at timestamptz, from_agency_id uuid, to_agency_id uuid, role text,
          purpose text, what jsonb, consents text[], is_part2 boolean)
      language sql stable security definer set search_path = pg_catalog, public as $$
        select d.id, d.at, d.from_agency_id, d.to_agency_id, d.role, d.purpose, d.what, d.consents, d.is_part2
        from accounting_request q join agency g on g.id = q.agency_id
        join disclosure d on d.subject_id = any (array(
          select q.person_id union all select r.id from referral r where r.person_id = q.person_id))
        where q.id = p_request and q.agency_id = app.agency()
          and d.at >= q.covers_from and d.at <= q.requested_at and d.from_agency_id <> d.to_agency_id
          and (g.kind = 'PLATFORM' or d.from_agency_id = q.agency_id)
      $$;
      grant select (id, at, subject_id, from_agency_id, to_agency_id, role, purpose, what, consents, is_part2) on disclosure to handrail_checker;
      create policy checks on disclosure for select to handrail_checker using (true);
      grant select (id, person_id, agency_id, requested_at, covers_from) on accounting_request to handrail_checker;
      create policy checks on accounting_request for select to handrail_checker using (true);
      select app.entrust('app.disclosures_in(uuid)');
      grant execute on function app.disclosures_in(uuid) to handrail_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.disclosures_in(uuid);
      drop policy checks on disclosure;
      revoke select (id, at, subject_id, from_agency_id, to_agency_id, role, purpose, what, consents, is_part2) on disclosure from handrail_checker;
      drop table accounting_request;
    `);
  }
}
