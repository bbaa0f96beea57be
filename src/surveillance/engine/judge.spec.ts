import fc from 'fast-check';
import { Thresholds } from './calibration';
import { diceFrom } from './dice';
import { judgePlace, type Judge, type Moment } from './judge';
import { burst, placeOf, quietTimes, START } from './made-up-place.fixture';
import { PlaceHistory } from './place-history';
import { defaultSpikePolicy } from './policy';
import { DAY_MS, HOUR_MS } from './timeline';

const judge: Judge = { policy: defaultSpikePolicy, thresholds: new Thresholds(defaultSpikePolicy) };
/** No threshold is lower (engine-parts.spec.ts): what is not heard by this one is heard by none. Nothing has to be played for it. */
const lowest: Judge = { ...judge, thresholds: { for: () => Math.log(100) } };
const noon = (day: number): number => START + day * DAY_MS + 12 * HOUR_MS;
const verdictOf = (history: PlaceHistory, asOf: number, more: Partial<Moment> = {}, by = judge) =>
  judgePlace(history, { asOf, pooled: null, ...more }, by);
const fivePerDay = quietTimes({ days: 400, rate: () => 5 }, diceFrom(1));
const pooled = { perDay: 0.2, spread: 2 };

describe('judging a place', () => {
  it('sees a burst and says which windows hold it', () => {
    const verdict = verdictOf(placeOf([...fivePerDay, ...burst(noon(380), 26, 4)]), noon(380) + 4 * HOUR_MS);
    expect(verdict.isSpike).toBe(true);
    expect(verdict.reasons).toEqual([{ code: 'ABOVE_EXPECTED', hours: 6 }]);
    expect(verdict.windows.map(({ hours }) => hours)).toEqual([6, 12, 24, 48, 72]);
    expect(verdict.windows[0]!.count).toBeGreaterThanOrEqual(26);
    expect(verdict.windows[2]!.expected).toBeGreaterThan(4);
    expect(verdict.windows[2]!.expected).toBeLessThan(6);
    expect(verdict.p).toBeLessThan(verdict.threshold);
    expect(verdict.notes).toEqual([]);
    expect(verdict.isQuiet).toBe(false);
  });

  it('is calm on an ordinary day', () => {
    const verdict = verdictOf(placeOf(fivePerDay), noon(390));
    expect(verdict).toMatchObject({ isSpike: false, reasons: [{ code: 'WITHIN_EXPECTED', hours: null }] });
  });

  it('judges nothing without history and without neighbours, and says so', () => {
    const few = placeOf(burst(noon(0), 11, 5));
    const verdict = verdictOf(few, noon(0) + 5 * HOUR_MS);
    expect(verdict).toMatchObject({ isSpike: false, reasons: [{ code: 'NOT_JUDGED', hours: null }], historyDays: 0 });
    expect(verdict.notes).toContain('SHORT_HISTORY');
  });

  it('hears of twelve in six hours, and of sixteen in twelve, of a place without a past', () => {
    const many = (count: number, hours: number) =>
      verdictOf(placeOf(burst(noon(0), count, hours)), noon(0) + hours * HOUR_MS).reasons;
    expect(many(12, 3)).toEqual([{ code: 'MANY_AT_ONCE', hours: 6 }]);
    expect(many(16, 11)).toEqual([{ code: 'MANY_AT_ONCE', hours: 12 }]);
    expect(many(15, 11)).toEqual([{ code: 'NOT_JUDGED', hours: null }]);
    const daysOnly = { ...judge, policy: { ...judge.policy, newPlaceCounts: { 24: 20 } } };
    expect(verdictOf(placeOf(burst(noon(0), 19, 3)), noon(0) + 3 * HOUR_MS, {}, daysOnly).isSpike).toBe(false);
  });

  it('hears of twenty in a day from the first day on, and says on how little that rests', () => {
    const verdict = verdictOf(placeOf(burst(noon(0), 60, 6)), noon(0) + 6 * HOUR_MS);
    expect(verdict).toMatchObject({ isSpike: true, reasons: [{ code: 'MANY_AT_ONCE', hours: 6 }], historyDays: 0 });
    expect(verdict.notes).toContain('SHORT_HISTORY');
    fc.assert(
      fc.property(
        fc.integer({ min: 20, max: 200 }),
        fc.integer({ min: 1, max: 23 }),
        fc.integer({ min: 0, max: 60 }),
        (count, hours, hour) => {
          const from = START + hour * HOUR_MS;
          const end = from + hours * HOUR_MS;
          expect(verdictOf(placeOf(burst(from, count, hours)), end).isSpike).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });

  const starts = {
    FROM_NOW_ON: (times: readonly number[]) => times.map((at) => [at, at] as const),
    OLDEST_FIRST: (times: readonly number[]) => times.map((at) => [noon(14), at] as const),
    NEWEST_FIRST: (times: readonly number[]) => times.toReversed().map((at) => [noon(14), at] as const),
    ANYHOW: (times: readonly number[]) =>
      times.toSorted((one, other) => (one % 977) - (other % 977)).map((at) => [noon(14), at] as const),
  };
  it.each(Object.entries(starts))('hears nothing of a county that starts to report %s', (_, start) => {
    // Five counties, some beside others, for two weeks: a fifth of a false alarm is what the budget allows for.
    const told = [0.3, 1, 2, 4, 8].flatMap((perDay, seed) => {
      const history = new PlaceHistory('39061');
      const known = start(quietTimes({ days: 14, rate: () => perDay }, diceFrom(seed + 1)));
      return known.flatMap(([knownAt, occurredAt]) => {
        history.add({ occurredAt, knownAt });
        const others = seed % 2 === 0 ? null : { perDay: 2, spread: 2 };
        const { isSpike, windows } = verdictOf(history, knownAt, { since: occurredAt, pooled: others }, lowest);
        return isSpike ? [{ perDay, windows }] : [];
      });
    });
    expect(told).toEqual([]);
  });

  it('knows a place that never reported', () => {
    expect(verdictOf(new PlaceHistory('39061'), noon(0))).toMatchObject({ isSpike: false, dataAgeHours: null });
  });

  it('learns from other places where a town has no history of its own', () => {
    const verdict = verdictOf(placeOf(burst(noon(0), 18, 5)), noon(0) + 5 * HOUR_MS, { pooled });
    expect(verdict.isSpike).toBe(true);
    expect(verdict.notes).toEqual(expect.arrayContaining(['SHORT_HISTORY', 'POOLED_BASELINE']));
  });

  it('alarms on the obvious after four days, not on the likely', () => {
    const short = fivePerDay.filter((at) => at < START + 4.5 * DAY_MS);
    const obvious = verdictOf(placeOf([...short, ...burst(START + 4.5 * DAY_MS, 40, 6)]), START + 4.75 * DAY_MS);
    const likely = verdictOf(placeOf([...short, ...burst(START + 4.5 * DAY_MS, 6, 6)]), START + 4.75 * DAY_MS);
    expect([obvious.isSpike, likely.isSpike]).toEqual([true, false]);
    expect(obvious.notes).toContain('SHORT_HISTORY');
  });

  it('asks for a minimum of reports in a small place and says why', () => {
    const fewAYear = [0, 90, 200, 300].map(noon);
    const three = verdictOf(placeOf([...fewAYear, ...burst(noon(370), 3, 2)]), noon(370) + 2 * HOUR_MS);
    const four = verdictOf(placeOf([...fewAYear, ...burst(noon(370), 4, 2)]), noon(370) + 2 * HOUR_MS);
    expect(three).toMatchObject({ isSpike: false, reasons: [{ code: 'TOO_FEW', hours: 6 }] });
    expect(four.isSpike).toBe(true);
    expect(four.notes).toContain('SMALL_PLACE');
  });

  it('does not let a past spike excuse a new one', () => {
    const before = placeOf([...fivePerDay, ...burst(noon(340), 174, 6 * 24)]);
    const verdict = verdictOf(before, noon(380));
    expect(verdict.windows[2]!.expected).toBeLessThan(8);
  });

  it('calls silence stale', () => {
    const verdict = verdictOf(placeOf(fivePerDay), START + 410 * DAY_MS);
    expect(verdict.notes).toContain('STALE_DATA');
    expect(verdict.dataAgeHours).toBeGreaterThan(9 * 24);
  });

  it('ignores what has not happened yet', () => {
    const history = placeOf(fivePerDay);
    const before = verdictOf(history, noon(380));
    for (const occurredAt of burst(noon(380) + 1, 40, 4)) history.add({ occurredAt });
    expect(verdictOf(history, noon(380))).toEqual(before);
  });
});

describe('late and corrected reports', () => {
  it('are judged where they belong', () => {
    const late = burst(noon(378), 26, 4);
    const history = placeOf([...fivePerDay, ...late]);
    const asOf = noon(382);
    expect(verdictOf(history, asOf).isSpike).toBe(false);
    const verdict = verdictOf(history, asOf, { since: late.at(-1)! });
    expect(verdict.isSpike).toBe(true);
    expect(verdict.notes).toContain('LATE_REPORT');
    expect(verdict.windowsEnd).toBeLessThan(asOf);
  });

  it('change no verdict when they are older than a week', () => {
    const late = burst(noon(300), 26, 4);
    const verdict = verdictOf(placeOf([...fivePerDay, ...late]), noon(382), { since: late[0]! });
    expect(verdict.isSpike).toBe(false);
  });

  it('reach the baseline', () => {
    const history = placeOf(fivePerDay);
    const before = verdictOf(history, noon(390)).windows[2]!.expected;
    for (let day = 330; day < 380; day += 1) history.add({ occurredAt: noon(day) });
    expect(verdictOf(history, noon(390)).windows[2]!.expected).toBeGreaterThan(before);
  });

  it('can be taken back', () => {
    const history = placeOf(fivePerDay, 'EMS');
    const before = verdictOf(history, noon(390));
    const report = { occurredAt: noon(389), stream: 'EMS' };
    history.add(report);
    expect(history.remove(report)).toBe(true);
    const late = { ...report, knownAt: noon(390) };
    history.add(late);
    expect(history.remove(late)).toBe(true);
    expect(history.prompt.countBetween(noon(389) - 1, noon(389))).toBe(0);
    expect(history.remove({ occurredAt: noon(389) + 1, stream: 'EMS' })).toBe(false);
    expect(history.remove({ occurredAt: noon(389) + 1 })).toBe(false);
    expect(history.remove({ occurredAt: noon(389), stream: 'POLICE' })).toBe(false);
    expect(verdictOf(history, noon(390))).toEqual(before);
  });
});

describe('several streams', () => {
  const streamed = (extra: number): PlaceHistory => {
    const history = new PlaceHistory('39061');
    for (const [index, stream] of ['EMS', 'HOSPITAL', 'POLICE'].entries()) {
      const own = quietTimes({ days: 400, rate: () => 2 }, diceFrom(50 + index));
      for (const occurredAt of [...own, ...burst(noon(380), extra, 10)]) history.add({ occurredAt, stream });
    }
    return history;
  };

  it('that agree are named', () => {
    const verdict = verdictOf(streamed(9), noon(380) + 10 * HOUR_MS);
    expect(verdict.isSpike).toBe(true);
    expect(verdict.streams.map(({ stream, isAgreeing }) => [stream, isAgreeing])).toEqual([
      ['EMS', true],
      ['HOSPITAL', true],
      ['POLICE', true],
    ]);
  });

  it('that are calm do not', () => {
    const verdict = verdictOf(streamed(0), noon(380) + 10 * HOUR_MS);
    expect(verdict.streams.filter(({ isAgreeing }) => isAgreeing).length).toBeLessThan(2);
  });

  it('say together what a loud stream drowns in the sum', () => {
    const history = placeOf(quietTimes({ days: 400, rate: () => 40 }, diceFrom(3)), 'POLICE');
    for (const [index, stream] of ['DEATHS', 'HOSPITAL'].entries()) {
      const own = quietTimes({ days: 400, rate: () => 0.2 }, diceFrom(60 + index));
      for (const occurredAt of [...own, ...burst(noon(380), 5, 10)]) history.add({ occurredAt, stream });
    }
    const verdict = verdictOf(history, noon(380) + 10 * HOUR_MS);
    expect(verdict.isSpike).toBe(true);
    expect(verdict.reasons.map(({ code }) => code)).toContain('STREAMS_AGREE');
  });

  it('without a past of their own are not asked', () => {
    const history = placeOf(fivePerDay, 'EMS');
    for (const occurredAt of burst(noon(380), 5, 5)) history.add({ occurredAt, stream: 'NEW' });
    const verdict = verdictOf(history, noon(380) + 5 * HOUR_MS);
    expect(verdict.streams.map(({ stream }) => stream)).toEqual(['EMS']);
  });
});

describe('what holds for every history', () => {
  const minutes = fc.array(fc.integer({ min: 0, max: 60 * 24 * 60 }), { minLength: 1, maxLength: 150 });
  const times = (list: readonly number[]): number[] => list.map((minute) => START + minute * 60_000);
  const asOf = START + 60 * DAY_MS;
  /** Thresholds follow from the baseline alone; what one is does not matter here. */
  const byBaseline: Judge = { ...judge, thresholds: { for: ({ perDay, dispersion }) => 5 + perDay + dispersion } };
  const told = (history: PlaceHistory) => verdictOf(history, asOf, {}, byBaseline);

  it('the order in which reports came does not matter', () => {
    fc.assert(
      fc.property(minutes, fc.integer(), (list, seed) => {
        const dice = diceFrom(seed);
        const shuffled = times(list)
          .map((at) => [dice(), at] as const)
          .sort(([one], [other]) => one - other)
          .map(([, at]) => at);
        const inTurn = placeOf([]);
        for (const occurredAt of shuffled) {
          inTurn.add({ occurredAt });
          told(inTurn);
        }
        expect(told(inTurn)).toEqual(told(placeOf(times(list))));
      }),
      { numRuns: 25 },
    );
  });

  it('a further report never lowers the evidence of a window that holds it', () => {
    fc.assert(
      fc.property(minutes, fc.double({ min: 0, max: 71.9, noNaN: true }), (list, hoursAgo) => {
        const history = placeOf(times(list));
        // Another first report would be another history.
        history.add({ occurredAt: START });
        const before = told(history).windows;
        history.add({ occurredAt: Math.floor(asOf - hoursAgo * HOUR_MS) });
        const after = told(history).windows;
        for (const [index, window] of after.entries()) {
          if (window.hours > hoursAgo) expect(window.p).toBeLessThanOrEqual(before[index]!.p + 1e-12);
          else expect(window.p).toBe(before[index]!.p);
        }
      }),
      { numRuns: 200 },
    );
  });
});
