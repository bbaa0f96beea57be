import { nextTry, type BackOff } from './back-off';

const patience: BackOff = { delaysMs: [1_000, 5_000], forMs: 60_000, jitter: 0.5 };
const start = new Date('2026-03-01T00:00:00Z');
const after = (ms: number): Date => new Date(start.getTime() + ms);

describe('trying again', () => {
  it.each([
    [0, 1_000],
    [1, 1_000],
    [2, 5_000],
    [9, 5_000],
  ])('after %i attempts waits %i ms', (attempts, ms) => {
    expect(nextTry(patience, { attempts, firstAttemptAt: start, asOf: start, chance: 0 })).toEqual(after(ms));
  });

  it('comes earlier by chance, and later by a wish', () => {
    const tried = { attempts: 1, firstAttemptAt: start, asOf: start };
    expect(nextTry(patience, { ...tried, chance: 1 })).toEqual(after(500));
    expect(nextTry(patience, { ...tried, chance: 0, wishMs: 7_000 })).toEqual(after(7_000));
  });

  it('ends with a last try at the end of the time', () => {
    const tried = { attempts: 3, firstAttemptAt: start, chance: 0 };
    expect(nextTry(patience, { ...tried, asOf: after(58_000) })).toEqual(after(60_000));
    expect(nextTry(patience, { ...tried, asOf: after(60_000) })).toBeNull();
  });
});
