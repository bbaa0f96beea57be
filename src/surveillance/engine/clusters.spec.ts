import fc from 'fast-check';
import { likelihoodRatio } from './circles';
import { defaultClusterPolicy } from './cluster-policy';
import { findCluster, type LocatedReport } from './clusters';
import { diceFrom, type Dice } from './dice';
import { burst, quietTimes, START } from './made-up-place.fixture';
import { DAY_MS, HOUR_MS } from './timeline';

const ASOF = START + 90 * DAY_MS;

const somewhere = (occurredAt: number, dice: Dice): LocatedReport => ({
  occurredAt,
  latitude: 39 + dice() * 0.4,
  longitude: -84 + dice() * 0.5,
});

/** Four a day over the county, where nothing happens. */
const quietCounty = (seed: number): LocatedReport[] => {
  const dice = diceFrom(seed);
  return quietTimes({ days: 90, rate: () => 4 }, dice).map((at) => somewhere(at, dice));
};

const inOneBlock = (count: number, hours: number): LocatedReport[] =>
  burst(ASOF - hours * HOUR_MS, count, hours).map((occurredAt, index) => ({
    occurredAt,
    latitude: 39.1 + index * 0.0005,
    longitude: -83.8,
  }));

const find = (reports: readonly LocatedReport[], seed = 1) =>
  findCluster(reports, ASOF, defaultClusterPolicy, diceFrom(seed));

describe('clusters below the county', () => {
  it('are found where they are', () => {
    const verdict = find([...quietCounty(1), ...inOneBlock(7, 20)]);
    expect(verdict).toMatchObject({ isCluster: true, count: 7, hours: 24 });
    expect(verdict!.radiusKm).toBeLessThan(1);
    expect(Math.abs(verdict!.latitude - 39.1)).toBeLessThan(0.01);
    expect(verdict!.expected).toBeLessThan(1);
  });

  it('are not seen where a block always has its reports', () => {
    const always = quietTimes({ days: 90, rate: () => 4 }, diceFrom(7)).map((occurredAt) => ({
      occurredAt,
      latitude: 39.1,
      longitude: -83.8,
    }));
    expect(find([...quietCounty(1), ...always])?.isCluster ?? false).toBe(false);
  });

  it('are not seen in a rise that the whole county shares', () => {
    const dice = diceFrom(9);
    const more = burst(ASOF - 20 * HOUR_MS, 25, 20).map((at) => somewhere(at, dice));
    expect(find([...quietCounty(1), ...more])?.isCluster ?? false).toBe(false);
  });

  it('are rare where nothing happens', () => {
    const warned = Array.from({ length: 60 }, (_, seed) => find(quietCounty(100 + seed), seed)).filter(
      (verdict) => verdict?.isCluster,
    );
    expect(warned.length).toBeLessThanOrEqual(1);
  });

  it('are found where most of the few reports there are came today', () => {
    const elsewhere = quietCounty(5).slice(0, 25);
    expect(find([...elsewhere, ...inOneBlock(12, 20)])).toMatchObject({ isCluster: true, count: 12, reports: 37 });
  });

  it('need a few reports', () => {
    expect(find(inOneBlock(3, 10))).toBeNull();
    expect(find([])).toBeNull();
  });

  it('are the same for the same reports in any order, and the same dice', () => {
    const scene = { occurredAt: ASOF - HOUR_MS, latitude: 39.1, longitude: -83.8 };
    const atOnce = [scene, { ...scene, longitude: -83.81 }, { ...scene, latitude: 39.11 }];
    const reports = [...quietCounty(2), ...inOneBlock(6, 20), ...atOnce];
    expect(find([...reports].reverse())).toEqual(find(reports));
    fc.assert(
      fc.property(fc.shuffledSubarray(reports, { minLength: reports.length }), (shuffled) => {
        expect(find(shuffled)).toEqual(find(reports));
      }),
      { numRuns: 5 },
    );
  });

  it('look at the latest reports when there are too many', () => {
    const policy = { ...defaultClusterPolicy, maxReports: 50 };
    const reports = [...quietCounty(3), ...inOneBlock(6, 20)];
    expect(findCluster(reports, ASOF, policy, diceFrom(1))!.reports).toBe(50);
  });
});

describe('the likelihood ratio', () => {
  it('is nothing below the expectation, and all of it when every report is inside', () => {
    expect(likelihoodRatio(2, 3, 10)).toBe(0);
    expect(likelihoodRatio(10, 5, 10)).toBeCloseTo(10 * Math.LN2, 9);
  });
});
