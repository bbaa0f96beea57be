import { setTimeout as pause } from 'node:timers/promises';
import { findPostmaster } from './postmaster';
import { ensureRunning, type Server } from './server-process';

const watchEveryMs = 250;
const longestPauseMs = 5_000;

/** Brings the server back on the same port until it runs or nobody wants it any more. */
const revive = async (server: Server, isOver: () => boolean): Promise<void> => {
  let waitMs = 100;
  while (!isOver()) {
    try {
      const { pid, port } = await ensureRunning(server, false);
      server.log(`PostgreSQL is back: process ${pid} on port ${port}.`);
      return;
    } catch (error) {
      server.log(`PostgreSQL could not be restarted: ${(error as Error).message}`);
      await pause(waitMs, undefined, { ref: false });
      waitMs = Math.min(waitMs * 2, longestPauseMs);
    }
  }
};

/**
 * Watches by looking, not by the child's exit event: an adopted server is nobody's child.
 * The returned function ends the watch and waits for a restart under way, so that what follows may stop the server.
 */
export const supervise = (server: Server): (() => Promise<void>) => {
  let isOver = false;
  let reviving: Promise<void> | undefined;
  const look = (): void => {
    if (reviving !== undefined || findPostmaster(server.place.cluster) !== undefined) return;
    server.log('PostgreSQL has gone; restarting it.');
    reviving = revive(server, () => isOver).finally(() => (reviving = undefined));
  };
  const timer = setInterval(look, watchEveryMs).unref();
  return async () => {
    isOver = true;
    clearInterval(timer);
    await reviving;
  };
};
