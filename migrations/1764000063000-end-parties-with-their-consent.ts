import type { MigrationInterface, QueryRunner } from 'typeorm';

const linkedRecords = (isKnown: string): string => `
  create or replace function app.linked_records(p_person uuid, p_agency uuid) returns setof uuid language sql stable
  set search_path = pg_catalog, public, pg_temp as $$
    with recursive one(id) as (
      select p_person
      union
      select other.id from one
      join person_link l on l.state = 'LINKED' and (l.left_person_id = one.id or l.right_person_id = one.id)
      cross join lateral (select case when l.left_person_id = one.id then l.right_person_id else l.left_person_id end as id) other
      where (select count(*) from person_party pp where pp.agency_id = p_agency and pp.person_id in (one.id, other.id)${isKnown}) = 2
        and (select c.cluster_id from person_cluster c where c.person_id = one.id)
          = (select c.cluster_id from person_cluster c where c.person_id = other.id)
    )
    select id from one
  $$;`;

/**
 * Who knows a person by consent knows them while it is in force. Hidden was only what somebody took back: a consent that expired left
 * the row, and with it the name for whoever reads in the database itself. A column, kept with the consents, because asked of the consents
 * themselves a look-up took two seconds where an agency knew 20,000 people by consent.
 */
export class EndPartiesWithTheirConsent1764000063000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table person_party add until timestamptz;
      -- Until when consents of its scope let the agency know the person; null: it knows them by itself. As app.active_consents, for the worker.
      create function app.known_until(p_basis text, p_person uuid, p_agency uuid) returns timestamptz language sql stable
      begin atomic
        select case when p_basis in ('ACKNOWLEDGED_WITH_CONSENT','COORDINATION_WITH_CONSENT') then coalesce((
          select max(coalesce(c.expires_at, 'infinity')) from consent c
          where c.person_id = p_person and app.is_in_force(c)
            and case p_basis when 'COORDINATION_WITH_CONSENT' then 'IDENTITY_TO_COORDINATOR' else 'IDENTITY_BEFORE_ACCEPTANCE' end = any(c.in_force)
            and (c.recipient_agency_id = p_agency or c.recipient_kind = 'TREATING_PROVIDERS'
              and exists (select 1 from agency g where g.id = p_agency and g.kind in ('TREATMENT_PROVIDER','HOSPITAL','EMS')))), '-infinity') end;
      end;
      revoke all on function app.known_until(text, uuid, uuid) from public;
      grant execute on function app.known_until(text, uuid, uuid) to handrail_worker;
      set local role handrail_worker;
      update person_party set until = app.known_until(basis, person_id, agency_id) where basis in ('ACKNOWLEDGED_WITH_CONSENT','COORDINATION_WITH_CONSENT');
      reset role;
      drop policy reads on person_party;
      create policy reads on person_party for select to handrail_app
        using (agency_id = (select app.agency()) and (until is null or until > (select app.now())));
      grant select (until) on person_party to handrail_checker;
      ${linkedRecords(' and (pp.until is null or pp.until > app.now())')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${linkedRecords('')}
      drop policy reads on person_party;
      create policy reads on person_party for select to handrail_app using (agency_id = (select app.agency()));
      drop function app.known_until(text, uuid, uuid);
      alter table person_party drop until;
    `);
  }
}
