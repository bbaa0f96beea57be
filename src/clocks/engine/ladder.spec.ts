import fc from 'fast-check';
import { advance, type Rung, type Walked } from './ladder';

const start = new Date('2026-03-01T00:00:00Z');
const at = (minutes: number, ms = 0) => new Date(start.getTime() + minutes * 60_000 + ms);
const ladder: readonly Rung[] = [
  { afterMinutes: -30, tell: 'OWNER' },
  { afterMinutes: 0, tell: 'COORDINATOR' },
  { afterMinutes: 60, tell: 'OPERATOR' },
];
const fresh: Walked = { startedAt: start, dueAt: at(120), step: 0, isBreached: false };

describe('a ladder', () => {
  it('is silent before its first rung, and breaks the deadline at the moment itself', () => {
    expect(advance(fresh, ladder, at(90, -1000))).toEqual({ step: 0, isBreached: false, nextAt: at(90), told: [] });
    expect(advance(fresh, ladder, at(90))).toMatchObject({ step: 1, isBreached: false, nextAt: at(120) });
    expect(advance(fresh, ladder, at(120, -1000))).toMatchObject({ isBreached: false });
    expect(advance(fresh, ladder, at(120))).toMatchObject({ step: 2, isBreached: true, nextAt: at(180) });
    expect(advance(fresh, ladder, at(180))).toMatchObject({ step: 3, isBreached: true, nextAt: null });
  });

  it('reminds at the earliest when half of the time has passed', () => {
    const short = { ...fresh, dueAt: at(15) };
    expect(advance(short, ladder, at(7)).told).toEqual([]);
    expect(advance(short, ladder, at(7.5)).told).toEqual([ladder[0]]);
  });

  it('tells each rung once, in order, however often and however late it is asked', () => {
    const rungs = fc
      .array(fc.record({ afterMinutes: fc.integer({ min: -200, max: 400 }), tell: fc.constant('OWNER' as const) }))
      .map((some) => [...some].sort((a, b) => a.afterMinutes - b.afterMinutes));
    const asked = fc
      .array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 })
      .map((some) => some.sort((a, b) => a - b));
    fc.assert(
      fc.property(rungs, asked, (some, times) => {
        let clock = fresh;
        let breaches = 0;
        const told: Rung[] = [];
        for (const minute of [...times, 2000]) {
          const step = advance(clock, some, at(minute));
          if (step.isBreached && !clock.isBreached) breaches++;
          told.push(...step.told);
          if (step.nextAt && step.nextAt <= at(minute)) return false;
          clock = { ...clock, step: step.step, isBreached: step.isBreached };
        }
        return breaches === 1 && JSON.stringify(told) === JSON.stringify(some);
      }),
    );
  });
});
