import fc from 'fast-check';
import { DateTime } from 'luxon';
import { clockDefinitions } from './definitions';
import { dueByBell, nextBell } from './next-bell';

const school = {
  ...clockDefinitions().bellsOf('WV'),
  weekly: { ...clockDefinitions().bellsOf('WV').weekly, '7': ['02:30'] },
  closed: [{ from: '2026-06-06', to: '2026-08-21' }],
};
const at = (text: string) => DateTime.fromISO(text, { zone: school.zone }).toJSDate();
const iso = (moment: Date | null) =>
  moment && DateTime.fromJSDate(moment, { zone: school.zone }).toISO({ suppressMilliseconds: true });

describe('the next bell', () => {
  it('is that of the same morning until the second it rings', () => {
    expect(iso(nextBell(school, at('2026-03-04T07:59:59')))).toBe('2026-03-04T08:00:00-05:00');
    expect(iso(nextBell(school, at('2026-03-04T08:00:00')))).toBe('2026-03-05T08:00:00-05:00');
  });

  it('comes after the weekend and the holiday, at the hour of the school', () => {
    // Clocks go forward in the night to 8 March 2026; the bell at half past two rings at half past three.
    expect(iso(nextBell(school, at('2026-03-06T20:00')))).toBe('2026-03-08T03:30:00-04:00');
    expect(iso(nextBell(school, at('2026-03-08T12:00')))).toBe('2026-03-09T08:00:00-04:00');
    expect(iso(nextBell(school, at('2026-11-25T20:00')))).toBe('2026-11-27T08:00:00-05:00');
  });

  it('is waited for no longer than the clock lasts', () => {
    expect(iso(nextBell(school, at('2026-06-05T09:00')))).toBe('2026-08-23T02:30:00-04:00');
    expect(iso(dueByBell('P3D', at('2026-06-05T09:00'), school))).toBe('2026-06-08T09:00:00-04:00');
    expect(iso(dueByBell('P3D', at('2026-03-04T09:00'), school))).toBe('2026-03-05T08:00:00-05:00');
    expect(nextBell({ ...school, weekly: {} }, at('2026-03-04T09:00'))).toBeNull();
  });

  it('is always after the moment, and there is none between', () => {
    const moment = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(moment, fc.integer({ min: 1, max: 10_000 }), (from, seconds) => {
        const next = nextBell(school, from);
        const later = new Date(from.getTime() + seconds * 1000);
        return next !== null && next > from && (later >= next || nextBell(school, later)?.getTime() === next.getTime());
      }),
    );
  });
});
