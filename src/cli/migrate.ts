import { settingsFrom, type Settings } from '../platform/config';
import { ensureLogins, startEmbedded, type Login } from '../platform/database/embedded';
import { checkOwner } from '../platform/database/login-check';
import { migrate } from '../platform/database/migrate';

/** Whom an address signs in, unless that is the owner. */
const loginOf = (url: string | undefined, { migrationDatabaseUrl }: Settings): Login | undefined => {
  if (url === undefined || url === migrationDatabaseUrl) return undefined;
  const { username, password } = new URL(url);
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) };
};

/**
 * `npm run migrate`: brings the schema up to date as its owner, and gives the logins whose addresses are known the roles they
 * need and no other. Safe to run again, and by several at once.
 */
const run = async (): Promise<void> => {
  const settings = settingsFrom(process.env, 'migrate');
  if (settings.migrationDatabaseUrl !== undefined) {
    await checkOwner(settings.migrationDatabaseUrl);
    await migrate(settings.migrationDatabaseUrl);
    const [app, commands] = [settings.databaseUrl, settings.commandDatabaseUrl].map((url) => loginOf(url, settings));
    await ensureLogins(settings.migrationDatabaseUrl, { app, commands });
    return;
  }
  const server = await startEmbedded({
    dataDir: settings.dataDir,
    log: (line) => void process.stderr.write(`${line}\n`),
  });
  try {
    await migrate(server.ownerUrl);
    await ensureLogins(server.ownerUrl, server.logins);
  } finally {
    await server.stop();
  }
};

run().then(
  () => process.stdout.write('The schema is up to date.\n'),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
