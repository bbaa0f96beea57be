import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The quota of a sender is counted from what the sender may know: when a program took a referral of its in hand, and whether it
 * has ended. A count of holds fell as people were admitted or turned away, and a sender at its quota could hear that.
 */
export class CountPlacedReferrals1764000001201 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create index referral_in_hand_by_sender on referral (sender_agency_id, acknowledged_at)
        where closed_at is null and sender_withdrew_at is null;

      -- Keeps one place of the pool, or says why not. A sender that is bound by its quota has so many referrals in the hands of
      -- programs since two hours, the time for which a place is kept: all of them, and those that this pool was the first to
      -- acknowledge. Nothing of that moves when people arrive, are admitted or turned away. Each statement below sees what was
      -- committed before it, and the lock lets one hold of this sender at a time come that far, until its acknowledgement is
      -- committed with it: the counts are exact. Whoever may have a whole pool and is far from its quota takes no lock.
      create or replace function app.keep_place(
        p_hold uuid, p_pool uuid, p_referral uuid, p_ends_at timestamptz, p_sender uuid, p_is_bound boolean)
      returns table (id uuid, ends_at timestamptz, refused text)
      language plpgsql set search_path = pg_catalog, public, pg_temp as $$
      declare
        -- More than all connections together can have under way, uncounted.
        far constant integer := 1000;
        since constant timestamptz := app.now() - interval '2 hours';
        quota record;
        placed integer := 0;
        in_pool integer := 0;
        share integer := 100;
        provider uuid;
      begin
        if p_is_bound then
          select * into quota from app.hold_quota(p_sender);
          share := quota.pool_share_percent;
          select count(*) into placed from referral r where r.sender_agency_id = p_sender and r.acknowledged_at > since
            and r.closed_at is null and r.sender_withdrew_at is null and r.id <> p_referral;
          if share < 100 or quota.active_holds - placed < far then
            perform pg_advisory_xact_lock(hashtextextended('hold_quota ' || p_sender, 0));
            select count(*), count(*) filter (where exists (select from offer o
                where o.referral_id = r.id and o.pool_id = p_pool and o.acknowledged_at = r.acknowledged_at)) into placed, in_pool
              from referral r where r.sender_agency_id = p_sender and r.acknowledged_at > since
                and r.closed_at is null and r.sender_withdrew_at is null and r.id <> p_referral;
          end if;
          if placed >= quota.active_holds then
            return query select null::uuid, null::timestamptz, 'AGENCY';
            return;
          end if;
        end if;
        update bed_pool b set held = held + 1
          where b.id = p_pool and b.is_active and b.occupied + b.held < b.staffed
            and (share = 100 or in_pool < greatest(1, b.staffed * share / 100))
            and exists (select 1 from program p where p.id = b.program_id and p.is_active)
          returning b.agency_id into provider;
        if provider is null then
          return query select null::uuid, null::timestamptz, case when exists (
            select 1 from bed_pool b where b.id = p_pool and b.is_active and b.occupied + b.held < b.staffed
              and share < 100 and in_pool >= greatest(1, b.staffed * share / 100)) then 'POOL' else 'NO_PLACE' end;
          return;
        end if;
        return query insert into hold (id, pool_id, agency_id, referral_id, ends_at)
          values (p_hold, p_pool, provider, p_referral, p_ends_at) returning hold.id, hold.ends_at, null::text;
      end $$;

      alter table hold drop column sender_agency_id;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table hold add column sender_agency_id uuid references agency;
      set local role handrail_worker;
      update hold h set sender_agency_id = r.sender_agency_id from referral r where r.id = h.referral_id;
      reset role;
      create index hold_active_by_sender on hold (sender_agency_id, pool_id) where state = 'ACTIVE';
      drop index referral_in_hand_by_sender;
    `);
  }
}
