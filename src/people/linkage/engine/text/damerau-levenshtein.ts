// Taken out once: in some environments, Jest’s among them, looking up a global costs more than what it computes.
const { min, abs } = Math;

let rows = { before: new Uint16Array(65), above: new Uint16Array(65), current: new Uint16Array(65) };

const makeRoom = (width: number): void => {
  if (rows.current.length >= width) return;
  const size = width * 2;
  rows = { before: new Uint16Array(size), above: new Uint16Array(size), current: new Uint16Array(size) };
};

const isTransposed = (a: string, b: string, i: number, j: number): boolean =>
  i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);

/** Fills one row of the table; answers its least figure, below which no later row can fall. */
const fillRow = (a: string, b: string, i: number): number => {
  const { before, above, current } = rows;
  current[0] = i;
  let least = i;
  for (let j = 1; j <= b.length; j += 1) {
    const isSame = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
    let cost = min(
      (above[j] as number) + 1,
      (current[j - 1] as number) + 1,
      (above[j - 1] as number) + (isSame ? 0 : 1),
    );
    if (isTransposed(a, b, i, j)) cost = min(cost, (before[j - 2] as number) + 1);
    current[j] = cost;
    if (cost < least) least = cost;
  }
  return least;
};

/**
 * Letters to insert, delete, replace or swap with their neighbour to make one word of the other, no letter touched twice (optimal
 * string alignment). Distances above `most` are not worked out to the end and come back as `most + 1`.
 */
export const editDistance = (a: string, b: string, most: number): number => {
  if (a === b) return 0;
  if (abs(a.length - b.length) > most) return most + 1;
  makeRoom(b.length + 1);
  for (let j = 0; j <= b.length; j += 1) rows.above[j] = j;
  let leastAbove = 0;
  for (let i = 1; i <= a.length; i += 1) {
    const least = fillRow(a, b, i);
    // A neighbour swap reaches back two rows, so both must be beyond the limit.
    if (least > most && leastAbove > most) return most + 1;
    leastAbove = least;
    rows = { before: rows.above, above: rows.current, current: rows.before };
  }
  return min(rows.above[b.length] as number, most + 1);
};
