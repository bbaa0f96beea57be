import type { ClusterVerdict } from './engine/clusters';
import { PlaceClock } from './engine/place-clock';
import type { SpikeVerdict } from './engine/verdict';
import { shownCount, shownExpected, shownMoment, shownVerdict } from './shown-counts';

const ANALYST = { role: 'ANALYST' } as const;
const OFFICER = { role: 'OFFICER' } as const;
const window = (hours: number, count: number) => ({ hours, count, expected: 2.5, p: 0.001 });
const verdictOf = (counts: readonly number[]): SpikeVerdict => ({
  ...{ place: '39061', asOf: 0, windowsEnd: 0, isSpike: true, leadingHours: 24, p: 0.001, threshold: 0.01 },
  ...{ reasons: [], notes: [], isQuiet: false, dataAgeHours: 1, historyDays: 365, policyVersion: 'test' },
  windows: counts.map((count, at) => window(24 * (at + 1), count)),
  streams: [{ stream: 'EMS', count: counts[0] ?? 0, expected: 1.5, p: 0.002, isAgreeing: true }],
});
const cluster: ClusterVerdict = {
  ...{ asOf: 0, isCluster: true, latitude: 39.1031, longitude: -84.512, radiusKm: 1.2, hours: 24, count: 17 },
  ...{ expected: 3, ratio: 5, p: 0.001, threshold: 0.01, reports: 40, policyVersion: 'test' },
};
const shown = (actor: Parameters<typeof shownVerdict>[0], counts: readonly number[]) =>
  shownVerdict(actor, verdictOf(counts), cluster, new PlaceClock(-300));

describe('counts of a spike', () => {
  it('tell an analyst no small count by the difference of two windows, and nothing from which one follows', () => {
    // 20 in a day and 23 in two: three on the day before.
    const seen = shown(ANALYST, [20, 23]);
    expect(seen.windows.map(({ count, p }) => [count, p])).toEqual([
      [null, null],
      [null, null],
    ]);
    expect(seen).toMatchObject({ p: null, cluster: null, streams: [{ count: null, isAgreeing: null }] });
  });

  it('tell an analyst no overdose by how far it moves what is expected', () => {
    const expected = (actor: typeof ANALYST | typeof OFFICER, perDay: number) => shownExpected(actor, perDay);
    const oneMore = 2 + 1 / 365;
    expect([expected(ANALYST, 2), expected(ANALYST, oneMore), expected(ANALYST, 0.137)]).toEqual([2, 2, 0.1]);
    expect(expected(OFFICER, oneMore)).toBe(2.003);
    const seen = shown(ANALYST, [20, 23]);
    expect([...seen.windows, ...seen.streams].map((one) => one.expected)).toEqual([3, 3, 2]);
  });

  it('tell an analyst no report by the moment it came in: a verdict looks the same all day', () => {
    const clock = new PlaceClock(-300);
    const at = (actor: typeof ANALYST | typeof OFFICER, hour: number) =>
      shownVerdict(
        actor,
        { ...verdictOf([5, 7]), windowsEnd: hour * 3_600_000, dataAgeHours: 30 + hour / 9 },
        null,
        clock,
      );
    expect(at(ANALYST, 7)).toEqual(at(ANALYST, 19));
    expect(at(ANALYST, 7)).toMatchObject({ windowsEnd: clock.moment(0), dataAgeHours: 24 });
    expect(at(OFFICER, 7)).toMatchObject({ windowsEnd: clock.moment(7 * 3_600_000), dataAgeHours: 30.78 });
    const never = { ...verdictOf([5]), dataAgeHours: null };
    expect(shownVerdict(ANALYST, never, null, clock).dataAgeHours).toBeNull();
    expect(shownMoment(ANALYST, null, clock)).toBeNull();
  });

  it('tell an analyst that there was nothing, and whoever answers the alert how much there was', () => {
    expect([0, 1, 10, 11, 500].map((count) => shownCount(ANALYST, count))).toEqual([0, null, null, null, null]);
    expect(shown(ANALYST, [0, 0])).toMatchObject({ p: 0.001, windows: [{ count: 0 }, { count: 0 }] });
    expect(shown(OFFICER, [3, 23])).toMatchObject({
      ...{ p: 0.001, windows: [{ count: 3, p: 0.001 }, { count: 23 }], cluster: { count: 17, radiusKm: 2 } },
      streams: [{ count: 3, isAgreeing: true }],
    });
  });
});
