import fc from 'fast-check';
import type { Place } from '../../kernel/distance';
import { mostEndangeredFirst } from './most-endangered';
import { nextOnRoster, type RosterPlace } from './roster-order';
import { legsOf, routeFrom } from './route';

const sum = (start: Place, way: readonly Place[]): number => legsOf(start, way).reduce((total, leg) => total + leg, 0);
const orders = <T>(items: readonly T[]): T[][] =>
  items.length < 2
    ? [[...items]]
    : items.flatMap((item, at) =>
        orders([...items.slice(0, at), ...items.slice(at + 1)]).map((rest) => [item, ...rest]),
      );

const place = fc.record({
  latitude: fc.double({ min: 39.1, max: 39.6, noNaN: true }),
  longitude: fc.double({ min: -83.3, max: -82.7, noNaN: true }),
});

describe('the way of a day', () => {
  it('is nothing without stops, and turns a tangle around', () => {
    const start = { latitude: 39, longitude: -83 };
    expect(routeFrom(start, [])).toEqual([]);
    // The nearest first would leave the far one behind: there and back again.
    const [east, west, farWest] = [-82.98, -83.03, -83.2].map((longitude) => ({ latitude: 39, longitude }));
    expect(routeFrom(start, [farWest, west, east] as Place[])).toEqual([east, west, farWest]);
    const tangle = [
      { latitude: 39.0, longitude: -82.9 },
      { latitude: 39.12, longitude: -82.95 },
      { latitude: 39.02, longitude: -82.7 },
      { latitude: 39.11, longitude: -83.05 },
    ];
    const best = Math.min(...orders(tangle).map((way) => sum(start, way)));
    expect(sum(start, routeFrom(start, tangle))).toBeCloseTo(best, 6);
  });

  it('visits every stop once, and is at most a quarter longer than the best of all orders', () => {
    fc.assert(
      fc.property(place, fc.array(place, { maxLength: 6 }), (start, stops) => {
        const way = routeFrom(start, stops);
        expect([...way].sort(byPlace)).toEqual([...stops].sort(byPlace));
        const best = Math.min(...orders(stops).map((order) => sum(start, order)));
        expect(sum(start, way)).toBeLessThanOrEqual((stops.length === 0 ? 0 : best) * 1.25 + 0.01);
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});

const byPlace = (a: Place, b: Place): number => a.latitude - b.latitude || a.longitude - b.longitude;

describe('who goes first', () => {
  it('is who is in most danger, and of equals who was first before, as the roster has its deadlines', () => {
    const points: Record<string, number> = { twice: 6, once: 3, again: 3, fourDoses: 8 };
    const rows = ['nothing', 'once', 'fourDoses', 'again', 'unknown', 'twice'].map((id) => ({ id }));
    const order = mostEndangeredFirst(rows, (id) => points[id] ?? 0).map(({ id }) => id);
    expect(order).toEqual(['fourDoses', 'twice', 'once', 'again', 'nothing', 'unknown']);
    expect(rows[0]).toEqual({ id: 'nothing' });
  });

  const placed = fc.uniqueArray(
    fc.record({ id: fc.integer({ min: 100, max: 999 }).map(String), hour: fc.nat(71), points: fc.nat(10) }),
    { selector: ({ id }) => id, maxLength: 30 },
  );
  const placeOf = ({ id, hour, points }: { id: string; hour: number; points: number }): RosterPlace => {
    const day = `2026-03-0${1 + Math.floor(hour / 24)}`;
    return { id, points, day, dueAt: `${day}T${String(hour % 24).padStart(2, '0')}:00:00.000000Z` };
  };
  const onPages = (places: readonly RosterPlace[], size: number): RosterPlace[][] => {
    const pages = [nextOnRoster(places, null, size)];
    for (let last = pages[0]?.at(-1); last; last = pages.at(-1)?.at(-1)) pages.push(nextOnRoster(places, last, size));
    return pages;
  };

  it('is on a roster whoever is due on an earlier day; of one day, who is in most danger; of equals, who is due first', () => {
    const [later, most, soon, equal, first] = [
      placeOf({ id: 'later', hour: 24, points: 10 }),
      placeOf({ id: 'most', hour: 23, points: 6 }),
      placeOf({ id: 'b', hour: 5, points: 3 }),
      placeOf({ id: 'a', hour: 5, points: 3 }),
      placeOf({ id: 'c', hour: 4, points: 3 }),
    ];
    const all = [later, most, soon, equal, first];
    expect(nextOnRoster(all, null, 9)).toEqual([most, first, equal, soon, later]);
    expect(nextOnRoster(all, equal, 1)).toEqual([soon]);
    expect(all[0]).toBe(later);
  });

  it('has everybody on exactly one page, however long the pages are', () => {
    fc.assert(
      fc.property(placed, fc.integer({ min: 1, max: 9 }), (drawn, size) => {
        const places = drawn.map(placeOf);
        const read = onPages(places, size).flat();
        expect(read).toEqual(nextOnRoster(places, null, places.length));
        expect(new Set(read.map(({ id }) => id)).size).toBe(places.length);
        for (const [at, place] of read.entries()) {
          for (const next of read.slice(at + 1)) {
            expect(place.day <= next.day).toBe(true);
            if (place.day === next.day) expect(place.points).toBeGreaterThanOrEqual(next.points);
          }
        }
      }),
      { numRuns: 60, seed: 7 },
    );
  });
});
