import { accessSync, chmodSync, constants, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../src/platform/database/embedded';
import { findPostmaster, isAlive } from '../../src/platform/database/embedded/postmaster';
import { stopServer } from '../../src/platform/database/embedded/server-process';

const folderPrefix = 'handrail-test-';

/** A folder in memory, where Linux has one: each spec makes and drops a database of a thousand files. */
const MEMORY = '/dev/shm';
/** The databases of all that run at once, and a gigabyte of write-ahead log. Containers often have 64 MB. */
const ROOM_BYTES = 4 * 1024 ** 3;

const hasRoomInMemory = (): boolean => {
  try {
    accessSync(MEMORY, constants.W_OK | constants.X_OK);
    const { bavail, bsize } = statfsSync(MEMORY);
    return Math.min(bavail * bsize, freemem()) >= ROOM_BYTES;
  } catch {
    return false;
  }
};

export interface ThrowawayServer {
  readonly ownerUrl: string;
  stop(): Promise<void>;
}

/** A run that was killed leaves a server running in a folder that bears its process id. */
const sweepOne = async (folder: string): Promise<void> => {
  try {
    await stopServer(join(folder, 'postgres', 'cluster'));
    rmSync(folder, { recursive: true, force: true });
  } catch {
    // Another user's leftovers are that user's to sweep.
  }
};

const runFoldersIn = (place: string): string[] => {
  if (!existsSync(place)) return [];
  return readdirSync(place).filter((entry) => entry.startsWith(folderPrefix));
};

export const sweepDeadRuns = async (): Promise<void> => {
  for (const place of [tmpdir(), MEMORY]) {
    for (const name of runFoldersIn(place)) {
      const pid = Number(name.slice(folderPrefix.length).split('-')[0]);
      if (!isAlive(pid)) await sweepOne(join(place, name));
    }
  }
};

/** A folder for one run, swept by later runs should this one be killed. */
export const makeRunFolder = (): string => {
  const folder = mkdtempSync(join(hasRoomInMemory() ? MEMORY : tmpdir(), `${folderPrefix}${process.pid}-`));
  // As root the server runs as another user, who must get through; what is secret inside is closed by itself.
  chmodSync(folder, 0o755);
  return folder;
};

export const startThrowaway = async (): Promise<ThrowawayServer> => {
  const dataDir = makeRunFolder();
  const server = await startEmbedded({ dataDir, isThrowaway: true, log: () => undefined });
  const cluster = join(dataDir, 'postgres', 'cluster');
  /** The run may end where nothing can be awaited: Ctrl-C, or an exit forced by the runner. Nothing in it needs saving. */
  const end = (): void => {
    const running = findPostmaster(cluster);
    if (running !== undefined) process.kill(running.pid, 'SIGQUIT');
    rmSync(dataDir, { recursive: true, force: true });
  };
  const interrupt = (): void => {
    end();
    process.exit(130);
  };
  process.once('exit', end).once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const stop = async (): Promise<void> => {
    process.off('exit', end).off('SIGINT', interrupt).off('SIGTERM', interrupt);
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { ownerUrl: server.ownerUrl, stop };
};
