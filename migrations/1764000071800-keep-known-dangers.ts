import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a team knew of the overdoses of a person when it referred them: kept with the referral, for whoever sent it and nobody else. */
export class KeepKnownDangers1764000071800 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table referral_danger (
        id uuid primary key,
        referral_id uuid not null references referral,
        -- Who sent it, and knew.
        agency_id uuid not null references agency,
        -- Whose words they are.
        told_by_agency_id uuid not null references agency,
        occurred_at timestamptz not null,
        doses integer check (doses >= 0),
        has_refused_transport boolean not null
      );
      create index referral_danger_by_referral on referral_danger (referral_id);
      revoke insert, update on referral_danger from handrail_app;
      revoke update on referral_danger from handrail_worker;
      select app.protect('referral_danger', 'agency_id = (select app.agency())', null);
      -- Whose words the preference rests on; null: the sender’s own.
      alter table match_run add column told_by_agency_id uuid references agency;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table match_run drop column told_by_agency_id; drop table referral_danger;');
  }
}
