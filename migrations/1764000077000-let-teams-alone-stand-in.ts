import type { MigrationInterface, QueryRunner } from 'typeorm';

const mayStandIn = (coordinates: string): string => `
  create or replace function app.is_left_alone(p_referral uuid) returns boolean language sql stable security definer begin atomic
    select exists (select 1 from referral r where r.id = p_referral and r.state in ('ARRIVED','ADMITTED')
      and coalesce(r.coordinating_agency_id, r.sender_agency_id) = app.agency() ${coordinates}
      and app.has_nobody_to(r.receiver_agency_id, case r.state when 'ARRIVED' then 'turnAway' else 'discharge' end));
  end`;

/**
 * Only an outreach team has coordinators who could stand in. To any other sender whom nobody coordinates the answer told that somebody
 * had arrived, and nothing came of it.
 */
export class LetTeamsAloneStandIn1764000077000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      mayStandIn("and exists (select 1 from agency a where a.id = app.agency() and a.kind = 'OUTREACH_TEAM')"),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(mayStandIn(''));
  }
}
