import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseServer } from '../stage/database-server';

/** Breaks the product from outside, at some time within so many seconds; resolves to whether it could. The checker must find it. */
type Plant = (database: DatabaseServer, seconds: number) => Promise<boolean>;

const EVERY_MS = 100;

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

const within = async (seconds: number, work: () => Promise<boolean>): Promise<boolean> => {
  // Not at the very beginning: nothing has happened yet that could be broken.
  await pause(Math.min(2_000, seconds * 300));
  for (const until = performance.now() + seconds * 700; performance.now() < until;) {
    if (await work()) return true;
    await pause(EVERY_MS);
  }
  return false;
};

const once =
  (...statements: string[]): Plant =>
  (database, seconds) =>
    within(seconds, () => attempt(database, statements));

const allTheTime =
  (statement: string): Plant =>
  async (database, seconds) => {
    let isPlanted = false;
    await within(seconds, async () => {
      isPlanted = (await attempt(database, [statement])) || isPlanted;
      return false;
    });
    return isPlanted;
  };

/** Bugs that a release could have, each made by hand in the database: nothing in the product knows of them. */
export const plants = {
  /** A kept place is counted free, and the next person gets it too. */
  'double-booking': once(
    `update bed_pool set held = held - 1 where id = (select id from bed_pool where held > 0 order by held desc limit 1)`,
  ),
  /** A program’s acknowledgement is overwritten by what was there before it. */
  'lost-update': once(
    `update offer set state = 'PENDING', acknowledged_at = null
     where id = (select id from offer where state = 'ACKNOWLEDGED' limit 1)`,
  ),
  /** An event that was committed with its change is gone. */
  'lost-event': once(
    `delete from outbox_event where id = (select id from outbox_event where subject_type in ('Referral', 'Offer') limit 1)`,
  ),
  /** An event is marked as delivered before an earlier one of its referral. */
  'event-out-of-order': once(
    `update outbox_event set delivered_at = null where id = (
       select e.id from outbox_event e where e.delivered_at is not null and exists (
         select 1 from outbox_event later where later.subject_id = e.subject_id and later.position > e.position and later.delivered_at is not null)
       limit 1)`,
  ),
  /** The answer of a key is forgotten, and its repetition runs anew. */
  'forgotten-key': allTheTime('delete from idempotency_key where result is not null'),
  /** A referral’s state is moved without a step, an entry or news. */
  'silent-change': once(
    `update referral set state = 'WAITLISTED' where id = (select id from referral where state = 'OFFERED' limit 1)`,
  ),
  /** COMMIT is answered before it is on the disk. Shows when the server is killed. */
  'commit-before-disk': once(
    `alter role handrail_api set synchronous_commit = off`,
    `alter system set wal_writer_delay = '10s'`,
    `select pg_reload_conf()`,
    // Whoever signs in from now on.
    `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'handrail_api'`,
  ),
} as const satisfies Record<string, Plant>;

export type PlantName = keyof typeof plants;
export const plantNames = Object.keys(plants) as PlantName[];
