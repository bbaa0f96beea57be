import type { Client, Pool } from 'pg';
import { migrations } from '../../../migrations';
import { newestMigration } from './migrate';

export const isReachable = async (pool: Pool): Promise<boolean> => (await pool.query('select 1')).rowCount === 1;

/** The database has at least the newest migration this program knows. */
export const isMigrated = async (pool: Pool): Promise<boolean> =>
  (await pool.query('select from migrations where name = $1', [newestMigration()])).rowCount === 1;

/** Why the schema is not the one that this program’s migrations make, with the remedy; null where it is. */
export const schemaProblem = async (client: Client): Promise<string | null> => {
  const { rows: tables } = await client.query("select to_regclass('public.migrations') as found");
  const found: { name: string }[] =
    (tables as { found: string | null }[])[0]?.found == null
      ? []
      : (await client.query<{ name: string }>('select name from public.migrations')).rows;
  const known = new Set<string>(migrations.map(({ name }) => name));
  if (found.some(({ name }) => !known.has(name))) {
    return 'The database was migrated further than this program knows: use the program that migrated it.';
  }
  return found.length < known.size ? 'The database is not migrated yet: run `npm run migrate` first.' : null;
};
