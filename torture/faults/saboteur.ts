import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { isBy } from '../dice';
import type { Scene } from './faults';

/** Where commands of every sort pass by. */
const TABLES = [
  'bed_pool',
  'referral',
  'offer',
  'outbox_event',
  'idempotency_key',
  'audit_entry',
  'pgboss.job',
  'clock',
];
/** Longer than Handrail waits for a lock. */
const LONG_LOCK_MS = 10_000;

/** Somebody with a migration by hand, or a backup tool, sits on a table. */
export const lockTable = async ({ stage, dice, lengthMs }: Scene): Promise<string> => {
  const table = dice.oneOf(TABLES);
  const heldMs = isBy(dice, 0.25) ? Math.max(lengthMs, LONG_LOCK_MS) : dice.between(300, lengthMs);
  const client = await stage.database.connect('saboteur');
  try {
    await client.query('begin');
    await client.query(`set local lock_timeout = '5s'`);
    await client.query(`lock table ${table} in access exclusive mode`);
    await pause(heldMs);
    await client.query('commit');
  } finally {
    await client.end().catch(() => undefined);
  }
  return `${table} for ${heldMs} ms`;
};

/** Every write of one table takes long, now and then longer than a statement may. */
export const slowDown = async ({ stage, dice, lengthMs }: Scene): Promise<string> => {
  const table = dice.oneOf(['bed_pool', 'referral', 'offer', 'outbox_event', 'hold']);
  const seconds = isBy(dice, 0.15) ? 16 : dice.between(100, 1_500) / 1_000;
  await stage.database.ask('insert into torture.slowness values ($1, $2) on conflict do nothing', [table, seconds]);
  await pause(lengthMs);
  await stage.database.ask('delete from torture.slowness where "table" = $1', [table]);
  return `${table}, each row ${seconds} s`;
};

/** Somebody else’s program takes every connection that the server has to give. */
export const holdConnections = async ({ stage, dice, lengthMs }: Scene): Promise<string> => {
  const { COMMAND_DATABASE_URL: url } = stage.database.addressesThrough(stage.database.port);
  const taken: Client[] = [];
  const take = async (): Promise<void> => {
    const client = new Client({ connectionString: url, application_name: 'hoarder' });
    client.on('error', () => undefined);
    await client.connect();
    taken.push(client);
  };
  try {
    // As the application’s login: the few that are kept for the owner stay free.
    while (taken.length < 120) await take();
  } catch {
    // That was the last one.
  }
  // Who holds none now gets none.
  const api = dice.oneOf(stage.apis);
  api.toDatabase.cut();
  await pause(dice.between(300, lengthMs));
  await Promise.all(taken.map((client) => client.end().catch(() => undefined)));
  return `${taken.length} connections`;
};

/** Hours go by at once for some of what waits: an offer’s time to decide, a hold’s end. */
export const letTimePass = async ({ stage, dice }: Scene): Promise<string> => {
  const share = dice.between(10, 60) / 100;
  const client = await stage.database.connect('time');
  try {
    await client.query(`set lock_timeout = '3s'`);
    const offers = await client.query(
      `update offer set decide_by = clock_timestamp() where state in ('PENDING', 'ACKNOWLEDGED') and random() < $1`,
      [share],
    );
    const holds = await client.query(
      `update hold set ends_at = clock_timestamp() + random() * interval '1 second' where state = 'ACTIVE' and ends_at is not null and random() < $1`,
      [share],
    );
    return `${offers.rowCount ?? 0} offers and ${holds.rowCount ?? 0} holds are due`;
  } finally {
    await client.end().catch(() => undefined);
  }
};
