import type { Sum } from './sums';

/** The one figure of a sum that is not known; null: none, or several. */
export const onlyUnknown = ({ total, parts }: Sum, known: ReadonlyMap<string, number>): string | null => {
  let left = known.has(total) ? null : total;
  for (const part of parts) {
    if (known.has(part)) continue;
    if (left !== null) return null;
    left = part;
  }
  return left;
};
