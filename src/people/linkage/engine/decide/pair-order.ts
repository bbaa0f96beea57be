import type { ScoredPairs } from './scored-pairs';

/** Numbers of the pairs from `least` bits on, heaviest first; equal weights by what the records say, not by where they stand. */
export const heaviestFirst = (pairs: ScoredPairs, least: number, rankOf: Int32Array): number[] => {
  const found: number[] = [];
  for (let at = 0; at < pairs.length; at += 1) if (pairs.bits(at) >= least) found.push(at);
  const rank = (number: number): number => rankOf[number] as number;
  return found.sort(
    (a, b) =>
      pairs.bits(b) - pairs.bits(a) ||
      rank(pairs.left(a)) - rank(pairs.left(b)) ||
      rank(pairs.right(a)) - rank(pairs.right(b)),
  );
};
