import fc from 'fast-check';
import type { ClusterVerdict } from './clusters';
import { afterDismissals, type Dismissal } from './dismissal';
import { defaultSpikePolicy } from './policy';
import { HOUR_MS } from './timeline';

/** The dismissed alert came to p = 1e-10, and was dismissed at hour 100. */
const dismissal: Dismissal = { id: 'dismissed', at: 100 * HOUR_MS, peakP: 1e-10, cluster: null };
const window = (hours: number, p: number, count = 9) => ({ hours, count, expected: 1, p });
const spikeAt = (hour: number, windows: readonly ReturnType<typeof window>[], leadingHours = windows[0]!.hours) => ({
  asOf: hour * HOUR_MS,
  isSpike: true,
  windowsEnd: hour * HOUR_MS,
  windows,
  leadingHours,
  p: Math.min(...windows.map(({ p }) => p)),
  threshold: 1e-4,
});
const clusterAt = (hour: number, more: Partial<ClusterVerdict> = {}): ClusterVerdict => ({
  ...{ asOf: hour * HOUR_MS, isCluster: true, latitude: 40, longitude: -80, radiusKm: 2, hours: 24, count: 6 },
  ...{ expected: 1, ratio: 9, p: 1e-5, threshold: 3e-4, reports: 100, policyVersion: 'clusters-1', ...more },
});
const became = (
  verdict: ReturnType<typeof spikeAt>,
  dismissals: readonly Dismissal[] = [dismissal],
  cluster: ClusterVerdict | null = null,
) => {
  const { heldBy, after } = afterDismissals({ verdict, cluster }, dismissals, defaultSpikePolicy);
  return heldBy ? `HELD by ${heldBy.id}` : after ? `${after.because} after ${after.id}` : 'PLAIN';
};

describe('a spike after an alert was dismissed', () => {
  it('is plain where none was', () => {
    expect(became(spikeAt(101, [window(6, 1e-10)]), [])).toBe('PLAIN');
  });

  it('is held back while its windows reach back and say little more', () => {
    expect(became(spikeAt(101, [window(6, 1e-11)]))).toBe('HELD by dismissed');
    expect(became(spikeAt(171.9, [window(6, 0.5, 0), window(72, 1e-14)], 72))).toBe('HELD by dismissed');
  });

  it('opens at once where it is half as strong again', () => {
    expect(became(spikeAt(101, [window(6, 0.9e-15)]))).toBe('STRONGER after dismissed');
  });

  it('opens by what has happened since, though a longer window is stronger', () => {
    const since = [window(6, 1e-5, 4), window(72, 1e-12)];
    expect(became(spikeAt(105.9, since, 72))).toBe('HELD by dismissed');
    expect(became(spikeAt(106, since, 72))).toBe('LATER after dismissed');
    // Neither what is not rare enough nor what is too few is a spike.
    expect(became(spikeAt(106, [window(6, 2e-4), window(72, 1e-12)], 72))).toBe('HELD by dismissed');
    expect(became(spikeAt(106, [window(6, 1e-5, 3), window(72, 1e-12)], 72))).toBe('HELD by dismissed');
  });

  it('is plain once no window reaches the dismissal, and named again by reports that come late', () => {
    expect(became(spikeAt(172, [window(72, 1e-5)]))).toBe('PLAIN');
    const late = { ...spikeAt(190, [window(24, 1e-9)]), windowsEnd: 98 * HOUR_MS };
    expect(became(late)).toBe('HELD by dismissed');
    expect(became({ ...late, p: 1e-16 })).toBe('STRONGER after dismissed');
  });

  it('is held back by each of several dismissals, the newest of those that do first', () => {
    const weaker: Dismissal = { id: 'weaker', at: 110 * HOUR_MS, peakP: 1e-5, cluster: null };
    expect(became(spikeAt(111, [window(24, 1e-10)]), [weaker, dismissal])).toBe('HELD by dismissed');
    expect(became(spikeAt(111, [window(24, 1e-7)]), [weaker, dismissal])).toBe('HELD by weaker');
    expect(became(spikeAt(111, [window(24, 1e-16)]), [weaker, dismissal])).toBe('STRONGER after weaker');
  });

  it('opens by a cluster that is elsewhere, and is held back by one in the same place', () => {
    const calm = { ...spikeAt(101, [window(6, 0.3)]), isSpike: false };
    const here = { ...dismissal, cluster: clusterAt(99) };
    expect(became(calm, [dismissal], clusterAt(101))).toBe('ELSEWHERE after dismissed');
    expect(became(calm, [here], clusterAt(101, { latitude: 40.1 }))).toBe('ELSEWHERE after dismissed');
    expect(became(calm, [here], clusterAt(101, { latitude: 40.02 }))).toBe('HELD by dismissed');
    expect(became(calm, [here], clusterAt(101, { p: null }))).toBe('HELD by dismissed');
    expect(became(calm, [here], clusterAt(101, { p: 1e-8 }))).toBe('STRONGER after dismissed');
    expect(became(calm, [{ ...here, cluster: clusterAt(99, { p: null }) }], clusterAt(101))).toBe(
      'STRONGER after dismissed',
    );
    expect(became({ ...calm, asOf: 124 * HOUR_MS }, [here], clusterAt(124))).toBe('LATER after dismissed');
  });

  it('is never held back for longer than the longest window, nor for its evidence being past all numbers', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1e-4, noNaN: true }),
        fc.double({ min: 72, max: 400, noNaN: true }),
        (p, hours) => {
          expect(became(spikeAt(100 + hours, [window(6, p), window(72, p)]))).toBe('PLAIN');
        },
      ),
      { numRuns: 50 },
    );
    const sure = { ...dismissal, peakP: 0 };
    expect(became(spikeAt(101, [window(6, 0)]), [sure])).toBe('HELD by dismissed');
  });
});
