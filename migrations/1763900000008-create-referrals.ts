import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateReferrals1763900000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table referral (
        id uuid primary key default uuidv7(),
        episode_id uuid not null references episode,
        person_id uuid not null references person,
        pathway text not null,
        state text not null check (state in ('SUBMITTED','NEEDS_INFO','OFFERED','WAITLISTED','ACCEPTED','SCHEDULED','ARRIVED','ADMITTED','NO_SHOW','CLOSED','CANCELLED','RECALLED','EXPIRED')),
        sender_agency_id uuid not null references agency,
        submitted_by uuid not null,
        coordinating_agency_id uuid references agency,
        need jsonb not null,
        red_flags text[] not null default '{}',
        missing text[] not null default '{}',
        -- The receiving side, while a place is kept or taken.
        receiver_agency_id uuid references agency,
        program_id uuid references program,
        hold_id uuid references hold,
        submitted_at timestamptz not null default app.now(),
        acknowledged_at timestamptz,
        scheduled_for timestamptz,
        arrived_at timestamptz,
        admitted_at timestamptz,
        closed_at timestamptz,
        outcome text,
        end_reason text,
        no_shows integer not null default 0,
        constraint place_where_state_says check (
          (state in ('ACCEPTED','SCHEDULED','ARRIVED','ADMITTED')) <= (receiver_agency_id is not null and program_id is not null and hold_id is not null)),
        constraint ended_when_final check ((state in ('CLOSED','CANCELLED','RECALLED','EXPIRED')) = (closed_at is not null)),
        constraint closed_with_outcome check ((state = 'CLOSED') <= (outcome is not null))
      ) with (fillfactor = 80);
      create index referral_by_episode on referral (episode_id);
      create index referral_by_person on referral (person_id);
      create index referral_waiting on referral (id) where state in ('NEEDS_INFO','WAITLISTED');

      -- Who takes part: the one look-up every list and every policy starts from.
      create table referral_party (
        agency_id uuid not null references agency,
        referral_id uuid not null references referral,
        side text not null check (side in ('SENDER','COORDINATING','PROVIDER')),
        submitted_at timestamptz not null,
        primary key (agency_id, referral_id)
      );
      create index referral_party_in_time on referral_party (agency_id, submitted_at desc, referral_id desc);
      create index referral_party_by_referral on referral_party (referral_id);
      grant delete on referral_party to handrail_worker;
      select app.protect('referral_party', 'agency_id = (select app.agency())', 'agency_id = (select app.agency())');

      create function app.takes_part(p_referral uuid) returns boolean language sql stable as
        $$ select exists (select 1 from referral_party p where p.referral_id = p_referral and p.agency_id = (select app.agency())) $$;
      create function app.sends(p_referral uuid) returns boolean language sql stable as
        $$ select exists (select 1 from referral_party p where p.referral_id = p_referral and p.agency_id = (select app.agency()) and p.side <> 'PROVIDER') $$;

      select app.protect('referral', 'sender_agency_id = (select app.agency()) or app.takes_part(id)', null);
      create policy adds on referral for insert to handrail_app with check (sender_agency_id = (select app.agency()));
      create policy changes on referral for update to handrail_app
        using (sender_agency_id = (select app.agency()) or app.takes_part(id)) with check (sender_agency_id = (select app.agency()) or app.takes_part(id));

      create table offer (
        id uuid primary key default uuidv7(),
        referral_id uuid not null references referral,
        program_id uuid not null references program,
        pool_id uuid not null references bed_pool,
        agency_id uuid not null references agency,
        match_run_id uuid references match_run,
        state text not null default 'PENDING' check (state in ('PENDING','ACKNOWLEDGED','ACCEPTED','DECLINED','EXPIRED','WITHDRAWN')),
        rank integer not null,
        created_at timestamptz not null default app.now(),
        acknowledge_by timestamptz not null,
        decide_by timestamptz not null,
        acknowledged_at timestamptz,
        ended_at timestamptz,
        decline_reason text,
        declined_by text check (declined_by in ('PROGRAM','PERSON')),
        withdraw_reason text,
        second_look_of uuid references offer,
        check ((state in ('PENDING','ACKNOWLEDGED')) = (ended_at is null)),
        check ((state = 'DECLINED') = (decline_reason is not null and declined_by is not null)),
        check ((state = 'WITHDRAWN') = (withdraw_reason is not null))
      );
      create unique index offer_one_live_per_program on offer (referral_id, program_id) where state in ('PENDING','ACKNOWLEDGED');
      create index offer_by_referral on offer (referral_id);
      create index offer_by_agency on offer (agency_id, created_at desc, id desc);
      create index offer_by_program on offer (program_id, created_at);
      create index offer_due on offer (decide_by) where state in ('PENDING','ACKNOWLEDGED');
      select app.protect('offer', 'agency_id = (select app.agency()) or app.sends(referral_id)', null);
      create policy changes on offer for update to handrail_app using (agency_id = (select app.agency())) with check (agency_id = (select app.agency()));

      create table hand_off (
        id uuid primary key default uuidv7(),
        referral_id uuid not null references referral,
        from_agency_id uuid not null references agency,
        to_agency_id uuid not null references agency,
        state text not null default 'RELEASED' check (state in ('RELEASED','RECEIVED','CANCELLED')),
        transport text not null,
        released_at timestamptz not null, released_by uuid not null, released_place text not null,
        received_at timestamptz, received_by uuid, received_place text,
        check ((state = 'RECEIVED') = (received_at is not null and received_by is not null and received_place is not null))
      );
      create unique index hand_off_one_open on hand_off (referral_id) where state = 'RELEASED';
      create index hand_off_by_referral on hand_off (referral_id);
      select app.protect('hand_off', 'from_agency_id = (select app.agency()) or to_agency_id = (select app.agency()) or app.sends(referral_id)', null);

      -- Every change of state, with actor, agency, time and a coded reason where it ends something.
      create table referral_change (
        id uuid primary key default uuidv7(),
        referral_id uuid not null references referral,
        at timestamptz not null default app.now(),
        command text not null, from_state text, to_state text not null, reason text,
        agency_id uuid not null, actor_id uuid not null, actor_kind text not null
      );
      create index referral_change_by_referral on referral_change (referral_id, at, id);
      revoke update on referral_change from handrail_app, handrail_worker;
      select app.protect('referral_change', 'app.takes_part(referral_id)', 'agency_id = (select app.agency())');
      select app.protect('match_run', 'app.sends(referral_id)', null);
      -- A sender's own hold and the receiving side of a referral show through the referral.
      drop policy reads on unmet_need;
      create policy reads on unmet_need for select to handrail_app using (agency_id = (select app.agency()) or app.sends(referral_id));
      drop policy reads on hold;
      create policy reads on hold for select to handrail_app using (agency_id = (select app.agency()) or app.sends(referral_id));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table referral_change, hand_off, offer, referral_party, referral cascade');
  }
}
