import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Nobody reserves all beds: how many places an agency that sends referrals may keep at a time. */
export class LimitHoldsPerSender1764000000401 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table hold add column sender_agency_id uuid references agency;
      -- Row-level security holds for the owner too: holds that are there are completed as the worker.
      set local role handrail_worker;
      update hold h set sender_agency_id = r.sender_agency_id from referral r where r.id = h.referral_id;
      reset role;
      create index hold_active_by_sender on hold (sender_agency_id, pool_id) where state = 'ACTIVE';

      -- Where it differs from what holds for everybody.
      create table hold_quota (
        agency_id uuid primary key references agency,
        active_holds integer not null check (active_holds between 1 and 1000000),
        pool_share_percent integer not null check (pool_share_percent between 1 and 100)
      );
      select app.protect('hold_quota', '(select app.agency()) is not null', null);

      create function app.hold_quota(p_agency uuid) returns table (agency_id uuid, active_holds integer, pool_share_percent integer)
      language sql stable set search_path = pg_catalog, public as $$
        select p_agency, coalesce(max(q.active_holds), 25), coalesce(max(q.pool_share_percent), 50) from hold_quota q where q.agency_id = p_agency
      $$;

      -- Keeps one place of the pool, or says why not. For a sender that is bound by its quota, each statement below sees what
      -- was committed before it, and the lock lets one hold of this sender at a time come that far: the counts are
      -- exact. Whoever may have a whole pool and is far from its quota takes no lock.
      create function app.keep_place(p_hold uuid, p_pool uuid, p_referral uuid, p_ends_at timestamptz, p_sender uuid, p_is_bound boolean)
      returns table (id uuid, ends_at timestamptz, refused text)
      language plpgsql set search_path = pg_catalog, public as $$
      declare
        -- More than all connections together can have under way, uncounted.
        far constant integer := 1000;
        quota record;
        active integer := 0;
        in_pool integer := 0;
        share integer := 100;
        provider uuid;
      begin
        if p_is_bound then
          select * into quota from app.hold_quota(p_sender);
          share := quota.pool_share_percent;
          select count(*) into active from hold h where h.sender_agency_id = p_sender and h.state = 'ACTIVE';
          if share < 100 or quota.active_holds - active < far then
            perform pg_advisory_xact_lock(hashtextextended('hold_quota ' || p_sender, 0));
            select count(*), count(*) filter (where h.pool_id = p_pool) into active, in_pool
              from hold h where h.sender_agency_id = p_sender and h.state = 'ACTIVE';
          end if;
          if active >= quota.active_holds then
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
        return query insert into hold (id, pool_id, agency_id, referral_id, ends_at, sender_agency_id)
          values (p_hold, p_pool, provider, p_referral, p_ends_at, p_sender) returning hold.id, hold.ends_at, null::text;
      end $$;
      revoke all on function app.hold_quota(uuid), app.keep_place(uuid, uuid, uuid, timestamptz, uuid, boolean) from public;
      grant execute on function app.hold_quota(uuid) to handrail_app, handrail_worker;
      grant execute on function app.keep_place(uuid, uuid, uuid, timestamptz, uuid, boolean) to handrail_worker;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function app.keep_place(uuid, uuid, uuid, timestamptz, uuid, boolean), app.hold_quota(uuid);
      drop table hold_quota;
      alter table hold drop column sender_agency_id;
    `);
  }
}
