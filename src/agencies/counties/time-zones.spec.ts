import { counties } from './county-map';
import { isState, stateOfFips } from './states';
import { zoneOfAgency } from '../agency-zone';
import { timeZoneOf } from './time-zones';

describe('time zones', () => {
  it.each([
    ['Ross County, Ohio', 'OH', '39141', 'America/New_York'],
    ['Warren County, Kentucky, west of the line', 'KY', '21227', 'America/Chicago'],
    ['Jefferson County, Kentucky', 'KY', '21111', 'America/New_York'],
    ['El Paso, Texas', 'TX', '48141', 'America/Denver'],
    ['a state alone', 'TN', null, 'America/Chicago'],
    ['Palau, which has no counties', 'PW', null, 'Pacific/Palau'],
    ['no state at all', 'XX', null, null],
  ])('knows %s', (_place, state, fips, zone) => {
    expect(timeZoneOf(state, fips)).toBe(zone);
  });

  it('gives every county a zone the runtime knows', () => {
    const zones = new Set(
      counties()
        .all()
        .map(({ state, fips }) => timeZoneOf(state, fips) ?? 'none'),
    );
    for (const zone of zones) expect(() => new Intl.DateTimeFormat('en', { timeZone: zone })).not.toThrow();
  });

  it('reads the state off a county code', () => {
    expect([stateOfFips('54003'), stateOfFips('99001'), isState('WV'), isState('XX')]).toEqual([
      'WV',
      null,
      true,
      false,
    ]);
  });

  it('is that of an agency’s counties, else the one most of its state keeps', () => {
    const zones = [
      { state: 'OH', jurisdictionFips: ['39141'] },
      { state: 'KY', jurisdictionFips: ['21083'] },
      { state: 'KY', jurisdictionFips: ['21083', '21067'] },
      { state: 'TX', jurisdictionFips: [] },
      { state: 'XX', jurisdictionFips: [] },
    ].map(zoneOfAgency);
    const eastern = 'America/New_York';
    expect(zones).toEqual([eastern, 'America/Chicago', eastern, 'America/Chicago', eastern]);
  });
});
