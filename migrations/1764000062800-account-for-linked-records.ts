import type { MigrationInterface, QueryRunner } from 'typeorm';

const SIGNATURE = `app.disclosures_in(p_request uuid) returns table (id uuid, at timestamptz, from_agency_id uuid, to_agency_id uuid, role text,
  purpose text, what jsonb, consents text[], is_part2 boolean)
  language sql stable security definer set search_path = pg_catalog, public, pg_temp`;
const LINE =
  'd.id, d.at, d.from_agency_id, d.to_agency_id, d.role, d.purpose, d.what, d.consents, d.is_part2 from accounting_request q join agency g on g.id = q.agency_id';
const LISTED = `q.id = p_request and q.agency_id = app.agency()
  and d.at >= q.covers_from and d.at <= q.requested_at and d.from_agency_id <> d.to_agency_id
  and (g.kind = 'PLATFORM' or d.from_agency_id = q.agency_id)`;

/** Who was told of a person is asked of the person, not of one of the records that they are on file under. */
export class AccountForLinkedRecords1764000062800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      grant select (left_person_id, right_person_id, state) on person_link to handrail_checker;
      create policy checks on person_link for select to handrail_checker using (true);
      grant select (person_id, cluster_id) on person_cluster to handrail_checker;
      create policy checks on person_cluster for select to handrail_checker using (true);
      grant execute on function app.linked_records(uuid, uuid) to handrail_checker;
      -- An agency answers for the records that it may know to be of the person; the operator, who answers for all that went through
      -- Handrail, for every record in the person’s cluster.
      create or replace function ${SIGNATURE} as $$
        select ${LINE}
        cross join lateral (select array(
          select app.linked_records(q.person_id, q.agency_id)
          union select c.person_id from person_cluster own join person_cluster c on c.cluster_id = own.cluster_id
            where own.person_id = q.person_id and g.kind = 'PLATFORM') as ids) records
        join disclosure d on d.subject_id = any (array(
          select unnest(records.ids) union all select r.id from referral r where r.person_id = any (records.ids)
          union all select c.id from outreach_case c where c.person_id = any (records.ids)))
        where ${LISTED}
      $$`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace function ${SIGNATURE} as $$
        select ${LINE}
        join disclosure d on d.subject_id = any (array(
          select q.person_id union all select r.id from referral r where r.person_id = q.person_id
          union all select c.id from outreach_case c where c.person_id = q.person_id))
        where ${LISTED}
      $$;
      revoke execute on function app.linked_records(uuid, uuid) from handrail_checker;
      drop policy checks on person_cluster;
      revoke select (person_id, cluster_id) on person_cluster from handrail_checker;
      drop policy checks on person_link;
      revoke select (left_person_id, right_person_id, state) on person_link from handrail_checker`);
  }
}
