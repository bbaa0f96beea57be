import { randomBytes } from 'node:crypto';
import { withClient } from '../../src/platform/database/embedded/client';
import { asLogin, currentRun, inDatabase, templateOf } from './run-context';

export interface TestDatabase {
  /** For arranging and for looking behind the walls. */
  readonly ownerUrl: string;
  /** What the product answers with. */
  readonly appUrl: string;
  /** What it carries out commands and jobs with. */
  readonly commandUrl: string;
  drop(): Promise<void>;
}

/** A migrated, empty database of the caller's own: one per test file. */
export const createDatabase = async (): Promise<TestDatabase> => {
  const run = currentRun();
  // Drawn, not counted: each file counts anew, and one that failed before it could drop its database must not fail the next.
  const name = `${run.prefix}_${randomBytes(6).toString('hex')}`;
  // Copying files beat the write-ahead log by a quarter when measured: nothing here waits for a disk.
  const clone = `create database ${name} template ${templateOf(run)} strategy file_copy`;
  await withClient(run.adminUrl, async (client) => {
    await client.query(clone);
    // A clone has the template’s rows and not its rights as a database, which the migration step sets.
    await client.query(`revoke temporary on database ${name} from public`);
  });
  const ownerUrl = inDatabase(run.adminUrl, name);
  return {
    ownerUrl,
    appUrl: asLogin(ownerUrl, run.logins.app),
    commandUrl: asLogin(ownerUrl, run.logins.commands),
    drop: async () => {
      await withClient(run.adminUrl, (client) => client.query(`drop database if exists ${name} with (force)`));
    },
  };
};

/** The settings by which a process finds it. */
export const addressesOf = ({ appUrl, commandUrl }: Pick<TestDatabase, 'appUrl' | 'commandUrl'>) => ({
  DATABASE_URL: appUrl,
  COMMAND_DATABASE_URL: commandUrl,
});

/** The server is every spec’s, and some make logins with the same roles: `audit:verify` names those that may connect. */
export const keepStrangersOut = async ({ ownerUrl }: Pick<TestDatabase, 'ownerUrl'>): Promise<void> => {
  const { app, commands } = currentRun().logins;
  const name = new URL(ownerUrl).pathname.slice(1);
  await withClient(ownerUrl, async (client) => {
    await client.query(`revoke connect on database ${name} from public`);
    await client.query(`grant connect on database ${name} to ${app.name}, ${commands.name}`);
  });
};
