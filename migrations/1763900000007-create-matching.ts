import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMatching1763900000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How a program answers offers, over the last 90 days.
      create table program_answers (
        program_id uuid primary key references program,
        agency_id uuid not null references agency,
        offers_put integer not null default 0,
        offers_answered integer not null default 0,
        median_answer_minutes double precision,
        updated_at timestamptz not null default app.now()
      );
      select app.protect('program_answers', '(select app.agency()) is not null', null);

      -- A program that turned a person down for good is not proposed to them again.
      create table lasting_decline (
        person_id uuid not null references person,
        program_id uuid not null references program,
        reason text not null,
        since timestamptz not null default app.now(),
        primary key (person_id, program_id)
      );
      grant delete on lasting_decline to handrail_worker;
      select app.protect('lasting_decline', 'false', null);

      -- What matching was told and what it answered, kept whole: inputs, rules, scores, age of the data.
      create table match_run (
        id uuid primary key default uuidv7(),
        referral_id uuid not null,
        agency_id uuid not null references agency,
        as_of timestamptz not null,
        policy_version text not null,
        need jsonb not null,
        -- Packed by the matching room: every pool judged, with the rules that removed it or its score, each sentence once.
        verdicts jsonb not null,
        considered integer not null, eligible integer not null,
        oldest_census_at timestamptz
      );
      create index match_run_by_referral on match_run (referral_id, as_of);
      revoke update on match_run from handrail_app, handrail_worker;

      create table unmet_need (
        id uuid primary key default uuidv7(),
        referral_id uuid not null,
        match_run_id uuid not null references match_run,
        agency_id uuid not null references agency,
        -- The rules that removed the last candidates.
        rules text[] not null,
        county_fips text,
        at timestamptz not null default app.now(),
        resolved_at timestamptz
      );
      create index unmet_need_by_agency on unmet_need (agency_id, at, id);
      create index unmet_need_open on unmet_need (referral_id) where resolved_at is null;
      select app.protect('unmet_need', 'agency_id = (select app.agency())', null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table unmet_need, match_run, lasting_decline, program_answers');
  }
}
