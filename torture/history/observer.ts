import type { Client } from 'pg';

/** The columns that matter, by table. What is not watched here may change without anybody’s saying so. */
export const WATCHED: Readonly<Record<string, readonly string[]>> = {
  bed_pool: ['staffed', 'occupied', 'held'],
  hold: ['pool_id', 'referral_id', 'state'],
  offer: ['referral_id', 'program_id', 'state'],
  referral: ['state', 'hold_id', 'person_id', 'need'],
  referral_change: ['referral_id', 'command', 'from_state', 'to_state'],
  census: ['pool_id', 'staffed', 'occupied'],
  waitlist_entry: ['referral_id', 'tier', 'risk', 'overdose_risk', 'since', 'ended_at'],
  place_consideration: ['run_id', 'program_id', 'entry_id', 'referral_id', 'position', 'rules'],
  outbox_event: ['position', 'name', 'subject_id', 'delivered_at'],
};
const JOBS = 'pgboss.job';

const columnsOf = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

/**
 * Writes down every version of the watched rows, in the transaction that makes it and under the lock of the row: the order is the true
 * one, and what was rolled back is not in it. It also sleeps where a fault asks for slow statements.
 */
const observe = `
  create schema torture;
  create table torture.change (
    seq bigint generated always as identity primary key, at timestamptz not null default clock_timestamp(),
    began timestamptz not null default transaction_timestamp(),
    xid xid8 not null default pg_current_xact_id(), "table" text not null, id uuid not null, before jsonb, after jsonb);
  create table torture.slowness ("table" text primary key, seconds double precision not null);
  create function torture.pick(whole jsonb, names text[]) returns jsonb language sql immutable as
    $$ select jsonb_object_agg(name, whole -> name) from unnest(names) name $$;
  create function torture.observe() returns trigger language plpgsql security definer set search_path = pg_catalog, torture as $$
  declare
    one jsonb := case when tg_op <> 'INSERT' then torture.pick(to_jsonb(old), tg_argv::text[]) end;
    other jsonb := case when tg_op <> 'DELETE' then torture.pick(to_jsonb(new), tg_argv::text[]) end;
    pause double precision := (select seconds from torture.slowness s where s."table" = tg_table_name);
  begin
    if pause is not null then perform pg_sleep(pause); end if;
    if one is distinct from other then
      insert into torture.change ("table", id, before, after)
      values (tg_table_name, coalesce((to_jsonb(new) ->> 'id'), (to_jsonb(old) ->> 'id'))::uuid, one, other);
    end if;
    return null;
  end $$;
  create function torture.observe_job() returns trigger language plpgsql security definer set search_path = pg_catalog, torture as $$
  begin
    insert into torture.change ("table", id, after)
    select 'job', id::uuid, '{}' from string_to_table(new.data ->> 'eventIds', ',') as id;
    return null;
  end $$;
  create trigger observe after insert on ${JOBS} for each row execute function torture.observe_job();
`;

export const startObserving = async (owner: Client): Promise<void> => {
  // From the next start on: who waited when a place was given is a question of what others could see by then.
  await owner.query('alter system set track_commit_timestamp = on');
  await owner.query(observe);
  for (const [table, names] of Object.entries(WATCHED)) {
    await owner.query(
      `create trigger torture_observes after insert or update or delete on ${table}
       for each row execute function torture.observe(${columnsOf(names)})`,
    );
  }
};

/** Once all is gathered: `audit:verify` names every trigger that no migration made. */
export const STOP_OBSERVING = Object.keys(WATCHED)
  .map((table) => `drop trigger torture_observes on ${table}`)
  .join('; ');
