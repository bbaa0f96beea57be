import { RateLimiterMemory } from 'rate-limiter-flexible';
import { secondsUntil } from './meter';

export interface Patience {
  /** Failures within a quarter of an hour that cost nothing: a clock that is off, a token that ran out. */
  readonly free: number;
}

const MEMORY_SECONDS = 900;
const LONGEST_LOCK_SECONDS = 300;

/** Counts failures by key and locks the key for longer with each one past the free ones: 1, 2, 4 … 300 seconds. */
export class Failures {
  readonly #counts = new RateLimiterMemory({ points: 1, duration: MEMORY_SECONDS });
  readonly #locks = new RateLimiterMemory({ points: 1, duration: LONGEST_LOCK_SECONDS });

  constructor(private readonly patience: Patience) {}

  /** Seconds the key is still locked, or zero. */
  async lockedFor(key: string): Promise<number> {
    const lock = await this.#locks.get(key);
    return lock === null || lock.msBeforeNext <= 0 ? 0 : secondsUntil(lock);
  }

  async add(key: string): Promise<void> {
    const { consumedPoints } = await this.#counts.penalty(key);
    const beyond = consumedPoints - this.patience.free;
    if (beyond > 0) await this.#locks.block(key, Math.min(2 ** (beyond - 1), LONGEST_LOCK_SECONDS));
  }
}
