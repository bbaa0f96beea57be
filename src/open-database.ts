import type { Settings } from './platform/config';
import { ensureLogins, startEmbedded } from './platform/database/embedded';
import { checkAddresses, checkOwner } from './platform/database/login-check';
import { migrate } from './platform/database/migrate';
import { closeAtStop } from './stop-in-time';

export interface OpenDatabase {
  /** With the addresses filled in. */
  readonly settings: Settings;
  close(): Promise<void>;
}

/**
 * The database the settings name, or the embedded one. The embedded one, and in development a named one, is migrated on the
 * way; in production migrations are a step of their own, taken as the owner.
 */
export const openDatabase = async (settings: Settings): Promise<OpenDatabase> => {
  if (settings.databaseUrl === undefined) return openEmbedded(settings);
  if (!settings.isProduction && settings.migrationDatabaseUrl !== undefined) {
    await checkOwner(settings.migrationDatabaseUrl);
    await migrate(settings.migrationDatabaseUrl);
  }
  const { databaseUrl, commandDatabaseUrl = databaseUrl } = settings;
  await checkAddresses({ DATABASE_URL: databaseUrl, COMMAND_DATABASE_URL: commandDatabaseUrl }, settings.isProduction);
  return { settings, close: () => Promise.resolve() };
};

/** Starts something upon what is open; where that fails, it is closed: nothing is left running that nobody uses. */
export const startUpon = async <Opened extends { close(): Promise<void> }, Started>(
  opened: Opened,
  start: (opened: Opened) => Promise<Started>,
): Promise<Started> => {
  try {
    return await start(opened);
  } catch (error) {
    // Why it failed is what is told.
    await opened.close().catch(() => undefined);
    throw error;
  }
};

const openEmbedded = async (settings: Settings): Promise<OpenDatabase> => {
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const starting = startEmbedded({ dataDir: settings.dataDir, log });
  closeAtStop(async () => (await starting).stop());
  const server = await starting;
  const { appUrl: databaseUrl, commandUrl: commandDatabaseUrl, ownerUrl: migrationDatabaseUrl } = server;
  const opened = {
    settings: settings.with({ databaseUrl, commandDatabaseUrl, migrationDatabaseUrl }),
    close: () => server.stop(),
  };
  return startUpon(opened, async () => {
    await migrate(server.ownerUrl);
    await ensureLogins(server.ownerUrl, server.logins);
    return opened;
  });
};
