import { randomBytes } from 'node:crypto';
import { ensureLogins } from '../../src/platform/database/embedded';
import { withClient } from '../../src/platform/database/embedded/client';
import { migrate } from '../../src/platform/database/migrate';
import { DRIVEN_CLOCK } from './driven-clock';
import { keepForTeardown } from './open-run';
import { inDatabase, publishRun, type RunContext, templateOf } from './run-context';
import { startThrowaway, sweepDeadRuns, type ThrowawayServer } from './throwaway-server';

const namePrefix = 'handrail_test';

/** A server of the tester's own may stand anywhere and is left running. */
const openServer = async (): Promise<ThrowawayServer> => {
  const own = process.env['TEST_DATABASE_URL'];
  if (own !== undefined && own !== '') return { ownerUrl: own, stop: () => Promise.resolve() };
  await sweepDeadRuns();
  return startThrowaway();
};

const newRun = (adminUrl: string): RunContext => {
  const prefix = `${namePrefix}_${Date.now().toString(36)}_${process.pid}`;
  const login = (name: string) => ({ name: `${prefix}_${name}`, password: randomBytes(24).toString('hex') });
  return { adminUrl, prefix, logins: { app: login('api'), commands: login('commands') } };
};

const buildTemplate = async (run: RunContext): Promise<void> => {
  const template = templateOf(run);
  await withClient(run.adminUrl, (client) => client.query(`create database ${template}`));
  const templateUrl = inDatabase(run.adminUrl, template);
  await migrate(templateUrl);
  await withClient(templateUrl, (client) => client.query(DRIVEN_CLOCK));
  await ensureLogins(templateUrl, run.logins);
};

/** One server and one migrated template for the whole run; `createDatabase` clones it. */
const openTestServer = async (): Promise<void> => {
  const server = await openServer();
  const run = newRun(server.ownerUrl);
  keepForTeardown({ server, run });
  try {
    await buildTemplate(run);
  } catch (error) {
    await server.stop();
    throw error;
  }
  publishRun(run);
};

export = openTestServer;
