import type { MigrationInterface, QueryRunner } from 'typeorm';

const worksInTeam = (agency: string): string =>
  `(exists (select 1 from outreach_program p where p.id = r.program_id and p.agency_id = ${agency})
    or exists (select 1 from outreach_team t where t.program_id = r.program_id and t.agency_id = ${agency} and t.agreed_at is not null))`;
const agreement = (comparison: string): string =>
  `(select e ->> 'agreement' from jsonb_array_elements(l.evidence) e where e ->> 'comparison' = '${comparison}')`;

/**
 * A pair of records that may be one person is closed to whoever does not know both as a party. A team that has a row of each on one
 * roster knows both names: of such a pair it is shown how far the names agree, and nothing of the birth date or sex, which no row tells.
 */
export class ShowDoublesToTeams1764000072100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      grant select (program_id, joined_into) on outreach_case to handrail_checker;
      grant select (id, evidence, decided_at) on person_link to handrail_checker;
      grant select (id, agency_id) on outreach_program to handrail_checker;
      create policy checks on outreach_program for select to handrail_checker using (true);
      grant select (program_id, agency_id, agreed_at) on outreach_team to handrail_checker;
      create policy checks on outreach_team for select to handrail_checker using (true);
      grant select (link_id, at, agency_id) on person_link_decision to handrail_checker;
      create policy checks on person_link_decision for select to handrail_checker using (true);
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
          where c.id = any(p_cases) and c.state <> 'VOID') r
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
      grant execute on function app.roster_doubles(uuid[]) to handrail_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.roster_doubles(uuid[]);
      drop policy checks on person_link_decision;
      revoke select (link_id, at, agency_id) on person_link_decision from handrail_checker;
      drop policy checks on outreach_team;
      revoke select (program_id, agency_id, agreed_at) on outreach_team from handrail_checker;
      drop policy checks on outreach_program;
      revoke select (id, agency_id) on outreach_program from handrail_checker;
      revoke select (id, evidence, decided_at) on person_link from handrail_checker;
      revoke select (program_id, joined_into) on outreach_case from handrail_checker;
    `);
  }
}
