/** Longer than any request or task may take, shorter than orchestrators wait before they kill. */
const LIMIT_MS = 25_000;

/**
 * Ends the process once all is closed in order. What hangs, as a line to the database does that is dead and was never told, is left
 * behind: everything that was acknowledged is committed.
 */
export const stopInTime = async (close: () => Promise<void>): Promise<never> => {
  const timer = setTimeout(() => {
    process.stderr.write(`Not everything could be closed within ${LIMIT_MS / 1000} s; it was left behind.\n`);
    process.exit(1);
  }, LIMIT_MS);
  await close();
  clearTimeout(timer);
  return process.exit(0);
};
