import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A referral that waits is coordinated by somebody: by the team of its sender, else by one that works where the person is. */
export class LeadWhoWaits1764000067000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Not the sender's own team: found by place, and replaced by the sender's own as soon as it has one.
      alter table referral add column is_team_by_place boolean not null default false;
      create index referral_to_lead on referral (id) where closed_at is null and (coordinating_agency_id is null or is_team_by_place);
      create index referral_by_team on referral (coordinating_agency_id) where closed_at is null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop index referral_to_lead, referral_by_team; alter table referral drop column is_team_by_place',
    );
  }
}
