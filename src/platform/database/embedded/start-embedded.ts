import { createHmac } from 'node:crypto';
import { Client } from 'pg';
import { attend } from './attendants';
import { findBinaries } from './binaries';
import { withClient } from './client';
import type { Login } from './login';
import { ensureCluster, ownerName } from './cluster';
import { ensureRunning, type Server, stopServer } from './server-process';
import { openPlace, readAccess, type ServerAccess } from './server-place';
import { supervise } from './supervisor';

export interface EmbeddedOptions {
  /** Folder for the server's data and passwords; made when missing. */
  readonly dataDir: string;
  readonly log: (line: string) => void;
  /** For tests: gives up durability for speed. */
  readonly isThrowaway?: boolean;
}

export interface EmbeddedServer {
  /** Connects as the owner of the schema: migrations and role management, nothing else. */
  readonly ownerUrl: string;
  /** Connect as the two logins of the application, which `ensureLogins` makes after the migrations. */
  readonly appUrl: string;
  readonly commandUrl: string;
  readonly logins: { readonly app: Login; readonly commands: Login };
  readonly port: number;
  /** Ends the watch; stops the server unless another process still uses it. */
  stop(): Promise<void>;
}

const databaseName = 'handrail';
const appLoginName = 'handrail_api';
const commandLoginName = 'handrail_commands';

const urlOf = (user: string, password: string, port: number, database: string): string =>
  `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`;

/** By the passwords in the access file, beside which it would stand anyway: data folders from before have one there only. */
export const loginsOf = ({ ownerPassword, appPassword }: ServerAccess): EmbeddedServer['logins'] => ({
  app: { name: appLoginName, password: appPassword },
  commands: { name: commandLoginName, password: createHmac('sha256', ownerPassword).update(appPassword).digest('hex') },
});

/** 42P04 and 23505: several first starts at once all want to create it. */
const ensureDatabase = (adminUrl: string): Promise<void> =>
  withClient(adminUrl, async (client: Client) => {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [databaseName]);
    if (rowCount !== 0) return;
    await client.query(`create database ${databaseName}`).catch((error: unknown) => {
      if (!['42P04', '23505'].includes((error as { code?: string }).code ?? '')) throw error;
    });
  });

const connect = async (server: Server): Promise<Omit<EmbeddedServer, 'stop'>> => {
  const { port } = await ensureRunning(server, true);
  const access = readAccess(server.place);
  if (access === undefined) {
    throw new Error(`${server.place.accessFile} has gone; PostgreSQL cannot be reached without it.`);
  }
  await ensureDatabase(urlOf(ownerName, access.ownerPassword, port, 'postgres'));
  const logins = loginsOf(access);
  return {
    port,
    ownerUrl: urlOf(ownerName, access.ownerPassword, port, databaseName),
    appUrl: urlOf(logins.app.name, logins.app.password, port, databaseName),
    commandUrl: urlOf(logins.commands.name, logins.commands.password, port, databaseName),
    logins,
  };
};

/**
 * Starts PostgreSQL in `dataDir`, or joins the one that already runs there, and keeps it running until `stop`.
 * Several processes may share it. One that dies without `stop` leaves it running for the next start to take over.
 * Errors are meant for an operator: they say what is in the way and what to do.
 */
export const startEmbedded = async (options: EmbeddedOptions): Promise<EmbeddedServer> => {
  const place = openPlace(options.dataDir);
  const isThrowaway = options.isThrowaway ?? false;
  const server: Server = { place, binaries: findBinaries(), isThrowaway, log: options.log };
  const isNew = await ensureCluster(place, server.binaries, isThrowaway);
  if (isNew) options.log(`PostgreSQL's data folder is ready in ${place.home}.`);
  const attendance = attend(place);
  try {
    const reached = await connect(server);
    const endWatch = supervise(server);
    const stop = async (): Promise<void> => {
      await endWatch();
      if (attendance.leave()) await stopServer(place.cluster);
    };
    return { ...reached, stop };
  } catch (error) {
    if (attendance.leave()) await stopServer(place.cluster);
    throw error;
  }
};
