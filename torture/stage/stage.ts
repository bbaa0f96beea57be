import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../src/platform/database/embedded/free-port';
import { closeIfInterrupted } from './closing';
import { DatabaseServer } from './database-server';
import { mountDisk, type Disk } from './disk';
import { Program } from './program';
import { Receiver } from './receiver';
import { TcpProxy } from './tcp-proxy';

/** A process of Handrail, its own way to the database, and for an API the clients’ way to it. */
export interface Seat {
  readonly program: Program;
  readonly toDatabase: TcpProxy;
}
export interface ApiSeat extends Seat {
  /** Where it listens itself. */
  readonly port: number;
  readonly fromClients: TcpProxy;
}

export interface Stage {
  readonly database: DatabaseServer;
  readonly apis: readonly ApiSeat[];
  readonly workers: readonly Seat[];
  /** Where its own disk is mounted; null where the machine does not let us. */
  readonly disk: Disk | null;
  readonly environment: (databasePort: number) => NodeJS.ProcessEnv;
  /** Where partner systems are told of offers. */
  readonly receiver: Receiver;
  readonly logs: string;
  /** How long its programs took to start: what this machine is capable of today. */
  startMs: number;
  close(isKept: boolean): Promise<void>;
}

/** Few connections, so that they can run out. */
const POOL_SIZE = '6';
/** A start that waits for two others on a busy machine is slow, and not what is measured here. */
const READY_MS = 240_000;

const environmentOf =
  (database: DatabaseServer, dataDir: string) =>
  (databasePort: number): NodeJS.ProcessEnv => ({
    ...{ NODE_ENV: 'development', HOST: '127.0.0.1', LOG_LEVEL: 'warn', HANDRAIL_DATA_DIR: dataDir },
    ...{ HANDRAIL_WORKER: 'off', HANDRAIL_SAMPLE_REGION: 'off', HANDRAIL_DEVELOPMENT_KEYS: 'on' },
    ...{ DATABASE_POOL_SIZE: POOL_SIZE, ...database.addressesThrough(databasePort) },
    // In development every start migrates, as the owner: nothing to do, by several at once.
    ...{ MIGRATION_DATABASE_URL: database.ownerUrl, RATE_LIMIT_PERCENT: '100000' },
    OUTBOUND_HOSTS: 'localhost',
  });

export const isReady = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(3_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

export const untilReady = async (port: number): Promise<void> => {
  for (const until = performance.now() + READY_MS; performance.now() < until;) {
    await pause(50);
    if (await isReady(port)) return;
  }
  throw new Error('an API did not get ready');
};

/** Two APIs and two workers, each behind a proxy, on a copy of a migrated database. */
export const openStage = async (template: string, hasOwnDisk: boolean): Promise<Stage> => {
  const home = mkdtempSync(join(tmpdir(), 'handrail-torture-'));
  // As root the server runs as another user, who must get through.
  chmodSync(home, 0o755);
  const logs = join(home, 'logs');
  const [dataDir, keys] = [join(home, 'data'), join(home, 'keys')];
  mkdirSync(logs);
  mkdirSync(dataDir, { mode: 0o755 });
  const disk = hasOwnDisk ? await mountDisk(dataDir) : null;
  const database = await DatabaseServer.open(template, dataDir);
  const receiver = new Receiver();
  await receiver.open();
  const environment = environmentOf(database, keys);
  const seat = async (name: string, file: string, more: NodeJS.ProcessEnv = {}): Promise<Seat> => {
    const toDatabase = await TcpProxy.open(database.port);
    const options = {
      name,
      file,
      environment: { ...environment(toDatabase.port), ...more },
      logFile: join(logs, `${name}.log`),
    };
    return { program: new Program(options), toDatabase };
  };
  const apiSeat = async (name: string): Promise<ApiSeat> => {
    const port = await freePort();
    return {
      ...(await seat(name, 'src/main.js', { PORT: String(port) })),
      port,
      fromClients: await TcpProxy.open(port),
    };
  };
  const apis = [await apiSeat('api-1'), await apiSeat('api-2')];
  const workers = [await seat('worker-1', 'src/worker.js'), await seat('worker-2', 'src/worker.js')];
  const close = async (isKept: boolean): Promise<void> => {
    forget();
    const seats: Seat[] = [...apis, ...workers];
    await Promise.all(seats.map(({ program }) => program.end('SIGKILL')));
    for (const { toDatabase } of seats) toDatabase.close();
    for (const { fromClients } of apis) fromClients.close();
    receiver.close();
    database.keepLog(join(logs, 'postgres.log'));
    await database.stop();
    await disk?.unmount();
    for (const folder of isKept ? [dataDir, keys] : [home]) rmSync(folder, { recursive: true, force: true });
  };
  const forget = closeIfInterrupted(() => close(false));
  return { database, apis, workers, disk, environment, receiver, logs, startMs: 0, close };
};

export const seatsOf = ({ apis, workers }: Stage): readonly Seat[] => [...apis, ...workers];

/** Everything runs, nothing is in the way. */
export const calm = async (stage: Stage): Promise<void> => {
  for (const { toDatabase } of seatsOf(stage)) toDatabase.clear();
  for (const { fromClients } of stage.apis) fromClients.clear();
  await stage.disk?.free();
  await stage.database.untilBack();
  for (const { program } of seatsOf(stage)) {
    program.start();
    program.skew(0);
  }
  for (const { port } of stage.apis) await untilReady(port);
};
