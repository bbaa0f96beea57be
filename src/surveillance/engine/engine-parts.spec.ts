import { baselineOf } from './baseline';
import { Thresholds } from './calibration';
import { diceFrom, gammaDraw } from './dice';
import { windowEvidence } from './evidence';
import { burst, placeOf, quietTimes, START } from './made-up-place.fixture';
import { PlaceHistory } from './place-history';
import { dailySpikePolicy, defaultSpikePolicy } from './policy';
import { DAY_MS, HOUR_MS, Timeline } from './timeline';
import { daysWorth, evenWeek } from './week-profile';

const baseline = (times: readonly number[], day: number) =>
  baselineOf(placeOf(times).all, START + day * DAY_MS, defaultSpikePolicy, null);

describe('a baseline', () => {
  it('finds rate, hours, weekdays and dispersion again', () => {
    const isWeekend = (day: number): boolean => [0, 6].includes(new Date(START + day * DAY_MS).getUTCDay());
    const times = quietTimes(
      {
        days: 400,
        rate: (day) => (isWeekend(day) ? 16 : 8),
        hour: (hour) => (hour >= 12 ? 1.6 : 0.4),
        dispersion: 0.1,
      },
      diceFrom(5),
    );
    const { perDay, profile, dispersion, uncertainty } = baseline(times, 390);
    expect(perDay).toBeGreaterThan(9);
    expect(perDay).toBeLessThan(12);
    // 1 January 2024 is a Monday.
    const week = START + 364 * DAY_MS;
    const saturday = perDay * daysWorth(profile, week + 5 * DAY_MS, week + 6 * DAY_MS);
    const tuesday = perDay * daysWorth(profile, week + DAY_MS, week + 2 * DAY_MS);
    expect(saturday / tuesday).toBeGreaterThan(1.5);
    const afternoon = daysWorth(profile, week + 14 * HOUR_MS, week + 20 * HOUR_MS);
    const night = daysWorth(profile, week + 2 * HOUR_MS, week + 8 * HOUR_MS);
    expect(afternoon / night).toBeGreaterThan(2.5);
    expect(dispersion[0]).toBeGreaterThan(0.04);
    expect(dispersion[0]).toBeLessThan(0.2);
    expect(uncertainty).toBeLessThan(0.02);
  });

  it('follows a level that has changed, and forgets the burst of one day', () => {
    const rising = quietTimes({ days: 400, rate: (day) => (day < 250 ? 4 : 8) }, diceFrom(6));
    expect(baseline(rising, 390).perDay).toBeGreaterThan(6.5);
    const steady = quietTimes({ days: 400, rate: () => 4 }, diceFrom(7));
    const calm = baseline(steady, 390).perDay;
    expect(baseline([...steady, ...burst(START + 380 * DAY_MS, 60, 20)], 390).perDay - calm).toBeLessThan(0.6);
  });

  it('knows nothing of days that nobody watched, and expects nothing of them', () => {
    const isGap = (at: number) => at >= START + 200 * DAY_MS && at < START + 320 * DAY_MS;
    const times = quietTimes({ days: 330, rate: () => 4 }, diceFrom(9)).filter((at) => !isGap(at));
    const first = START / DAY_MS;
    const history = new PlaceHistory('39061', {
      unobserved: new Map(Array.from({ length: 120 }, (_, day) => [first + 200 + day, 1])),
    });
    for (const occurredAt of times) history.add({ occurredAt, stream: 'EMS' });
    const end = START + 321 * DAY_MS;
    const at = (timeline: Timeline) => baselineOf(timeline, end, defaultSpikePolicy, null);
    expect(at(placeOf(times).all).perDay).toBeLessThan(3);
    const told = at(history.all);
    expect([told.perDay > 3.3, told.perDay < 4.7, told.days]).toEqual([true, true, 200]);
    const { expected } = windowEvidence(history.all, told, end, 48);
    expect(expected / windowEvidence(history.all, told, START + 100 * DAY_MS, 24).expected).toBeCloseTo(1, 0);
    expect(windowEvidence(history.all, told, START + 300 * DAY_MS, 24)).toMatchObject({ count: 0, expected: 0 });
    expect(history.streams[0]![1].unobserved.size).toBe(120);
  });

  it('leaves wide what a short history leaves open', () => {
    const times = quietTimes({ days: 400, rate: () => 4 }, diceFrom(8));
    expect(baseline(times, 6).uncertainty).toBeGreaterThan(3 * baseline(times, 390).uncertainty);
  });
});

describe('thresholds', () => {
  it('are smaller p values for a smaller budget and the same for the same seed', () => {
    const place = { perDay: 4, dispersion: 0.05 };
    const strict = new Thresholds({ ...defaultSpikePolicy, falseAlarmsPerYear: 0.5 });
    const lax = new Thresholds({ ...defaultSpikePolicy, falseAlarmsPerYear: 3 });
    expect(strict.for(place)).toBeGreaterThan(lax.for(place));
    expect(strict.for(place)).toBe(strict.for({ perDay: 4.01, dispersion: 0.05 }));
    expect(new Thresholds(dailySpikePolicy, 3).for(place)).toBe(new Thresholds(dailySpikePolicy, 3).for(place));
  });

  it('never call what happens once in a hundred looks a spike', () => {
    expect(new Thresholds(defaultSpikePolicy).for({ perDay: 0.0001, dispersion: 90 })).toBeCloseTo(Math.log(100), 3);
  });
});

describe('a timeline', () => {
  it('keeps order whatever order reports come in', () => {
    const timeline = new Timeline();
    for (const at of [5, 1, 3, 3, 9]) timeline.add(at);
    expect(timeline.between(0, 10)).toEqual([1, 3, 3, 5, 9]);
    expect(timeline.countBetween(1, 5)).toBe(3);
    expect([timeline.since, timeline.lastUpTo(8), timeline.lastUpTo(0), timeline.length]).toEqual([1, 5, undefined, 5]);
  });

  it('works a thing out once, and again when a report before its end changes', () => {
    const timeline = new Timeline();
    let made = 0;
    const ask = () => timeline.remember('key', 100, () => (made += 1));
    ask();
    timeline.add(150);
    ask();
    expect(made).toBe(1);
    timeline.add(50);
    ask();
    expect(made).toBe(2);
    expect(timeline.remember('other', 100, () => 7)).toBe(7);
  });
});

describe('the week', () => {
  it('is even where nothing is known', () => {
    expect(daysWorth(evenWeek, START + 5 * HOUR_MS, START + 17 * HOUR_MS)).toBeCloseTo(0.5, 9);
    expect(daysWorth(evenWeek, START - 3 * DAY_MS, START + 40 * DAY_MS)).toBeCloseTo(43, 9);
  });
});

describe('the dice', () => {
  it('draw gamma variates with mean one and the variance asked for', () => {
    for (const variance of [0.1, 2]) {
      const dice = diceFrom(4);
      const draws = Array.from({ length: 20_000 }, () => gammaDraw(variance, dice));
      const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
      const square = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
      expect(Math.abs(mean - 1)).toBeLessThan(0.05);
      expect(Math.abs(square / variance - 1)).toBeLessThan(0.1);
    }
    expect(gammaDraw(0, diceFrom(1))).toBe(1);
  });
});
