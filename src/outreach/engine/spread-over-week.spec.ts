import fc from 'fast-check';
import { spreadOverWeek } from './spread-over-week';

const time = (weekday: number, hour: number, miles: number | null) => ({
  startsAt: new Date(Date.UTC(2031, 11, weekday, hour)),
  miles,
  meeting: { weekday },
});

describe('meetings of a week that do not all fit', () => {
  it('are the nearest of each day, then the second nearest, in the order in which they begin', () => {
    const [early, near, late] = [time(1, 7, 3), time(1, 12, 1), time(1, 19, 2)];
    const [wednesday, sunday] = [time(3, 9, 8), time(7, 9, 5)];
    const week = [sunday, late, wednesday, near, early];
    expect(spreadOverWeek(week, 2)).toEqual([near, sunday]);
    expect(spreadOverWeek(week, 3)).toEqual([near, wednesday, sunday]);
    expect(spreadOverWeek(week, 4)).toEqual([near, late, wednesday, sunday]);
    expect(spreadOverWeek(week, 9)).toEqual([early, near, late, wednesday, sunday]);
  });

  it('are held at a place before they are held nowhere near, and of equals those given first', () => {
    const [online, far, first, second] = [time(2, 6, null), time(2, 20, 14), time(4, 8, 2), time(4, 9, 2)];
    expect(spreadOverWeek([online, far], 1)).toEqual([far]);
    expect(spreadOverWeek([first, second], 1)).toEqual([first]);
    expect(spreadOverWeek([online], 1)).toEqual([online]);
  });

  it('leave no day without one that has one, as long as there is room for each day', () => {
    const any = fc.record({ day: fc.integer({ min: 1, max: 7 }), hour: fc.nat(23), miles: fc.option(fc.nat(15)) });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 60 }), fc.integer({ min: 7, max: 20 }), (all, most) => {
        const times = all.map(({ day, hour, miles }) => time(day, hour, miles));
        const chosen = spreadOverWeek(times, most);
        expect(chosen).toHaveLength(Math.min(most, times.length));
        const days = (of: typeof times) => new Set(of.map(({ meeting }) => meeting.weekday));
        expect(days(chosen)).toEqual(days(times));
        expect(new Set(chosen).size).toBe(chosen.length);
        expect([...chosen].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())).toEqual(chosen);
      }),
      { numRuns: 60 },
    );
  });
});
