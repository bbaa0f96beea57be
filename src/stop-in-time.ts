/** Longer than any request or task may take, shorter than orchestrators wait before they kill. */
const LIMIT_MS = 25_000;

type Close = () => Promise<void>;

/** What is open by now, the last opened first. */
const open: Close[] = [];

/** Closed when the process is told to stop, before what was opened earlier. */
export const closeAtStop = (close: Close): void => {
  open.unshift(close);
};

/** Called first, so that what is told to stop while it starts leaves nothing running either. */
export const stopOnSignals = (): void => {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) return;
    isStopping = true;
    void stopInTime();
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
};

/**
 * Ends the process once all is closed in order. What hangs, as a line to the database does that is dead and was never told, is left
 * behind: everything that was acknowledged is committed. What cannot be closed keeps nothing else open.
 */
const stopInTime = async (): Promise<never> => {
  setTimeout(() => {
    process.stderr.write(`Not everything could be closed within ${LIMIT_MS / 1000} s; it was left behind.\n`);
    process.exit(1);
  }, LIMIT_MS);
  for (const close of open) {
    await close().catch((error: unknown) => {
      process.stderr.write(`Not closed: ${error instanceof Error ? error.message : String(error)}\n`);
    });
  }
  return process.exit(0);
};
