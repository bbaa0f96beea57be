import { bellProblems, bellsOn, ringsWeekly, type BellCalendar } from './bells';

const school: BellCalendar = {
  zone: 'America/New_York',
  weekly: { '1': ['12:30', '08:05'], '2': ['08:05'], '3': ['08:05'], '4': ['08:05'], '5': ['08:05'] },
  holidays: [{ name: 'Thanksgiving Day', month: 11, weekday: 4, nth: 4 }],
  closed: [{ from: '2026-12-21', to: '2027-01-01' }],
  days: { '2026-12-22': ['10:00'], '2026-11-30': [] },
};

describe('the bells of a school', () => {
  it('ring by the week, but not on holidays and in vacations', () => {
    expect(bellsOn('2026-11-23', school)).toEqual(['08:05', '12:30']);
    expect(bellsOn('2026-11-26', school)).toEqual([]);
    expect(bellsOn('2026-11-28', school)).toEqual([]);
    expect(bellsOn('2026-11-29', school)).toEqual([]);
    expect(['2026-12-18', '2026-12-21', '2027-01-01', '2027-01-04'].map((day) => bellsOn(day, school).length)).toEqual([
      1, 0, 0, 2,
    ]);
  });

  it('ring otherwise on single days, even in a vacation', () => {
    expect(bellsOn('2026-12-22', school)).toEqual(['10:00']);
    expect(bellsOn('2026-11-30', school)).toEqual([]);
  });

  it('are refused where the calendar cannot be, naming what is wrong', () => {
    expect(bellProblems(school)).toEqual([]);
    const wrong = {
      ...school,
      weekly: { '8': ['25:00'] },
      closed: [
        { from: '2026-12-24', to: '2026-02-30' },
        { from: '24 December', to: '2026-99-01' },
      ],
    };
    expect(bellProblems(wrong)).toEqual([
      '8 is no weekday',
      '25:00 is no time of day',
      '2026-02-30 is no date',
      '24 December is no date',
      '2026-99-01 is no date',
      '2026-12-24 comes after 2026-02-30',
      '24 December comes after 2026-99-01',
    ]);
  });

  it('are refused where a span is longer than any vacation', () => {
    const closed = [
      { from: '2026-06-01', to: '2026-12-18' },
      { from: '2000-01-01', to: '2199-12-31' },
    ];
    expect(bellProblems({ ...school, closed })).toEqual(['2000-01-01 to 2199-12-31 is longer than any vacation']);
  });

  it('ring on some weekday, or on none', () => {
    expect([school, { weekly: {} }, { weekly: { '1': [] } }].map(ringsWeekly)).toEqual([true, false, false]);
  });
});
