import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever is with a program of which nobody is left to take a step is spoken for by who coordinates, whether the agency was closed or the
 * last of its intake has gone. Who works at an agency is nobody else’s to see: a checked function answers for one person, to the agency that
 * coordinates them. Of a closed agency the operator may say that nobody is there any more.
 */
export class StandInWhereNobodyIsLeft1764000074400 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table agency add column emptied_at timestamptz check (emptied_at is null or not is_active);
      create index agency_emptied on agency (id) where emptied_at is not null;
      create index referral_at_program on referral (receiver_agency_id) where state in ('ARRIVED','ADMITTED');
      grant select (coordinating_agency_id) on referral to handrail_checker;

      -- A partner system counts as far as its scopes go.
      create function app.has_nobody_to(p_agency uuid, p_step text) returns boolean language sql stable begin atomic
        select not exists (select 1 from agency a join membership m on m.agency_id = a.id
          where a.id = p_agency and a.is_active and m.role = 'PROVIDER_STAFF' and m.ended_at is null
            and (m.scopes is null or 'Referral:' || p_step = any(m.scopes)));
      end;
      revoke all on function app.has_nobody_to(uuid, text) from public;
      grant execute on function app.has_nobody_to(uuid, text) to handrail_worker, handrail_checker;

      create function app.is_left_alone(p_referral uuid) returns boolean language sql stable security definer begin atomic
        select exists (select 1 from referral r where r.id = p_referral and r.state in ('ARRIVED','ADMITTED')
          and coalesce(r.coordinating_agency_id, r.sender_agency_id) = app.agency()
          and app.has_nobody_to(r.receiver_agency_id, case r.state when 'ARRIVED' then 'turnAway' else 'discharge' end));
      end;
      select app.entrust('app.is_left_alone(uuid)');
      grant execute on function app.is_left_alone(uuid) to handrail_app, handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.is_left_alone(uuid);
      drop function app.has_nobody_to(uuid, text);
      revoke select (coordinating_agency_id) on referral from handrail_checker;
      drop index referral_at_program, agency_emptied;
      alter table agency drop column emptied_at;
    `);
  }
}
