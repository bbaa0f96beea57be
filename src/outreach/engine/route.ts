import { kilometresBetween, type Place } from '../../kernel/distance';

/** Swaps that shorten the way by less than this are not worth turning around for: a metre. */
const WORTH_KM = 0.001;

const lengthOf = (start: Place, way: readonly Place[]): number => {
  let [length, from] = [0, start];
  for (const place of way) {
    length += kilometresBetween(from, place);
    from = place;
  }
  return length;
};

/** Always on to the nearest that is left. */
const nearestNext = <Stop extends Place>(start: Place, stops: readonly Stop[]): Stop[] => {
  const left = [...stops];
  const way: Stop[] = [];
  let from = start;
  while (left.length > 0) {
    const distances = left.map((stop) => kilometresBetween(from, stop));
    const [next] = left.splice(distances.indexOf(Math.min(...distances)), 1) as [Stop];
    way.push(next);
    from = next;
  }
  return way;
};

/** The first way that is shorter by walking a part of it backwards; undefined: none is. */
const shorter = <Stop extends Place>(start: Place, way: readonly Stop[]): Stop[] | undefined => {
  const worth = lengthOf(start, way) - WORTH_KM;
  for (let from = 0; from < way.length - 1; from++) {
    for (let to = from + 1; to < way.length; to++) {
      const turned = [...way.slice(0, from), ...way.slice(from, to + 1).reverse(), ...way.slice(to + 1)];
      if (lengthOf(start, turned) < worth) return turned;
    }
  }
  return undefined;
};

/** Untangles as long as that shortens it (2-opt). The way need not come back to its start. */
const untangled = <Stop extends Place>(start: Place, given: readonly Stop[]): Stop[] => {
  let way = [...given];
  for (let next = shorter(start, way); next; next = shorter(start, way)) way = next;
  return way;
};

/** The stops in a good order from a start: every one once. Straight lines; roads are longer. */
export const routeFrom = <Stop extends Place>(start: Place, stops: readonly Stop[]): Stop[] =>
  untangled(start, nearestNext(start, stops));

/** Kilometres from each stop’s predecessor, the first from the start. */
export const legsOf = (start: Place, way: readonly Place[]): number[] =>
  way.map((stop, at) => kilometresBetween(way[at - 1] ?? start, stop));
