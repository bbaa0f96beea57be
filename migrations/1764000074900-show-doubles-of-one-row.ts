import type { MigrationInterface, QueryRunner } from 'typeorm';

const worksInTeam = (agency: string): string =>
  `(exists (select 1 from outreach_program p where p.id = r.program_id and p.agency_id = ${agency})
    or exists (select 1 from outreach_team t where t.program_id = r.program_id and t.agency_id = ${agency} and t.agreed_at is not null))`;
const agreement = (comparison: string): string =>
  `(select e ->> 'agreement' from jsonb_array_elements(l.evidence) e where e ->> 'comparison' = '${comparison}')`;

const doubles = (ofOneRow: string): string => `
      -- A pair in doubt while a row of it is open; one that the team decided, to take it back. Never with a Part 2 record, which a
      -- consent may open to the agency of the other and not to the team; never to police or schools.
      create function app.roster_doubles(p_cases uuid[]) returns table (case_id uuid, other_case_id uuid, link_id uuid, state text, given_name text, family_name text)
      language sql stable security definer begin atomic
        select distinct on (r.case_id, r.other_id) r.case_id, r.other_id, l.id, l.state, ${agreement('givenName')}, ${agreement('familyName')}
        from (
          select c.id as case_id, o.id as other_id, x.id as link_id, c.program_id, c.state <> 'CLOSED' or o.state <> 'CLOSED' as is_open
          from outreach_case c
            cross join lateral (
              select f.id, f.right_person_id as other from person_link f where f.left_person_id = c.person_id
              union all select f.id, f.left_person_id from person_link f where f.right_person_id = c.person_id) x
            join outreach_case o on o.person_id = x.other and o.program_id = c.program_id and o.state <> 'VOID'
          where c.id = any(p_cases) and c.state <> 'VOID'
          -- Of a row that was joined into it: the one that stays may show the record of either.
          union all
          select c.id, o.id, f.id, c.program_id, false
          from outreach_case c join outreach_case o on o.joined_into = c.id and o.program_id = c.program_id
            join person_link f on f.state = 'LINKED' and (f.left_person_id = o.person_id or f.right_person_id = o.person_id)
          where c.id = any(p_cases) and c.state <> 'VOID'
          ${ofOneRow}) r
          join person_link l on l.id = r.link_id
          join person a on a.id = l.left_person_id and not a.is_part2
          join person b on b.id = l.right_person_id and not b.is_part2
          join agency me on me.id = app.agency() and me.kind not in ('LAW_ENFORCEMENT','SCHOOL')
        where ${worksInTeam('app.agency()')}
          and case when l.state = 'OPEN' then r.is_open
            else exists (select 1 from person_link_decision d where d.link_id = l.id and d.at = l.decided_at and ${worksInTeam('d.agency_id')}) end
        order by r.case_id, r.other_id, l.decided_at desc nulls last;
      end;
      select app.entrust('app.roster_doubles(uuid[])');
      grant execute on function app.roster_doubles(uuid[]) to handrail_app;`;
// Of one row alone, which overdoses told of under two names: the other record is on no row.
const ofOneRow = `union all
          select c.id, c.id, x.id, c.program_id, c.state <> 'CLOSED'
          from outreach_case c
            cross join lateral (
              select c.person_id as id union select m.person_id from person_cluster o join person_cluster m on m.cluster_id = o.cluster_id
                where o.person_id = c.person_id) a
            cross join lateral (
              select f.id, f.right_person_id as other from person_link f where f.left_person_id = a.id and f.state = 'OPEN'
              union all select f.id, f.left_person_id from person_link f where f.right_person_id = a.id and f.state = 'OPEN') x
          where c.id = any(p_cases) and c.state <> 'VOID' and c.other_person_keys <> '{}'
            and coalesce((select m.cluster_id from person_cluster m where m.person_id = x.other), x.other) = any(c.other_person_keys)`;

/** A row may be of two names that are a slip of each other. Its team sees so, and says whether they are one person. */
export class ShowDoublesOfOneRow1764000074900 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      grant select (other_person_keys) on outreach_case to handrail_checker;
      drop function app.roster_doubles(uuid[]);
      ${doubles(ofOneRow)}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.roster_doubles(uuid[]);
      ${doubles('')}
      revoke select (other_person_keys) on outreach_case from handrail_checker;
    `);
  }
}
