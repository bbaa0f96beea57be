import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A clock for those who were admitted before there was one; each program has a month before it is asked. */
export class AskAfterStays1764000067100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index referral_admitted on referral (id) where state = 'ADMITTED';
      alter table clock no force row level security;
      alter table referral no force row level security;
      alter table agency no force row level security;
      insert into clock (kind, subject_type, subject_id, referral_id, owner_agency_id, owner_side, coordinator_agency_id, started_at, due_at,
        definition_version, next_step_at)
      select 'STAY_CONFIRMED', 'Referral', r.id, r.id, r.receiver_agency_id, 'PROVIDER',
        coalesce(r.coordinating_agency_id, case when g.kind = 'OUTREACH_TEAM' then g.id end), now(), now() + interval '30 days', 'clocks-1', now()
      from referral r join agency g on g.id = r.sender_agency_id where r.state = 'ADMITTED';
      alter table clock force row level security;
      alter table referral force row level security;
      alter table agency force row level security;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index referral_admitted;
      alter table clock no force row level security;
      delete from clock where kind = 'STAY_CONFIRMED';
      alter table clock force row level security;
    `);
  }
}
