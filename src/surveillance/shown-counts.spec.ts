import type { ClusterVerdict } from './engine/clusters';
import { PlaceClock } from './engine/place-clock';
import type { SpikeVerdict } from './engine/verdict';
import { shownMoment, shownVerdict } from './shown-counts';

const clock = new PlaceClock(-300);
const verdict: SpikeVerdict = {
  ...{ place: '39061', asOf: 0, windowsEnd: 0, isSpike: true, leadingHours: 24, p: 0.00123456, threshold: 0.01 },
  ...{ reasons: [], notes: [], isQuiet: false, dataAgeHours: 1, historyDays: 365, policyVersion: 'test' },
  windows: [{ hours: 24, count: 3, expected: 2.503456, p: 0.001 }],
  streams: [{ stream: 'EMS', count: 3, expected: 1.503456, p: 0.002, isAgreeing: true }],
};
const cluster: ClusterVerdict = {
  ...{ asOf: 0, isCluster: true, latitude: 39.1031, longitude: -84.512, radiusKm: 1.2, hours: 24, count: 17 },
  ...{ expected: 3, ratio: 5, p: 0.001, threshold: 0.01, reports: 40, policyVersion: 'test' },
};

describe('what is shown of a verdict', () => {
  it('is how many there were, to four digits of what was expected, and no address', () => {
    expect(shownVerdict(verdict, cluster, clock)).toMatchObject({
      ...{ p: 0.001235, dataAgeHours: 1, windows: [{ count: 3, expected: 2.503, p: 0.001 }] },
      streams: [{ stream: 'EMS', count: 3, expected: 1.503, isAgreeing: true }],
      cluster: { latitude: 39.1, longitude: -84.51, radiusKm: 2, count: 17 },
    });
    expect(shownVerdict({ ...verdict, dataAgeHours: null }, null, clock)).toMatchObject({
      dataAgeHours: null,
      cluster: null,
    });
  });

  it('is the day to an analyst, and the moment to whoever answers the alert', () => {
    const at = (role: 'ANALYST' | 'OFFICER', hour: number) =>
      shownMoment({ role }, clock.moment(hour * 3_600_000), clock);
    expect([at('ANALYST', 7), at('ANALYST', 19)]).toEqual([clock.moment(0), clock.moment(0)]);
    expect(at('OFFICER', 7)).toEqual(clock.moment(7 * 3_600_000));
  });
});
