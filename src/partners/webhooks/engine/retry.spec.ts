import { assert, date, double, integer, option, property } from 'fast-check';
import { JITTER, nextAttempt, RETRY_DELAYS_MS, RETRY_FOR_MS, wordOf } from './retry';

const start = new Date('2026-03-01T00:00:00Z');
const after = (ms: number): Date => new Date(start.getTime() + ms);

/** All attempts of a delivery whose receiver never answers, in milliseconds from the first. */
const attemptsOf = (chance: number): number[] => {
  const times = [0];
  for (let asOf: Date | null = start; asOf;) {
    const next: Date | null = nextAttempt({
      attempts: times.length,
      firstAttemptAt: start,
      asOf,
      retryAfterSeconds: null,
      chance,
    });
    if (next) times.push(next.getTime() - start.getTime());
    asOf = next;
  }
  return times;
};

describe('retries', () => {
  it('begin within seconds, slow down, and end after 72 hours with a last try', () => {
    const times = attemptsOf(0);
    expect(times.slice(1, 4).map((ms) => ms / 1000)).toEqual([5, 35, 155]);
    expect(times.at(-1)).toBe(RETRY_FOR_MS);
    expect(times).toHaveLength(21);
  });

  it('are spread, and never outside of their time', () => {
    const wait = (chance: number) =>
      (nextAttempt({ attempts: 3, firstAttemptAt: start, asOf: start, retryAfterSeconds: null, chance })?.getTime() ??
        0) - start.getTime();
    expect(wait(0)).toBe(RETRY_DELAYS_MS[2]);
    expect(wait(1)).toBe((RETRY_DELAYS_MS[2] ?? 0) * (1 - JITTER));
    const failed = {
      attempts: integer({ min: 0, max: 1000 }),
      at: date({ min: start, max: after(RETRY_FOR_MS * 2), noInvalidDate: true }),
      wish: option(integer({ min: 0, max: 999_999 })),
      chance: double({ min: 0, max: 1, noNaN: true }),
    };
    assert(
      property(failed.attempts, failed.at, failed.wish, failed.chance, (attempts, asOf, retryAfterSeconds, chance) => {
        const next = nextAttempt({ attempts, firstAttemptAt: start, asOf, retryAfterSeconds, chance });
        if (next === null) return asOf >= after(RETRY_FOR_MS);
        return next > asOf && next <= after(RETRY_FOR_MS);
      }),
    );
  });

  it('heed a receiver that names a time, up to six hours', () => {
    const asked = (retryAfterSeconds: number) =>
      nextAttempt({ attempts: 1, firstAttemptAt: start, asOf: start, retryAfterSeconds, chance: 0 });
    expect(asked(1)).toEqual(after(5_000));
    expect(asked(120)).toEqual(after(120_000));
    expect(asked(900_000)).toEqual(after(6 * 3_600_000));
  });
});

describe('an answer', () => {
  it('counts by its status alone', () => {
    expect([200, 204, 299].map((status) => wordOf(status, undefined).is)).toEqual(['TAKEN', 'TAKEN', 'TAKEN']);
    expect(wordOf(410, undefined)).toEqual({ is: 'GONE' });
    for (const status of [0, 199, 301, 404, 500]) {
      expect(wordOf(status, undefined)).toEqual({ is: 'FAILED', retryAfterSeconds: null });
    }
    expect(wordOf(429, '7')).toEqual({ is: 'FAILED', retryAfterSeconds: 7 });
    expect(wordOf(503, 'Wed, 21 Oct 2026 07:28:00 GMT')).toEqual({ is: 'FAILED', retryAfterSeconds: null });
  });
});
