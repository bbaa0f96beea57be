import { withClient } from '../../src/platform/database/embedded/client';
import type { RunContext } from './run-context';
import type { ThrowawayServer } from './throwaway-server';

interface OpenRun {
  readonly server: ThrowawayServer;
  readonly run: RunContext;
}

/** Setup and teardown are loaded apart from each other; the process is what they share. */
const holder = globalThis as { handrailTestRun?: OpenRun };

const forgottenAfterMs = 6 * 3_600_000;

export const keepForTeardown = (server: ThrowawayServer, run: RunContext): void => {
  holder.handrailTestRun = { server, run };
};

/** Names read `handrail_test_<time>_…`: this run's, and those of runs so old that nobody can be in them. */
const isStray = (name: string, prefix: string): boolean => {
  const time = parseInt(name.split('_')[2] ?? '', 36);
  return name.startsWith(`${prefix}_`) || Date.now() - time > forgottenAfterMs;
};

const namesOf = async (
  client: { query(sql: string): Promise<{ rows: { name: string }[] }> },
  sql: string,
  prefix: string,
) => (await client.query(sql)).rows.map((row) => row.name).filter((name) => isStray(name, prefix));

/** On a server that outlives the run, nothing of it may stay behind. */
const removeTraces = ({ adminUrl, prefix }: RunContext): Promise<void> =>
  withClient(adminUrl, async (client) => {
    const databases = "select datname as name from pg_database where datname like 'handrail\\_test\\_%'";
    for (const name of await namesOf(client, databases, prefix))
      await client.query(`drop database if exists ${name} with (force)`);
    const roles = "select rolname as name from pg_roles where rolname like 'handrail\\_test\\_%'";
    for (const name of await namesOf(client, roles, prefix)) await client.query(`drop role if exists ${name}`);
  });

export default async function closeTestServer(): Promise<void> {
  const open = holder.handrailTestRun;
  if (open === undefined) return;
  try {
    if (process.env['TEST_DATABASE_URL']) await removeTraces(open.run);
  } finally {
    await open.server.stop();
  }
}
