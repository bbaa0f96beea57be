import { warningsOf } from './report-warnings';

const ross = { latitude: 39.3331, longitude: -82.9824 };

describe('what may be a slip in a report that stands', () => {
  it.each([
    [{ countyFips: '39141', ...ross }, []],
    [{ countyFips: '39131', ...ross }, ['POINT_IN_NEIGHBOUR']],
    [{ countyFips: '39141', latitude: ross.latitude, longitude: -ross.longitude }, ['POINT_IN_NO_COUNTY']],
    [{ countyFips: '39141', latitude: null, longitude: null }, []],
  ])('%j: %j', (report, warnings) => expect(warningsOf(report)).toEqual(warnings));
});
