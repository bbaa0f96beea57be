import type { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { PATH_OPTION } from './session-path';

/** Startup parameters: every pooled connection works as the role that owns nothing, whoever signed in. */
const sessionOptions = (role: string): string =>
  [
    `-c role=${role}`,
    PATH_OPTION,
    '-c statement_timeout=15000',
    '-c lock_timeout=8000',
    '-c idle_in_transaction_session_timeout=15000',
    '-c timezone=UTC',
  ].join(' ');

/**
 * Our statements are named and written for any values, so one plan will do. Left to choose, PostgreSQL plans `= any($1)` anew each
 * time, because its plan for any list expects ten rows: that was four fifths of the time of reading one record.
 */
const PLAN_ONCE = '-c plan_cache_mode=force_generic_plan';

export interface PoolLimits {
  readonly poolSize: number;
  /** How long one may wait for a connection, milliseconds. */
  readonly waitMs: number;
}

/** The application’s pool. TypeORM makes and ends it; statements go through it pipelined. */
export const openDataSource = async (url: string, { poolSize, waitMs }: PoolLimits): Promise<DataSource> => {
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    installExtensions: false,
    logging: false,
    applicationName: 'handrail',
    extra: {
      max: poolSize,
      pipeline: true,
      connectionTimeoutMillis: waitMs,
      // Above the server’s own limit: for a server that does not answer at all.
      query_timeout: 20_000,
      keepAlive: true,
      // A plan lives as long as its connection: a table that has grown is planned anew within ten minutes.
      maxLifetimeSeconds: 600,
      options: `${sessionOptions('handrail_app')} ${PLAN_ONCE}`,
    },
  }).initialize();
  // A connection that dies while idle is replaced on the next use; without a listener it would end the process.
  poolOf(dataSource).on('error', () => undefined);
  return dataSource;
};

export const poolOf = (dataSource: DataSource): Pool => (dataSource.driver as unknown as { master: Pool }).master;

/** The same address, signed in as the role that works across agencies: for the job library’s own tables. */
export const workerUrl = (url: string): string => {
  const address = new URL(url);
  address.searchParams.set('options', sessionOptions('handrail_worker'));
  return address.toString();
};
