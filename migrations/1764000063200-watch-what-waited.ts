import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Clocks for those who waited without one: who has come and was neither admitted nor turned away, whose facts nobody has sent, who
 * waits without a deadline by law, and whose medication bridges the wait. What has waited long already gets some days, in which
 * somebody hears of it. The sweep walks each of them from its first look on.
 */
export class WatchWhatWaited1764000063200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index referral_asked on referral (id) where state = 'NEEDS_INFO';
      create index clock_facts_due on clock (due_at) where kind = 'INFO_PROVIDED' and ended_at is null;

      alter table clock no force row level security;
      alter table referral no force row level security;
      alter table referral_change no force row level security;
      alter table waitlist_entry no force row level security;
      alter table interim_service no force row level security;
      alter table agency no force row level security;

      create temporary view watched as
        select r.*, coalesce(r.coordinating_agency_id, case when g.kind = 'OUTREACH_TEAM' then g.id end) as team_id,
          coalesce(r.coordinating_agency_id, r.sender_agency_id) as owner_id,
          case when r.coordinating_agency_id is null then 'SENDER' else 'COORDINATING' end as side
        from referral r join agency g on g.id = r.sender_agency_id;

      insert into clock (kind, subject_type, subject_id, referral_id, owner_agency_id, owner_side, coordinator_agency_id, started_at, due_at,
        definition_version, next_step_at)
      select 'ARRIVAL_DECIDED', 'Referral', w.id, w.id, w.receiver_agency_id, 'PROVIDER', w.team_id, w.arrived_at,
        greatest(w.arrived_at, now()) + interval '4 hours', 'clocks-1', now()
      from watched w where w.state = 'ARRIVED' and w.receiver_agency_id is not null and w.arrived_at is not null
      union all
      select 'INFO_PROVIDED', 'Referral', w.id, w.id, w.owner_id, w.side, w.team_id, c.at,
        greatest(c.at + interval '7 days', now() + interval '2 days'), 'clocks-1', now()
      from watched w cross join lateral (select max(h.at) as at from referral_change h where h.referral_id = w.id) c
      where w.state = 'NEEDS_INFO' and c.at is not null
      union all
      select 'PLACE_FOUND', 'Referral', w.id, w.id, w.owner_id, w.side, w.team_id, e.requested_at,
        greatest(e.requested_at + interval '120 days', now() + interval '14 days'), 'clocks-1', now()
      from waitlist_entry e join watched w on w.id = e.referral_id where e.ended_at is null
        and not exists (select 1 from clock k where k.subject_id = w.id and k.kind in ('ADMISSION', 'ADMISSION_WITH_INTERIM') and k.ended_at is null)
      union all
      select b.kind, 'Referral', w.id, w.id, w.owner_id, w.side, w.team_id, b.given_at, b.given_at + b.lasts, 'clocks-1', now()
      from waitlist_entry e join watched w on w.id = e.referral_id cross join lateral (
        select s.given_at, case s.service when 'THREE_DAY_BRIDGE' then 'BRIDGE_ENDS' else 'INTERIM_METHADONE_ENDS' end as kind,
          case s.service when 'THREE_DAY_BRIDGE' then interval '72 hours' else interval '4320 hours' end as lasts
        from interim_service s where s.entry_id = e.id and s.result = 'GIVEN' and s.service in ('THREE_DAY_BRIDGE', 'INTERIM_METHADONE')
        order by s.given_at desc, s.id desc limit 1) b
      where e.ended_at is null;

      drop view watched;
      alter table clock force row level security;
      alter table referral force row level security;
      alter table referral_change force row level security;
      alter table waitlist_entry force row level security;
      alter table interim_service force row level security;
      alter table agency force row level security;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index referral_asked, clock_facts_due;
      alter table clock no force row level security;
      delete from clock where kind in ('ARRIVAL_DECIDED', 'INFO_PROVIDED', 'PLACE_FOUND', 'BRIDGE_ENDS', 'INTERIM_METHADONE_ENDS');
      alter table clock force row level security;
    `);
  }
}
