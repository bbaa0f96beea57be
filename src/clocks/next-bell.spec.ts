import fc from 'fast-check';
import { DateTime } from 'luxon';
import { clockDefinitions } from './definitions';
import { dueByBell, nextBell } from './next-bell';

const school = {
  ...clockDefinitions().bellsOf('WV'),
  weekly: { ...clockDefinitions().bellsOf('WV').weekly, '7': ['02:30'] },
  closed: [{ from: '2026-06-06', to: '2026-08-21' }],
};
const weekdays = Object.fromEntries(['1', '2', '3', '4', '5'].map((day) => [day, ['08:00']]));
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

  it('rings once in the night in which the clock goes back, and at the hour of the school the day after', () => {
    // Half past one comes twice on 1 November 2026: the bell is the first of the two.
    const early = { ...school, weekly: { ...school.weekly, '7': ['01:30'] } };
    expect(iso(nextBell(early, at('2026-10-31T23:00')))).toBe('2026-11-01T01:30:00-04:00');
    expect(iso(nextBell(early, new Date('2026-11-01T05:30:00Z')))).toBe('2026-11-02T08:00:00-05:00');
    expect(iso(nextBell(school, at('2026-11-01T20:00')))).toBe('2026-11-02T08:00:00-05:00');
    // Friday evening before the clock goes forward: 59 hours and not 60.
    expect(nextBell({ ...school, weekly: weekdays }, at('2026-03-06T20:00'))?.getTime()).toBe(
      at('2026-03-06T20:00').getTime() + 59 * 3_600_000,
    );
  });

  it('is the late one of a delayed start, the early one of a half day, and none on a day that is called off', () => {
    const days = {
      '2026-12-01': ['10:00'],
      '2026-12-02': ['08:00', '12:00'],
      '2026-12-03': [],
      '2026-11-26': ['09:00'],
    };
    const own = { ...school, weekly: weekdays, days };
    expect(iso(nextBell(own, at('2026-12-01T08:00')))).toBe('2026-12-01T10:00:00-05:00');
    expect(iso(nextBell(own, at('2026-12-01T09:59:59')))).toBe('2026-12-01T10:00:00-05:00');
    expect(iso(nextBell(own, at('2026-12-01T10:00')))).toBe('2026-12-02T08:00:00-05:00');
    expect(iso(nextBell(own, at('2026-12-02T08:00')))).toBe('2026-12-02T12:00:00-05:00');
    expect(iso(nextBell(own, at('2026-12-02T12:00')))).toBe('2026-12-04T08:00:00-05:00');
    // A day that the school names itself stands over the holiday.
    expect(iso(nextBell(own, at('2026-11-25T20:00')))).toBe('2026-11-26T09:00:00-05:00');
  });

  it('is due by the school’s own zone, whatever the sender’s: Sunday night, 7:59 and 8:00', () => {
    const west = { ...school, weekly: weekdays, zone: 'America/Los_Angeles' };
    const due = (calendar: typeof west, utc: string) => dueByBell('P7D', new Date(utc), calendar).toISOString();
    const east = { ...west, zone: 'America/New_York' };
    // Sunday, 11 p.m. in the east is eight in the evening in the west.
    expect(due(east, '2026-01-12T04:00:00Z')).toBe('2026-01-12T13:00:00.000Z');
    expect(due(west, '2026-01-12T04:00:00Z')).toBe('2026-01-12T16:00:00.000Z');
    expect(due(east, '2026-01-12T12:59:59Z')).toBe('2026-01-12T13:00:00.000Z');
    expect(due(east, '2026-01-12T13:00:00Z')).toBe('2026-01-13T13:00:00.000Z');
    // A school that keeps no summer time.
    expect(due({ ...west, zone: 'America/Phoenix' }, '2026-04-13T04:00:00Z')).toBe('2026-04-13T15:00:00.000Z');
  });

  it('is not waited for through a week without school, nor through a summer', () => {
    const closed = [
      { from: '2026-12-21', to: '2027-01-01' },
      { from: '2026-06-06', to: '2026-08-21' },
    ];
    const own = { ...school, weekly: weekdays, closed };
    const due = (text: string) => iso(dueByBell('P7D', at(text), own));
    expect(due('2026-12-18T07:59:59')).toBe('2026-12-18T08:00:00-05:00');
    expect(due('2026-12-18T08:00')).toBe('2026-12-25T08:00:00-05:00');
    // Seven days before the first bell: the bell, and a second earlier seven days.
    expect(due('2026-12-28T08:00')).toBe('2027-01-04T08:00:00-05:00');
    expect(due('2026-12-28T07:59:59')).toBe('2027-01-04T07:59:59-05:00');
    expect(due('2026-06-05T20:00')).toBe('2026-06-12T20:00:00-04:00');
    expect(due('2026-08-21T20:00')).toBe('2026-08-24T08:00:00-04:00');
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
