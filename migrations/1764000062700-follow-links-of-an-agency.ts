import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which records of an agency are of one person, as far as the agency may know: what a person asks about one of them is asked about all. */
export class FollowLinksOfAnAgency1764000062700 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The record itself, and what LINKED pairs tie to it of which the agency knows both sides: whatever only a record of somebody
      -- else ties is left out, or it would show that there is one. Of one cluster only: two that are held apart stay apart.
      create function app.linked_records(p_person uuid, p_agency uuid) returns setof uuid language sql stable as $$
        with recursive one(id) as (
          select p_person
          union
          select other.id from one
          join person_link l on l.state = 'LINKED' and (l.left_person_id = one.id or l.right_person_id = one.id)
          cross join lateral (select case when l.left_person_id = one.id then l.right_person_id else l.left_person_id end as id) other
          where (select count(*) from person_party pp where pp.agency_id = p_agency and pp.person_id in (one.id, other.id)) = 2
            and (select c.cluster_id from person_cluster c where c.person_id = one.id)
              = (select c.cluster_id from person_cluster c where c.person_id = other.id)
        )
        select id from one
      $$;
      alter function app.linked_records(uuid, uuid) set search_path = pg_catalog, public, pg_temp;
      revoke all on function app.linked_records(uuid, uuid) from public;
      grant execute on function app.linked_records(uuid, uuid) to handrail_worker`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function app.linked_records(uuid, uuid)');
  }
}
