import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A named team may follow where in treatment the person is, when the person agreed to that as well as to their name. */
export class LetCoordinatorsFollow1764000000603 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      scopes(
        `'IDENTITY_BEFORE_ACCEPTANCE','OUTCOME_TO_SENDER','IDENTITY_TO_COORDINATOR','CARE_TO_COORDINATOR','TREATMENT_PAYMENT_OPERATIONS'`,
        `'OUTCOME_TO_SENDER','IDENTITY_TO_COORDINATOR','CARE_TO_COORDINATOR'`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `update consent set permits = array_remove(permits, 'CARE_TO_COORDINATOR'), in_force = array_remove(in_force, 'CARE_TO_COORDINATOR')`,
    );
    await runner.query(
      scopes(
        `'IDENTITY_BEFORE_ACCEPTANCE','OUTCOME_TO_SENDER','IDENTITY_TO_COORDINATOR','TREATMENT_PAYMENT_OPERATIONS'`,
        `'OUTCOME_TO_SENDER','IDENTITY_TO_COORDINATOR'`,
      ),
    );
  }
}

/** Replaces the checks that list the scopes, whatever they were called. */
const scopes = (all: string, ofNamed: string): string => `
  do $$ declare check_name text; begin
    for check_name in select conname from pg_constraint where conrelid = 'consent'::regclass and contype = 'c'
      and pg_get_constraintdef(oid) like '%IDENTITY_TO_COORDINATOR%'
    loop execute format('alter table consent drop constraint %I', check_name); end loop;
  end $$;
  alter table consent
    add constraint consent_permits_known check (permits <@ array[${all}]),
    add constraint consent_permits_of_named check (not permits && array[${ofNamed}] or kind = 'NAMED_RECIPIENT');
`;
