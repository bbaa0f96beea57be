import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { counties } from './county-map';

const dataFolder = join(__dirname, '../../../../shared/data/geography');
const hasData = existsSync(dataFolder);
const withData = hasData ? describe : describe.skip;
if (!hasData) console.warn('Skipped: the county files of the US Census are not in ../shared/data/geography.');

const rowsOf = (file: string): string[][] =>
  readFileSync(join(dataFolder, file), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));

const degreesToKm = (left: { latitude: number; longitude: number }, latitude: number, longitude: number): number => {
  const east = (left.longitude - longitude) * Math.cos((latitude * Math.PI) / 180);
  return Math.hypot(left.latitude - latitude, east) * 111.2;
};

describe('county map', () => {
  const map = counties();

  it('knows a county by its code, with state, centroid and neighbours', () => {
    const ross = map.county('39141');
    expect(ross).toMatchObject({ name: 'Ross', fullName: 'Ross County', state: 'OH', stateName: 'Ohio' });
    expect(ross?.neighbours).toEqual(['39047', '39071', '39073', '39079', '39129', '39131', '39163']);
    expect(map.shapeOf('39141')?.geometry.type).toBe('Polygon');
  });

  it('knows no county that does not exist', () => {
    expect(map.isCounty('39141')).toBe(true);
    expect([map.isCounty('39000'), map.county('39000'), map.shapeOf('39000')]).toEqual([false, null, null]);
  });

  it.each([
    ['Chillicothe, Ohio', 39.3331, -82.9824, '39141'],
    ['Martinsburg, West Virginia', 39.4562, -77.9639, '54003'],
    ['Louisville, Kentucky', 38.2527, -85.7585, '21111'],
    ['Attu in the Aleutians, beyond the antimeridian', 52.9, 172.9, '02016'],
    ['the Atlantic', 35, -60, null],
    ['Toronto', 43.6532, -79.3832, null],
  ])('finds the county of %s', (_place, latitude, longitude, fips) => {
    expect(map.countyAt(latitude, longitude)).toBe(fips);
  });

  it('lists a state by USPS code', () => {
    expect(map.countiesOfState('WV')).toHaveLength(55);
    expect(map.countiesOfState('XX')).toEqual([]);
  });

  it('puts every county in a named state and says neighbourhood both ways', () => {
    for (const { fips, state, stateName, neighbours } of map.all()) {
      expect(state).toMatch(/^[A-Z]{2}$/);
      expect(stateName).not.toBe('');
      expect(neighbours).not.toContain(fips);
      for (const other of neighbours) expect(map.county(other)?.neighbours).toContain(fips);
    }
  });
});

withData('county map against the Census files', () => {
  const map = counties();

  it('agrees on names and centroids', () => {
    const rows = rowsOf('county_master.csv').filter(([fips = '']) => map.isCounty(fips));
    const kilometres = rows
      .filter(([, , , , , latitude]) => latitude)
      .map(([fips = '', , , , , latitude, longitude]) => {
        const county = map.county(fips);
        return county ? degreesToKm(county.centroid, Number(latitude), Number(longitude)) : Infinity;
      })
      .sort((left, right) => left - right);
    const misnamed = rows.filter(([fips = '', name = '']) => !name.startsWith(map.county(fips)?.name ?? '?'));
    expect(rows.length).toBeGreaterThan(3100);
    expect(misnamed).toEqual([]);
    const inFull = rows.map(([fips = '', name = '']): [string, string] => [name, map.county(fips)?.fullName ?? '']);
    expect(inFull.filter(([name, full]) => name !== full)).toEqual([]);
    // The Census point may lie in the water part of a county; the map is cut at the shore (Great Lakes, bays).
    expect(kilometres[Math.floor(kilometres.length * 0.5)]).toBeLessThan(1);
    expect(kilometres[Math.floor(kilometres.length * 0.95)]).toBeLessThan(10);
  });

  it('agrees on 98 of 100 neighbours; the rest touch in one point, lie across water, or were redrawn after 2010', () => {
    const ours = new Set(map.all().flatMap(({ fips, neighbours }) => neighbours.map((other) => `${fips}-${other}`)));
    const theirs = new Set(
      rowsOf('county_adjacency_2010.csv')
        .filter(([fips = '', other = '']) => map.isCounty(fips) && map.isCounty(other) && fips !== other)
        .map(([fips, other]) => `${fips}-${other}`),
    );
    const shared = [...theirs].filter((pair) => ours.has(pair)).length;
    const onlyOurs = [...ours].filter((pair) => !theirs.has(pair)).length;
    expect(shared / theirs.size).toBeGreaterThan(0.98);
    expect(onlyOurs / ours.size).toBeLessThan(0.005);
  });
});
