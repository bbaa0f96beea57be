import { geoDistance } from 'd3-geo';
import { counties } from '../agencies';
import { invalid, type Refusal } from '../kernel/refusal';

/** Degrees, WGS 84. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

interface PlaceInput {
  readonly latitude?: number | null;
  readonly longitude?: number | null;
  readonly countyFips?: string | null;
}

/** Mean radius (IUGG), statute miles. */
const EARTH_RADIUS_MILES = 3958.7613;
const MILES_PER_DEGREE = (EARTH_RADIUS_MILES * Math.PI) / 180;
/** Widens a box by a few yards, so that rounding cuts nothing off. */
const MARGIN = 1.0001;

/** Great-circle distance. */
export const milesBetween = (from: Place, to: Place): number =>
  EARTH_RADIUS_MILES * geoDistance([from.longitude, from.latitude], [to.longitude, to.latitude]);

export interface Box {
  readonly south: number;
  readonly north: number;
  readonly west: number;
  readonly east: number;
}

/** The degrees in which everything within so many miles lies, and more. Not for the poles nor across the antimeridian. */
export const boxAround = ({ latitude, longitude }: Place, miles: number): Box => {
  const tall = (miles / MILES_PER_DEGREE) * MARGIN;
  const farthest = Math.min(89.9, Math.abs(latitude) + tall);
  const wide = tall / Math.cos((farthest * Math.PI) / 180);
  return { south: latitude - tall, north: latitude + tall, west: longitude - wide, east: longitude + wide };
};

/** Coordinates, or the centroid of a county; a refusal for neither, for half a place and for an unknown county. */
export const placeGiven = (input: PlaceInput, path: string): Place | Refusal => {
  const { latitude = null, longitude = null, countyFips = null } = input;
  if (latitude !== null && longitude !== null) return { latitude, longitude };
  if (latitude !== null || longitude !== null) {
    return invalid(`${path}latitude`, 'Latitude and longitude go together.', 'Send both, or countyFips instead.');
  }
  if (countyFips === null) {
    return invalid(`${path}latitude`, 'Near what?', 'Send latitude and longitude, or countyFips.');
  }
  const county = counties().county(countyFips);
  if (county) return county.centroid;
  return invalid(`${path}countyFips`, 'No county has this FIPS code.', 'Look the code up with the `counties` query.');
};
