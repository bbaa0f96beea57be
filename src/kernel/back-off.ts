/** How often something is tried again, and how long. */
export interface BackOff {
  /** After the nth failed attempt, so long until the next; the last one again and again. */
  readonly delaysMs: readonly [number, ...number[]];
  /** From the first attempt on. */
  readonly forMs: number;
  /** Up to this share of a delay is taken off, so that not all come back at the same moment. */
  readonly jitter: number;
}

export interface Tried {
  /** With the one that just failed. */
  readonly attempts: number;
  readonly firstAttemptAt: Date;
  readonly asOf: Date;
  /** From 0 to 1, thrown by the caller. */
  readonly chance: number;
  /** Not before so long from now. */
  readonly wishMs?: number;
}

/** When to try again; null: it has been tried for long enough. The last try is at the very end of the time. */
export const nextTry = ({ delaysMs, forMs, jitter }: BackOff, tried: Tried): Date | null => {
  const { attempts, firstAttemptAt, asOf, chance, wishMs = 0 } = tried;
  const end = firstAttemptAt.getTime() + forMs;
  if (asOf.getTime() >= end) return null;
  const longest = delaysMs.at(-1) as number;
  const delay = delaysMs[Math.max(0, attempts - 1)] ?? longest;
  const wait = Math.max(delay * (1 - jitter * chance), wishMs);
  return new Date(Math.min(asOf.getTime() + wait, end));
};
