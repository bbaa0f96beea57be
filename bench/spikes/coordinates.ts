const WRITTEN = /^([+-]?\d+(?:[.,]\d+)?)\s*°?\s*([NSEW])?$/i;

/** A latitude or longitude as files write one; `undefined`: none, or none that can be read. */
export const degrees = (text: string | undefined, limit: number): number | undefined => {
  const [, figure = '', side = ''] = WRITTEN.exec(text?.trim() ?? '') ?? [];
  const size = figure === '' ? Number.NaN : Number(figure.replace(',', '.'));
  const value = /[SW]/i.test(side) ? -Math.abs(size) : size;
  return Math.abs(value) <= limit && value !== 0 ? value : undefined;
};

/** What is known of a row before it is an event. */
interface Point {
  readonly lat?: string;
  readonly lon?: string;
}

/** Of so many of the points that can be read. */
const MOST = 0.9;
/** The United States, from Puerto Rico to Alaska. */
const isInStates = (latitude: number, longitude: number): boolean =>
  latitude > 17 && latitude < 72 && longitude > -180 && longitude < -64;

/** Whether the columns are named the wrong way round: as they are the points lie in no state, and the other way in one. */
export const areSwapped = (rows: readonly Point[]): boolean => {
  const points = rows.flatMap(({ lat, lon }) => {
    const [one, other] = [degrees(lat, 180), degrees(lon, 180)];
    return one === undefined || other === undefined ? [] : [[one, other] as const];
  });
  const swapped = points.filter(([one, other]) => isInStates(other, one) && !isInStates(one, other));
  return points.length > 0 && swapped.length >= MOST * points.length;
};
