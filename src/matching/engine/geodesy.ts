/**
 * Grid cells on a sphere. Degrees are WGS 84, distances kilometres.
 */
import { EARTH_RADIUS_KM, RADIANS_PER_DEGREE } from '../../kernel/distance';

export { EARTH_RADIUS_KM, kilometresBetween, type Place } from '../../kernel/distance';

const CELLS_PER_DEGREE = 4;
const ROWS = 180 * CELLS_PER_DEGREE;
const COLUMNS = 360 * CELLS_PER_DEGREE;
/** Widens every cover by about 0.1 m, so that rounding never cuts off a point on the rim. */
const RIM_DEGREES = 1e-6;

const rowOf = (latitude: number): number =>
  Math.min(ROWS - 1, Math.max(0, Math.floor((latitude + 90) * CELLS_PER_DEGREE)));

/** Column on an unrolled globe: may lie outside 0 … 1439 beyond the antimeridian. */
const unrolledColumnOf = (longitude: number): number => Math.floor((longitude + 180) * CELLS_PER_DEGREE);

const wrapped = (column: number): number => ((column % COLUMNS) + COLUMNS) % COLUMNS;

/**
 * Number of the 0.25° cell a place lies in, 0 … 1,036,799: `floor((lat + 90) × 4) × 1440 + floor((lon + 180) × 4)`.
 * Longitude 180 is longitude −180; the north pole lies in the topmost row.
 */
export const cellOf = (latitude: number, longitude: number): number =>
  rowOf(latitude) * COLUMNS + wrapped(unrolledColumnOf(longitude));

interface Cover {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly firstColumn: number;
  readonly columns: number;
}

const coverOf = (latitude: number, longitude: number, km: number): Cover => {
  const reach = km / EARTH_RADIUS_KM;
  const reachDegrees = reach / RADIANS_PER_DEGREE + RIM_DEGREES;
  const south = latitude - reachDegrees;
  const north = latitude + reachDegrees;
  const firstRow = rowOf(south);
  const lastRow = rowOf(north);
  // A circle around a pole meets every meridian.
  if (south <= -90 || north >= 90) return { firstRow, lastRow, firstColumn: 0, columns: COLUMNS };
  // Widest meridian a spherical cap touches: sin(Δλ) = sin(reach) / cos(latitude).
  const widest = Math.asin(Math.min(1, Math.sin(reach) / Math.cos(latitude * RADIANS_PER_DEGREE)));
  // Near a pole the asin is steep: a relative margin beside the absolute one keeps the rim inside.
  const aside = (widest / RADIANS_PER_DEGREE) * (1 + RIM_DEGREES) + RIM_DEGREES;
  const firstColumn = unrolledColumnOf(longitude - aside);
  const columns = Math.min(COLUMNS, unrolledColumnOf(longitude + aside) - firstColumn + 1);
  return { firstRow, lastRow, firstColumn, columns };
};

/** How many cells `cellsWithin` would list; ask before listing a very wide circle. */
export const cellCountWithin = (latitude: number, longitude: number, km: number): number => {
  if (!(km >= 0)) return 0;
  const cover = coverOf(latitude, longitude, km);
  return (cover.lastRow - cover.firstRow + 1) * cover.columns;
};

/**
 * Cells of the box around the circle of `km` kilometres: every place within `km` (haversine) lies in one of them, each is
 * listed once, and some lie outside the circle. Empty for a negative or unknown distance.
 */
export const cellsWithin = (latitude: number, longitude: number, km: number): number[] => {
  if (!(km >= 0)) return [];
  const { firstRow, lastRow, firstColumn, columns } = coverOf(latitude, longitude, km);
  const cells: number[] = [];
  for (let row = firstRow; row <= lastRow; row += 1) {
    for (let offset = 0; offset < columns; offset += 1) cells.push(row * COLUMNS + wrapped(firstColumn + offset));
  }
  return cells;
};
