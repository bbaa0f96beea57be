import { settingsFrom } from '../platform/config';
import { ensureLogin, startEmbedded } from '../platform/database/embedded';
import { migrate } from '../platform/database/migrate';

/**
 * `npm run migrate`: brings the schema up to date as its owner, and gives the application’s login the roles it needs when
 * both addresses are known. Safe to run again, and by several at once.
 */
const run = async (): Promise<void> => {
  const settings = settingsFrom(process.env, 'migrate');
  if (settings.migrationDatabaseUrl !== undefined) {
    await migrate(settings.migrationDatabaseUrl);
    if (settings.databaseUrl !== undefined && settings.databaseUrl !== settings.migrationDatabaseUrl) {
      const { username, password } = new URL(settings.databaseUrl);
      await ensureLogin(settings.migrationDatabaseUrl, decodeURIComponent(username), decodeURIComponent(password));
    }
    return;
  }
  const server = await startEmbedded({
    dataDir: settings.dataDir,
    log: (line) => void process.stderr.write(`${line}\n`),
  });
  try {
    await migrate(server.ownerUrl);
    await ensureLogin(server.ownerUrl, server.appLogin.name, server.appLogin.password);
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
