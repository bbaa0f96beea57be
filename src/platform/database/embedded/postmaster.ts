import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** What a running PostgreSQL says of itself in `postmaster.pid`. */
export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly isReady: boolean;
}

export const pidFile = (cluster: string): string => join(cluster, 'postmaster.pid');

/** Alive also when it belongs to somebody else (EPERM). */
export const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const commandOf = (pid: number): string[] => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return commandFromPs(pid);
  }
};

const commandFromPs = (pid: number): string[] => {
  try {
    return execFileSync('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .split(' ');
  } catch {
    return [];
  }
};

/** A pid is soon somebody else's; only a postgres that was started on this very folder is ours. */
const servesCluster = (pid: number, cluster: string): boolean => {
  const [program = '', ...args] = commandOf(pid);
  return /postgres$/.test(program) && args.join(' ').includes(`-D ${cluster}`);
};

export const readText = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
};

const linesOf = (cluster: string): string[] => (readText(pidFile(cluster)) ?? '').split('\n');

/** Process 1 is never ours, and 0 and negative numbers mean groups of processes. */
const isOurs = (pid: number, folder: string | undefined, cluster: string): boolean =>
  Number.isInteger(pid) && pid > 1 && isAlive(pid) && folder === realpathSync(cluster) && servesCluster(pid, folder);

/**
 * The live PostgreSQL of this data folder, whoever started it. Undefined for no file, a stale file, a pid that
 * has passed to another program, and a server on another folder. The file's lines: pid, folder, start, port, socket,
 * address, memory key, state.
 */
export const findPostmaster = (cluster: string): Postmaster | undefined => {
  const [first, folder, , port, , , , state] = linesOf(cluster);
  const pid = Number(first);
  if (!isOurs(pid, folder, cluster)) return undefined;
  return { pid, port: Number(port), isReady: state?.trim() === 'ready' };
};
