import { nextTry } from '../../../kernel/back-off';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;

/** After the nth failed attempt, so long until the next; the last one again and again. */
export const RETRY_DELAYS_MS: readonly [number, ...number[]] = [
  5 * SECOND_MS,
  30 * SECOND_MS,
  2 * MINUTE_MS,
  5 * MINUTE_MS,
  15 * MINUTE_MS,
  30 * MINUTE_MS,
  HOUR_MS,
  2 * HOUR_MS,
  4 * HOUR_MS,
  6 * HOUR_MS,
];
/** From the first attempt on; what has not arrived by then is a dead letter. */
export const RETRY_FOR_MS = 72 * HOUR_MS;
/** Up to so much of a delay is taken off, so that not all come back at the same moment. */
export const JITTER = 0.2;
/** A receiver that names a time is believed up to here. */
const LONGEST_WISH_MS = 6 * HOUR_MS;

export interface Failed {
  /** With the one that just failed. */
  readonly attempts: number;
  readonly firstAttemptAt: Date;
  readonly asOf: Date;
  /** `Retry-After` of the receiver, in seconds. */
  readonly retryAfterSeconds: number | null;
  /** From 0 to 1, thrown by the caller. */
  readonly chance: number;
}

/** When to try again; null: it has been tried for long enough. The last try is at the very end of the time. */
export const nextAttempt = ({ retryAfterSeconds, ...tried }: Failed): Date | null => {
  const wishMs = Math.min((retryAfterSeconds ?? 0) * SECOND_MS, LONGEST_WISH_MS);
  return nextTry({ delaysMs: RETRY_DELAYS_MS, forMs: RETRY_FOR_MS, jitter: JITTER }, { ...tried, wishMs });
};

export type Word =
  | { readonly is: 'TAKEN' }
  /** The receiver wants nothing more of it, ever. */
  | { readonly is: 'GONE' }
  | { readonly is: 'FAILED'; readonly retryAfterSeconds: number | null };

const secondsIn = (retryAfter: string | undefined): number | null =>
  retryAfter !== undefined && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : null;

/** What a receiver's answer means. Its body means nothing. */
export const wordOf = (status: number, retryAfter: string | undefined): Word => {
  if (status >= 200 && status < 300) return { is: 'TAKEN' };
  if (status === 410) return { is: 'GONE' };
  return { is: 'FAILED', retryAfterSeconds: secondsIn(retryAfter) };
};
