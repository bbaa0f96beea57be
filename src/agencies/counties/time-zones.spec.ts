import { counties } from './county-map';
import { isState, stateOfFips } from './states';
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
});
