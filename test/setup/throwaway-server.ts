import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../src/platform/database/embedded';
import { findPostmaster, isAlive } from '../../src/platform/database/embedded/postmaster';
import { stopServer } from '../../src/platform/database/embedded/server-process';

const folderPrefix = 'handrail-test-';

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

export const sweepDeadRuns = async (): Promise<void> => {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(folderPrefix))) {
    const pid = Number(name.slice(folderPrefix.length).split('-')[0]);
    if (!isAlive(pid)) await sweepOne(join(tmpdir(), name));
  }
};

/** A folder for one run, swept by later runs should this one be killed. */
export const makeRunFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), `${folderPrefix}${process.pid}-`));
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
