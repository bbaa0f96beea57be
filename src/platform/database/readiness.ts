import type { Pool } from 'pg';
import { newestMigration } from './migrate';

export const isReachable = async (pool: Pool): Promise<boolean> => (await pool.query('select 1')).rowCount === 1;

/** The database has at least the newest migration this program knows. */
export const isMigrated = async (pool: Pool): Promise<boolean> =>
  (await pool.query('select from migrations where name = $1', [newestMigration()])).rowCount === 1;
