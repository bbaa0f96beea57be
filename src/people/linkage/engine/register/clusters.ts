/** Two records that are one person, as far as this pair goes. */
export interface Tie {
  readonly left: string;
  readonly right: string;
  readonly bits: number;
  /** Somebody has decided it. */
  readonly isHuman: boolean;
}
export type Pair = readonly [string, string];

/** What somebody decided before what was computed, the heavier before the lighter; never the one that came in first. */
const byStrength = (a: Tie, b: Tie): number =>
  Number(b.isHuman) - Number(a.isHuman) || b.bits - a.bits || (`${a.left}${a.right}` < `${b.left}${b.right}` ? -1 : 1);

const nameOf = (a: string, b: string): string => (a < b ? `${a}:${b}` : `${b}:${a}`);

/**
 * Which records are one person: record → the first id among those of the person. Follows the ties, and never puts two records
 * together that are held apart, whatever chain of ties leads from one to the other. Depends on ties and not on their order.
 */
export const clustersFrom = (
  members: readonly string[],
  ties: readonly Tie[],
  apart: readonly Pair[],
): ReadonlyMap<string, string> => {
  const isApart = new Set(apart.map(([a, b]) => nameOf(a, b)));
  const groupOf = new Map(members.map((id): [string, readonly string[]] => [id, [id]]));
  for (const { left, right } of [...ties].sort(byStrength)) {
    const [one, other] = [groupOf.get(left) ?? [left], groupOf.get(right) ?? [right]];
    if (one === other || one.some((a) => other.some((b) => isApart.has(nameOf(a, b))))) continue;
    const joined = [...one, ...other].sort();
    for (const id of joined) groupOf.set(id, joined);
  }
  return new Map([...groupOf].map(([id, group]) => [id, group[0] as string]));
};
