import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import type { ServerBinaries } from './binaries';
import { freePort, isFree } from './free-port';
import { findPostmaster, pidFile, type Postmaster, readText } from './postmaster';
import { readAccess, type ServerPlace, writeAccess } from './server-place';
import { serverArguments } from './server-settings';
import { explainClosedFolder } from './server-user';

export interface Server {
  readonly place: ServerPlace;
  readonly binaries: ServerBinaries;
  readonly isThrowaway: boolean;
  readonly log: (line: string) => void;
}

const logLimitBytes = 10 * 1024 * 1024;
/** Longer than any recovery seen on a small machine; a server that is alive and recovering is left to it. */
const patienceMs = 120_000;

const sizeOf = (file: string): number => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

const openLog = ({ logFile }: ServerPlace): number => {
  if (sizeOf(logFile) > logLimitBytes) renameSync(logFile, `${logFile}.1`);
  return openSync(logFile, 'a', 0o600);
};

/** In a session of its own: Ctrl-C in the terminal must reach Handrail only, which still needs the server to finish. */
const spawnServer = ({ place, binaries, isThrowaway }: Server, port: number): { hasEnded: () => boolean } => {
  const ids = place.user === undefined ? {} : { uid: place.user.uid, gid: place.user.gid };
  const output = openLog(place);
  let isOver = false;
  const child = spawn(binaries.postgres, ['-D', place.cluster, '-p', String(port), ...serverArguments(isThrowaway)], {
    ...ids,
    cwd: '/',
    detached: true,
    stdio: ['ignore', output, output],
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
  closeSync(output);
  child.once('exit', () => (isOver = true));
  child.once('error', () => (isOver = true));
  child.unref();
  return { hasEnded: () => isOver };
};

/** Whoever is not a server on this folder does not keep it closed: a stale pid may by now be any program's. */
const clearStalePid = ({ cluster }: ServerPlace): void => {
  const seen = readText(pidFile(cluster));
  if (findPostmaster(cluster) === undefined && seen === readText(pidFile(cluster))) {
    rmSync(pidFile(cluster), { force: true });
  }
};

/** Decides whether a server that ended before it was ready is worth another try; throws with its own words when not. */
const judgeEarlyEnd = ({ place, binaries }: Server, told: string): void => {
  if (findPostmaster(place.cluster) !== undefined) return;
  if (told.includes('postmaster.pid')) {
    clearStalePid(place);
    return;
  }
  // After kill -9 of the postmaster its children need a moment to notice; and a port can be lost to somebody faster.
  if (told.includes('shared memory block') || told.includes('could not bind')) return;
  explainClosedFolder('its programs in node_modules', binaries.postgres, place.user);
  explainClosedFolder('the data folder', place.cluster, place.user);
  throw new Error(
    `PostgreSQL ended while starting: ${told.trim().split('\n').slice(-3).join(' | ') || 'it said nothing'}`,
  );
};

const launch = async (server: Server, port: number): Promise<void> => {
  const { place } = server;
  const logStart = sizeOf(place.logFile);
  const child = spawnServer(server, port);
  while (!child.hasEnded()) {
    if (findPostmaster(place.cluster)?.isReady === true) return;
    await pause(20);
  }
  const wholeLog = readFileSync(place.logFile);
  judgeEarlyEnd(server, wholeLog.subarray(wholeLog.length >= logStart ? logStart : 0).toString());
};

const choosePort = async ({ place, log }: Server, mayMove: boolean): Promise<number | undefined> => {
  const access = readAccess(place);
  if (access === undefined) throw new Error(`The data folder ${place.dataDir} lost its ${place.accessFile}.`);
  if (await isFree(access.port)) return access.port;
  if (!mayMove) return undefined;
  const port = await freePort();
  log(`Port ${access.port} is taken by another program; PostgreSQL moves to ${port}.`);
  writeAccess(place, { ...access, port });
  return port;
};

/**
 * The ready server of this place: the one that runs, whoever started it, or a new one. PostgreSQL's own lock on its
 * folder decides between several starts at once; who loses finds the winner. `mayMove` allows another port when the usual one is taken.
 */
export const ensureRunning = async (server: Server, mayMove: boolean): Promise<Postmaster> => {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    const running = findPostmaster(server.place.cluster);
    if (running?.isReady === true) return running;
    const port = running === undefined ? await choosePort(server, mayMove) : undefined;
    if (port !== undefined) await launch(server, port);
    if (findPostmaster(server.place.cluster)?.isReady !== true) await pause(100);
  }
  throw new Error(`PostgreSQL was not ready within ${patienceMs / 1000} s; its log is ${server.place.logFile}.`);
};

const isGoneWithin = async (cluster: string, limitMs: number): Promise<boolean> => {
  const deadline = Date.now() + limitMs;
  while (findPostmaster(cluster) !== undefined) {
    if (Date.now() > deadline) return false;
    await pause(20);
  }
  return true;
};

/** Fast shutdown: clients are cut off, everything committed is kept. Immediate if that hangs; recovery follows at the next start. */
export const stopServer = async (cluster: string): Promise<void> => {
  for (const [signal, limitMs] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    const running = findPostmaster(cluster);
    if (running === undefined) return;
    process.kill(running.pid, signal);
    if (await isGoneWithin(cluster, limitMs)) return;
  }
};
