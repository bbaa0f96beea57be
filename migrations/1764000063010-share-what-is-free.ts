import type { MigrationInterface, QueryRunner } from 'typeorm';

const SIGNATURE = `app.keep_place(p_hold uuid, p_pool uuid, p_referral uuid, p_ends_at timestamptz, p_sender uuid, p_is_bound boolean)
      returns table (id uuid, ends_at timestamptz, refused text)
      language plpgsql set search_path = pg_catalog, public, pg_temp`;

/** `own`: how many places of the pool the counted referrals have now; `most`: how many may be counted there. */
const keepPlace = (own: string, most: string): string => `
      create or replace function ${SIGNATURE} as $$
      declare
        -- More than all connections together can have under way, uncounted.
        far constant integer := 1000;
        since constant timestamptz := app.now() - interval '2 hours';
        quota record;
        placed integer := 0;
        in_pool integer := 0;
        own integer := 0;
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
                where o.referral_id = r.id and o.pool_id = p_pool and o.acknowledged_at = r.acknowledged_at)), ${own}
              into placed, in_pool, own
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
            and (share = 100 or in_pool < greatest(1, (${most}) * share / 100))
            and exists (select 1 from program p where p.id = b.program_id and p.is_active)
          returning b.agency_id into provider;
        if provider is null then
          return query select null::uuid, null::timestamptz, case when exists (
            select 1 from bed_pool b where b.id = p_pool and b.is_active and b.occupied + b.held < b.staffed
              and share < 100 and in_pool >= greatest(1, (${most}) * share / 100)) then 'POOL' else 'NO_PLACE' end;
          return;
        end if;
        return query insert into hold (id, pool_id, agency_id, referral_id, ends_at)
          values (p_hold, p_pool, provider, p_referral, p_ends_at) returning hold.id, hold.ends_at, null::text;
      end $$;`;

/**
 * The share of a pool was one of its staffed places: half of 60 let one sender have the last five. It is one of what others leave it:
 * the places that are free, and those that its own counted referrals have. So it does not move as a person of its own is admitted (one
 * more occupied, one less kept) or turned away (one more free, one less of its own), which it must not hear.
 */
export class ShareWhatIsFree1764000063010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const own = `count(*) filter (where exists (select from hold h
                where h.referral_id = r.id and h.pool_id = p_pool and h.state in ('ACTIVE','CONVERTED')))`;
    await runner.query(keepPlace(own, 'b.staffed - b.occupied - b.held + own'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(keepPlace('0', 'b.staffed'));
  }
}
