import { setTimeout as pause } from 'node:timers/promises';
import type { DatabaseServer } from '../stage/database-server';

/** Breaks the product from outside, at some time within so many seconds: the checker must find it. */
type Plant = (database: DatabaseServer, seconds: number) => Promise<void>;

/** Until it has happened, or the time is up. */
const onceWithin = async (database: DatabaseServer, seconds: number, statements: readonly string[]): Promise<void> => {
  await pause(Math.min(2_000, seconds * 300));
  for (const until = performance.now() + seconds * 1_000; performance.now() < until;) {
    await pause(100);
    const client = await database.connect('plant').catch(() => null);
    try {
      let touched = 0;
      for (const statement of statements) touched = (await client?.query(statement))?.rowCount ?? 0;
      if (touched > 0) return;
    } catch {
      // Another fault was faster; there is another time.
    } finally {
      await client?.end().catch(() => undefined);
    }
  }
};

const plant =
  (...statements: string[]): Plant =>
  (database, seconds) =>
    onceWithin(database, seconds, statements);

/** Bugs that a release could have, each made by hand in the database: nothing in the product knows of them. */
export const plants = {
  /** A kept place is counted free, and the next person gets it too. */
  'double-booking': plant(
    `update bed_pool set held = held - 1 where id = (select id from bed_pool where held > 0 order by held desc limit 1)`,
  ),
  /** A program’s decline is overwritten by what was there before it. */
  'lost-update': plant(
    `update offer set state = 'PENDING', ended_at = null, decline_reason = null, declined_by = null
     where id = (select id from offer where state = 'DECLINED' limit 1)`,
  ),
  /** An event that was committed with its change is gone. */
  'lost-event': plant(
    `delete from outbox_event where id = (select id from outbox_event where subject_type in ('Referral', 'Offer') limit 1)`,
  ),
  /** An event is marked as delivered before an earlier one of its referral. */
  'event-out-of-order': plant(
    `update outbox_event set delivered_at = null where id = (
       select e.id from outbox_event e where e.delivered_at is not null and exists (
         select 1 from outbox_event later where later.subject_id = e.subject_id and later.position > e.position and later.delivered_at is not null)
       limit 1)`,
  ),
  /** The answer of a key is forgotten, and its repetition runs anew. */
  'forgotten-key': plant(
    `delete from idempotency_key where operation in ('submitReferral', 'postCensus') and result is not null`,
  ),
  /** A referral’s state is moved without a step, an entry or news. */
  'silent-change': plant(
    `update referral set state = 'WAITLISTED' where id = (select id from referral where state = 'OFFERED' limit 1)`,
  ),
  /** COMMIT is answered before it is on the disk. Shows when the server is killed. */
  'commit-before-disk': plant(
    `alter system set synchronous_commit = off`,
    `alter system set wal_writer_delay = '10s'`,
    `select pg_reload_conf()`,
  ),
} as const satisfies Record<string, Plant>;

export type PlantName = keyof typeof plants;
export const plantNames = Object.keys(plants) as PlantName[];
