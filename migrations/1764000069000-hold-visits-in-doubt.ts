import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A home that may be one where nobody is to come is found under its house number, and nobody goes there before a human has looked. */
export class HoldVisitsInDoubt1764000069000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table outreach_opt_out add column number_sealed bytea, add column number_index bytea;
      create index outreach_opt_out_by_number on outreach_opt_out (number_index);
      grant update (number_sealed, number_index) on outreach_opt_out to handrail_worker;

      -- The opt-out that it may be under, and its address as the team is shown it beside the one of the case.
      alter table outreach_case add column held_for uuid references outreach_opt_out, add column opted_out_address_sealed bytea;
      create index outreach_case_held on outreach_case (held_for) where held_for is not null;

      -- What a human said who saw both. Never changed, but for a new key.
      create table outreach_home_decision (
        id uuid primary key,
        case_id uuid not null references outreach_case,
        opt_out_id uuid not null references outreach_opt_out,
        is_same_home boolean not null,
        address_sealed bytea,
        recorded_at timestamptz not null,
        agency_id uuid not null references agency,
        by_actor uuid not null
      );
      create index outreach_home_decision_by_opt_out on outreach_home_decision (opt_out_id);
      create index outreach_home_decision_by_case on outreach_home_decision (case_id);
      revoke insert, update on outreach_home_decision from handrail_app;
      revoke update on outreach_home_decision from handrail_worker;
      grant update (address_sealed) on outreach_home_decision to handrail_worker;
      select app.protect('outreach_home_decision', 'false', null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table outreach_home_decision;
      alter table outreach_case drop column held_for, drop column opted_out_address_sealed;
      alter table outreach_opt_out drop column number_sealed, drop column number_index;
    `);
  }
}
