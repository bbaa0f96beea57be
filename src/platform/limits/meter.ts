import { BurstyRateLimiter, RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';
import type { Budget } from './budgets';

const MINUTE_SECONDS = 60;
const BURST_SECONDS = 600;

/** Seconds until something is left again, at least one. */
export const secondsUntil = ({ msBeforeNext }: { readonly msBeforeNext: number }): number =>
  Math.max(1, Math.ceil(msBeforeNext / 1000));

/** One budget, counted by key in the memory of this process: it costs no round trip. */
export class Meter {
  readonly #limiter: BurstyRateLimiter;

  /** `percent` of the budget, at least one a minute. */
  constructor({ perMinute, burst }: Budget, percent: number) {
    const share = (points: number): number => Math.max(1, Math.floor((points * percent) / 100));
    this.#limiter = new BurstyRateLimiter(
      new RateLimiterMemory({ points: share(perMinute), duration: MINUTE_SECONDS }),
      new RateLimiterMemory({ points: share(burst), duration: BURST_SECONDS }),
    );
  }

  /** Zero when `points` were left and are spent now; else the seconds to wait. */
  async spend(key: string, points: number): Promise<number> {
    try {
      await this.#limiter.consume(key, points);
      return 0;
    } catch (refused) {
      if (refused instanceof RateLimiterRes) return secondsUntil(refused);
      throw refused;
    }
  }
}
