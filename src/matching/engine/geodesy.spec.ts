import fc from 'fast-check';
import { anyLatitude, anyLongitude, evenly } from '../../../test/builders/matching.arbitraries';
import { inDepth } from '../../../test/setup/thorough';
import { cellCountWithin, cellOf, cellsWithin, EARTH_RADIUS_KM, kilometresBetween, type Place } from './geodesy';

/** Destination after `km` on an initial bearing; an independent way to make points on and inside the rim. */
const travelled = ({ latitude, longitude }: Place, bearing: number, km: number): Place => {
  const [lat, lon, reach] = [(latitude * Math.PI) / 180, (longitude * Math.PI) / 180, km / EARTH_RADIUS_KM];
  const to = Math.asin(
    Math.min(1, Math.max(-1, Math.sin(lat) * Math.cos(reach) + Math.cos(lat) * Math.sin(reach) * Math.cos(bearing))),
  );
  const east = Math.atan2(
    Math.sin(bearing) * Math.sin(reach) * Math.cos(lat),
    Math.cos(reach) - Math.sin(lat) * Math.sin(to),
  );
  const degrees = ((lon + east) * 180) / Math.PI;
  return { latitude: (to * 180) / Math.PI, longitude: ((((degrees + 180) % 360) + 360) % 360) - 180 };
};

/** The compass points lie on the rim of the box, where a cover that is too small shows first. */
const anyBearing = fc.oneof(fc.constantFrom(0, 0.5, 1, 1.5), evenly(0, 2)).map((halfTurns) => halfTurns * Math.PI);
const anyPlace = fc.record({ latitude: anyLatitude, longitude: anyLongitude });

describe('kilometresBetween', () => {
  it('agrees with a known distance: Chillicothe to Columbus, Ohio, about 70 km', () => {
    const km = kilometresBetween(
      { latitude: 39.3331, longitude: -82.9824 },
      { latitude: 39.9612, longitude: -82.9988 },
    );
    expect(km).toBeCloseTo(69.85, 1);
  });

  it('is half the globe between poles and never more', () => {
    const half = Math.PI * EARTH_RADIUS_KM;
    expect(kilometresBetween({ latitude: 90, longitude: 0 }, { latitude: -90, longitude: 77 })).toBeCloseTo(half, 6);
    fc.assert(fc.property(anyPlace, anyPlace, (a, b) => kilometresBetween(a, b) <= half));
  });

  it('is the same both ways', () => {
    fc.assert(
      fc.property(anyPlace, anyPlace, (a, b) => Math.abs(kilometresBetween(a, b) - kilometresBetween(b, a)) < 1e-6),
    );
  });
});

describe('cells', () => {
  it('numbers a quarter degree by row and column', () => {
    expect(cellOf(-90, -180)).toBe(0);
    expect(cellOf(39.3331, -82.9824)).toBe(Math.floor((39.3331 + 90) * 4) * 1440 + Math.floor((-82.9824 + 180) * 4));
    expect(cellOf(90, 0)).toBe(719 * 1440 + 720);
    expect(cellOf(10, 180)).toBe(cellOf(10, -180));
  });

  it('is empty for a distance that is none', () => {
    expect(cellsWithin(40, -83, -1)).toEqual([]);
    expect(cellsWithin(40, -83, Number.NaN)).toEqual([]);
    expect(cellCountWithin(40, -83, -1)).toBe(0);
  });

  it('covers the antimeridian on both sides', () => {
    const cells = cellsWithin(52, 179.95, 20);
    expect(cells).toContain(cellOf(52, -179.95));
    expect(cells).toContain(cellOf(52, 179.9));
  });

  it('covers every meridian around both poles', () => {
    for (const latitude of [89.9, -89.9]) {
      expect(cellsWithin(latitude, 10, 30)).toContain(cellOf(latitude, -170));
      expect(cellsWithin(latitude, 10, 5)).not.toContain(cellOf(latitude, -170));
    }
  });

  it('stays small for a usual distance', () => {
    expect(cellCountWithin(39.3331, -82.9824, 80)).toBeLessThan(100);
  });

  it('counts what it lists, each cell once', () => {
    fc.assert(
      fc.property(anyPlace, evenly(0, 400), ({ latitude, longitude }, km) => {
        const cells = cellsWithin(latitude, longitude, km);
        expect(new Set(cells).size).toBe(cells.length);
        expect(cells.length).toBe(cellCountWithin(latitude, longitude, km));
      }),
    );
  });

  it('covers every place within the distance, rim, poles and antimeridian included', () => {
    const anyShare = fc.oneof(fc.constant(1), evenly(0, 1));
    const anyKm = fc.oneof(evenly(0, 500), evenly(0, 3000));
    fc.assert(
      fc.property(anyPlace, anyKm, anyShare, anyBearing, (centre, km, share, bearing) => {
        const place = travelled(centre, bearing, km * share);
        fc.pre(kilometresBetween(centre, place) <= km);
        const cells = new Set(cellsWithin(centre.latitude, centre.longitude, km));
        expect(cells.has(cellOf(place.latitude, place.longitude))).toBe(true);
      }),
      { numRuns: inDepth(300, 1000) },
    );
  });

  it('covers neighbours chosen blindly around a high latitude', () => {
    const around = fc.record({
      latitude: evenly(80, 90),
      longitude: anyLongitude,
    });
    fc.assert(
      fc.property(around, around, (a, b) => {
        const cells = new Set(cellsWithin(a.latitude, a.longitude, kilometresBetween(a, b)));
        expect(cells.has(cellOf(b.latitude, b.longitude))).toBe(true);
      }),
      { numRuns: inDepth(60, 200) },
    );
  });
});
