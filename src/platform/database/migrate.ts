import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations';
import { prepareQueues } from '../jobs/prepare-queues';
import { withOurPath } from './session-path';

/** Any number, the same everywhere: whoever migrates first makes the others wait and find nothing to do. */
const MIGRATION_LOCK = 727_274_911;

/**
 * Brings the database to the newest schema. Safe when several processes start at once; does nothing when there is nothing
 * to do. Needs the owner’s address: the application’s own role owns nothing and cannot change the schema.
 */
export const migrate = async (url: string): Promise<void> => {
  const ownerUrl = withOurPath(url);
  const lock = new Client({ connectionString: ownerUrl });
  lock.on('error', () => undefined);
  await lock.connect();
  try {
    await lock.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await runMigrations(ownerUrl);
    await lock.query('call app.pass_sealed_transactions()');
    await prepareQueues(ownerUrl);
  } finally {
    await lock.end();
  }
};

const runMigrations = async (ownerUrl: string): Promise<void> => {
  const dataSource = new DataSource({
    type: 'postgres',
    url: ownerUrl,
    migrations: [...migrations],
    installExtensions: false,
  });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'each' });
    // PostgreSQL lets everybody make temporary tables, and a session finds those before ours.
    await dataSource.query(
      `do $$ begin execute format('revoke temporary on database %I from public', current_database()); end $$`,
    );
    // Readiness looks whether the schema is new enough.
    await dataSource.query('grant select on migrations to handrail_app');
  } finally {
    await dataSource.destroy();
  }
};

/** The name of the newest migration this program knows; readiness compares it with the database’s. */
export const newestMigration = (): string => migrations.at(-1)?.name ?? '';
