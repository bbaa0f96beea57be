import type { ScoredPairs } from './scored-pairs';

/** The pairs that may be one person, heaviest first; equal weights by what the records say, not by where they stand. */
export const heaviestFirst = (pairs: ScoredPairs, rankOf: Int32Array, isWorth: (at: number) => boolean): number[] => {
  const found: number[] = [];
  for (let at = 0; at < pairs.length; at += 1) if (isWorth(at)) found.push(at);
  const rank = (number: number): number => rankOf[number] as number;
  return found.sort(
    (a, b) =>
      pairs.bits(b) - pairs.bits(a) ||
      rank(pairs.left(a)) - rank(pairs.left(b)) ||
      rank(pairs.right(a)) - rank(pairs.right(b)),
  );
};
