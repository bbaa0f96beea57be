import type { MigrationInterface, QueryRunner } from 'typeorm';

const CHECK = 'withdrawn_for_a_reason';

/**
 * Nobody is put to an agency that was closed: whoever looks for room asks for each pool whether its agency is among the closed ones, which
 * are few. And a program whose kept place is given up reads so on its offer, which stays accepted: that was its answer.
 */
export class FindClosedAgencies1764000073300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index agency_closed on agency (id) where not is_active;
      alter table offer drop constraint offer_check2;
      alter table offer add constraint ${CHECK} check (case state when 'WITHDRAWN' then withdraw_reason is not null and withdraw_reason <> 'PLACE_GIVEN_UP'
        when 'ACCEPTED' then withdraw_reason is null or withdraw_reason = 'PLACE_GIVEN_UP' else withdraw_reason is null end);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      update offer set withdraw_reason = null where state = 'ACCEPTED' and withdraw_reason is not null;
      alter table offer drop constraint ${CHECK};
      alter table offer add constraint offer_check2 check ((state = 'WITHDRAWN') = (withdraw_reason is not null));
      drop index agency_closed;
    `);
  }
}
