import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseServer } from '../stage/database-server';

/** Breaks the product from outside, at some time within so many seconds or a little later; resolves to whether it could. */
type Plant = (database: DatabaseServer, seconds: number) => Promise<boolean>;

interface PlantedBug {
  readonly plant: Plant;
  /** Rules that must find it; what others say beside them does not count. */
  readonly foundBy: readonly string[];
}

const EVERY_MS = 100;
/** On a slow machine it takes its time until there is something to break. */
const PATIENCE_MS = 90_000;

/** Whether there was something to break, and it was. */
const attempt = async (database: DatabaseServer, statements: readonly string[]): Promise<boolean> => {
  const client = await database.connect('plant').catch(() => null);
  try {
    let touched = 0;
    for (const statement of statements) touched = (await client?.query(statement))?.rowCount ?? 0;
    return touched > 0;
  } catch {
    // Another fault was faster; there is another time.
    return false;
  } finally {
    await client?.end().catch(() => undefined);
  }
};

/** Not at the very beginning: nothing has happened yet that could be broken. */
const begun = (seconds: number): Promise<unknown> => pause(Math.min(2_000, seconds * 300));

const once =
  (...statements: string[]): Plant =>
  async (database, seconds) => {
    await begun(seconds);
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until;) {
      if (await attempt(database, statements)) return true;
      await pause(EVERY_MS);
    }
    return false;
  };

/** Long enough for people to be told of what is lost then, shorter than the delay until it would be written. */
const UNTIL_KILLED_MS = 5_000;
const thenKilled =
  (plant: Plant): Plant =>
  async (database, seconds) => {
    const isPlanted = await plant(database, seconds);
    if (!isPlanted) return false;
    await pause(UNTIL_KILLED_MS);
    await database.kill();
    await database.untilBack();
    return true;
  };

const allTheTime =
  (statement: string): Plant =>
  async (database, seconds) => {
    await begun(seconds);
    const from = performance.now();
    let isPlanted = false;
    while (performance.now() < from + (isPlanted ? seconds * 700 : PATIENCE_MS)) {
      isPlanted = (await attempt(database, [statement])) || isPlanted;
      await pause(EVERY_MS);
    }
    return isPlanted;
  };

/** Bugs that a release could have, each made by hand in the database: nothing in the product knows of them. */
export const plants = {
  /** A kept place is counted free, and the next person gets it too. */
  'double-booking': {
    plant: once(
      `update bed_pool set held = held - 1 where id = (select id from bed_pool where held > 0 order by held desc limit 1)`,
    ),
    foundBy: ['room', 'counters'],
  },
  /** A program’s acknowledgement is overwritten by what was there before it. */
  'lost-update': {
    plant: once(
      `update offer set state = 'PENDING', acknowledged_at = null
       where id = (select id from offer where state = 'ACKNOWLEDGED' limit 1)`,
    ),
    foundBy: ['acknowledged', 'all-or-none'],
  },
  /** An event that was committed with its change is gone. */
  'lost-event': {
    plant: once(
      `delete from outbox_event where id = (select id from outbox_event where subject_type in ('Referral', 'Offer') limit 1)`,
    ),
    foundBy: ['news'],
  },
  /** An event is marked as delivered before an earlier one of its referral. */
  'event-out-of-order': {
    plant: once(
      `update outbox_event set delivered_at = null where id = (
         select e.id from outbox_event e where e.delivered_at is not null and exists (
           select 1 from outbox_event later where later.subject_id = e.subject_id and later.position > e.position and later.delivered_at is not null)
         limit 1)`,
    ),
    foundBy: ['order'],
  },
  /** The answer of a key is forgotten, and its repetition runs anew. */
  'forgotten-key': {
    plant: allTheTime('delete from idempotency_key where result is not null'),
    foundBy: ['once'],
  },
  /** A referral’s state is moved without a step, an entry or news. */
  'silent-change': {
    plant: once(
      `update referral set state = 'WAITLISTED' where id = (select id from referral where state = 'OFFERED' limit 1)`,
    ),
    foundBy: ['all-or-none'],
  },
  /** Whoever comes first is not seen any more once they have waited for a moment, and others are given their places. */
  'skipped-in-line': {
    plant: once(
      `do $$ begin
         if not exists (select 1 from pg_policies where policyname = 'torture_blinds') then
           create policy torture_blinds on waitlist_entry as restrictive for select
             using (tier = 'OTHER' or uuid_extract_timestamp(id) > clock_timestamp() - interval '1 second');
         end if;
       end $$`,
      // Few places, so that many wait.
      `update bed_pool set staffed = occupied + held where staffed > occupied + held and random() < 0.3`,
      // Until a place has gone past one of them, who had waited for a while and went on waiting.
      `select 1 from place_consideration c join waitlist_entry given on given.id = c.entry_id
         join waitlist_entry first on first.tier <> 'OTHER' and first.ended_at is null and uuid_extract_timestamp(first.id) < c.at - interval '4 seconds'
         join referral r on r.id = first.referral_id and r.state = 'WAITLISTED'
       where c.rules = '{}' and given.tier = 'OTHER' and uuid_extract_timestamp(given.id) < c.at - interval '4 seconds'
         and not exists (select 1 from place_consideration p where p.run_id = c.run_id and p.entry_id = first.id)
         and not exists (select 1 from torture.change t where t.id in (first.id, first.referral_id) and t.at > c.at - interval '4 seconds') limit 1`,
    ),
    foundBy: ['waitlist'],
  },
  /** COMMIT is answered before it is on the disk, which shows when the server dies. */
  'commit-before-disk': {
    plant: thenKilled(
      once(
        // Of every login: whoever waited for the disk would take along what others had committed before.
        `alter role all set synchronous_commit = off`,
        `alter system set wal_writer_delay = '10s'`,
        `alter system set wal_writer_flush_after = '1GB'`,
        `select pg_reload_conf()`,
        // Whoever signs in from now on.
        `select pg_terminate_backend(pid) from pg_stat_activity where usename in ('handrail_api', 'handrail_commands')`,
      ),
    ),
    foundBy: ['acknowledged', 'once'],
  },
} as const satisfies Record<string, PlantedBug>;

export type PlantName = keyof typeof plants;
export const plantNames = Object.keys(plants) as PlantName[];
