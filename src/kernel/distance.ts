/**
 * Haversine: R. W. Sinnott, "Virtues of the Haversine", Sky and Telescope 68 (1984). The sphere is at most 0.6 % off the
 * ellipsoid, far below the difference between a straight line and a road. Degrees are WGS 84.
 */

export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** Mean radius of the Earth, kilometres (IUGG). */
export const EARTH_RADIUS_KM = 6371.0088;

export const RADIANS_PER_DEGREE = Math.PI / 180;

/** Great-circle distance, kilometres. */
export const kilometresBetween = (from: Place, to: Place): number => {
  const fromLatitude = from.latitude * RADIANS_PER_DEGREE;
  const toLatitude = to.latitude * RADIANS_PER_DEGREE;
  const halfNorthing = Math.sin((toLatitude - fromLatitude) / 2);
  const halfEasting = Math.sin(((to.longitude - from.longitude) * RADIANS_PER_DEGREE) / 2);
  const chord = halfNorthing * halfNorthing + Math.cos(fromLatitude) * Math.cos(toLatitude) * halfEasting * halfEasting;
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(Math.min(1, chord)));
};
