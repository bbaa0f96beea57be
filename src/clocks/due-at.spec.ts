import fc from 'fast-check';
import { DateTime } from 'luxon';
import { clockDefinitions } from './definitions';
import { dueAt, isBusinessDay, type Calendar } from './due-at';
import { holidaysOf } from './engine/holidays';

const newYork: Calendar = clockDefinitions().calendarOf('America/New_York', 'OH', new Date('2026-06-01'));
const at = (text: string, zone = 'America/New_York') => DateTime.fromISO(text, { zone }).toJSDate();
const due = (lasts: string, time: 'WALL' | 'BUSINESS' | 'ROLLED', start: string) =>
  DateTime.fromJSDate(dueAt({ lasts, time }, at(start), newYork), { zone: newYork.zone }).toISO({
    suppressMilliseconds: true,
  });

describe('holidays', () => {
  it('are those the Office of Personnel Management lists', () => {
    const { holidays } = newYork;
    expect(holidaysOf(2026, holidays)).toEqual([
      ...['2026-01-01', '2026-01-19', '2026-02-16', '2026-05-25', '2026-06-19', '2026-07-03'],
      ...['2026-09-07', '2026-10-12', '2026-11-11', '2026-11-26', '2026-12-25'],
    ]);
    // New Year’s Day of 2022 was a Saturday, kept on the last day of 2021; Juneteenth began that year.
    expect(holidaysOf(2021, holidays)).toContain('2021-12-31');
    expect(holidaysOf(2021, holidays)).toContain('2021-06-18');
    expect(holidaysOf(2020, holidays).filter((day) => day.includes('-06-'))).toEqual([]);
    expect(holidaysOf(2027, holidays)).toEqual(expect.arrayContaining(['2027-07-05', '2027-12-24', '2027-12-31']));
  });
});

describe('a deadline', () => {
  it('counts exact hours over the change of clocks, and days by the calendar', () => {
    // Clocks go forward on 8 March 2026 at two in the morning, back on 1 November.
    expect(due('PT48H', 'WALL', '2026-03-07T12:00')).toBe('2026-03-09T13:00:00-04:00');
    expect(due('P2D', 'WALL', '2026-03-07T12:00')).toBe('2026-03-09T12:00:00-04:00');
    expect(due('PT48H', 'WALL', '2026-10-31T12:00')).toBe('2026-11-02T11:00:00-05:00');
    expect(due('P14D', 'WALL', '2026-10-25T12:00')).toBe('2026-11-08T12:00:00-05:00');
    expect(due('PT30M', 'WALL', '2026-03-08T01:45')).toBe('2026-03-08T03:15:00-04:00');
  });

  it('rolls off weekends and holidays', () => {
    // Thirty days after 26 October 2026 is the Wednesday before Thanksgiving; after the 27th, Thanksgiving itself.
    expect(due('P30D', 'ROLLED', '2026-10-26T10:00')).toBe('2026-11-25T10:00:00-05:00');
    expect(due('P30D', 'ROLLED', '2026-10-27T10:00')).toBe('2026-11-27T10:00:00-05:00');
    expect(due('P30D', 'ROLLED', '2026-10-29T10:00')).toBe('2026-11-30T10:00:00-05:00');
  });

  it('counts business time between opening and closing only', () => {
    expect(due('PT2H', 'BUSINESS', '2026-07-02T16:00')).toBe('2026-07-06T09:00:00-04:00');
    expect(due('PT9H', 'BUSINESS', '2026-07-01T08:00')).toBe('2026-07-01T17:00:00-04:00');
    expect(due('PT24H', 'BUSINESS', '2026-07-06T08:00')).toBe('2026-07-08T14:00:00-04:00');
    expect(due('P1DT1H', 'BUSINESS', '2026-07-06T10:00')).toBe('2026-07-07T11:00:00-04:00');
    expect(due('P1D', 'BUSINESS', '2026-07-03T10:00')).toBe('2026-07-07T08:00:00-04:00');
  });

  const start = fc.date({ min: new Date('2024-01-01'), max: new Date('2031-12-31'), noInvalidDate: true });
  const zone = fc.constantFrom('America/New_York', 'America/Chicago', 'America/Phoenix', 'Pacific/Honolulu');

  it('of exact time is that much later, whatever the season', () => {
    fc.assert(
      fc.property(start, zone, fc.integer({ min: 1, max: 20_000 }), (from, place, minutes) => {
        const end = dueAt({ lasts: `PT${minutes}M`, time: 'WALL' }, from, { ...newYork, zone: place });
        return end.getTime() - from.getTime() === minutes * 60_000;
      }),
    );
  });

  it('of days has the hour of the day it started at, unless the change of clocks left that hour out', () => {
    fc.assert(
      fc.property(start, zone, fc.integer({ min: 1, max: 200 }), (from, place, days) => {
        const end = dueAt({ lasts: `P${days}D`, time: 'WALL' }, from, { ...newYork, zone: place });
        const [a, b] = [from, end].map((one) => DateTime.fromJSDate(one, { zone: place }));
        if (!a || !b) return false;
        const isSkipped = b.hour === a.hour + 1 && b.startOf('day').offset !== b.endOf('day').offset;
        const daysBetween = b.startOf('day').diff(a.startOf('day'), 'days').days;
        return daysBetween === days && ((b.hour === a.hour && b.minute === a.minute) || isSkipped);
      }),
    );
  });

  it('in business time never falls outside of it, and a longer one never comes earlier', () => {
    fc.assert(
      fc.property(start, zone, fc.integer({ min: 1, max: 6_000 }), (from, place, minutes) => {
        const calendar = { ...newYork, zone: place };
        const term = (length: number) => dueAt({ lasts: `PT${length}M`, time: 'BUSINESS' }, from, calendar);
        const end = DateTime.fromJSDate(term(minutes), { zone: place });
        const hours = end.hour + end.minute / 60 + end.second / 3600;
        const isOpen = hours >= calendar.opensAt && (hours < calendar.closesAt || (hours < 17.01 && end.minute === 0));
        return isBusinessDay(end, calendar) && isOpen && term(minutes + 1) > term(minutes) && end.toJSDate() > from;
      }),
    );
  });

  it('rolled is a business day, and never more than five days late', () => {
    fc.assert(
      fc.property(start, zone, fc.integer({ min: 1, max: 120 }), (from, place, days) => {
        const calendar = { ...newYork, zone: place };
        const end = dueAt({ lasts: `P${days}D`, time: 'ROLLED' }, from, calendar);
        const plain = dueAt({ lasts: `P${days}D`, time: 'WALL' }, from, calendar);
        const late = (end.getTime() - plain.getTime()) / 86_400_000;
        return isBusinessDay(DateTime.fromJSDate(end, { zone: place }), calendar) && late >= 0 && late < 5.1;
      }),
    );
  });
});
