import { withClient } from '../../src/platform/database/embedded/client';
import type { RunContext } from './run-context';
import type { ThrowawayServer } from './throwaway-server';

export interface OpenRun {
  readonly server: ThrowawayServer;
  readonly run: RunContext;
}

/** Setup and teardown are loaded apart from each other; the process is what they share. */
const holder = globalThis as { handrailTestRun?: OpenRun };

export const keepForTeardown = (open: OpenRun): void => {
  holder.handrailTestRun = open;
};

export const openRun = (): OpenRun | undefined => holder.handrailTestRun;

const forgottenAfterMs = 6 * 3_600_000;

/** Names read `handrail_test_<time>_…`: this run's, and those of runs so old that nobody can be in them. */
const isStray = (name: string, prefix: string): boolean => {
  const time = parseInt(name.split('_')[2] ?? '', 36);
  return name.startsWith(`${prefix}_`) || Date.now() - time > forgottenAfterMs;
};

/** On a server that outlives the run, nothing of it may stay behind. */
export const removeTraces = ({ adminUrl, prefix }: RunContext): Promise<void> =>
  withClient(adminUrl, async (client) => {
    const strays = async (sql: string): Promise<string[]> =>
      (await client.query<{ name: string }>(sql)).rows.map(({ name }) => name).filter((name) => isStray(name, prefix));
    const databases = "select datname as name from pg_database where datname like 'handrail\\_test\\_%'";
    for (const name of await strays(databases)) {
      await client.query(`drop database if exists ${name} with (force)`);
    }
    const roles = "select rolname as name from pg_roles where rolname like 'handrail\\_test\\_%'";
    for (const name of await strays(roles)) await client.query(`drop role if exists ${name}`);
  });
