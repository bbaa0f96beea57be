/** Why one who waits was passed over for a place, beside the rules of matching. */
export const placeRules = {
  ALREADY_ASKED: 'The program has answered, or let pass, an offer for this person lately.',
  BEFORE_THIS_PROGRAM: 'The program is considering this person already.',
  BEFORE_ANOTHER_PROGRAM: 'Another program is deciding on this person; only a place at once would be surer.',
} as const;
export type PlaceRule = keyof typeof placeRules;

/** One who waits, judged for one pool. */
export interface Judged {
  readonly entryId: string;
  /** Hard rules of matching that stand against the pool; empty: none. */
  readonly removedBy: readonly string[];
  readonly isBeforeThisProgram: boolean;
  readonly wasAskedLately: boolean;
  /** Programs that are deciding now. */
  readonly liveOffers: number;
}

export interface OpenPool {
  readonly isInstant: boolean;
  /** Free places. */
  readonly available: number;
  /** Offers of the pool’s places that wait for an answer. */
  readonly liveOffers: number;
}

export interface Considered {
  readonly entryId: string;
  /** Empty: nothing stands against it. */
  readonly rules: readonly string[];
}

/** What stands between one who waits and a place of this pool now. */
export const rulesAgainst = (one: Judged, { isInstant }: Pick<OpenPool, 'isInstant'>): string[] => [
  ...one.removedBy,
  ...(one.isBeforeThisProgram ? ['BEFORE_THIS_PROGRAM'] : []),
  ...(one.wasAskedLately ? ['ALREADY_ASKED'] : []),
  ...(!isInstant && !one.isBeforeThisProgram && one.liveOffers > 0 ? ['BEFORE_ANOTHER_PROGRAM'] : []),
];

/** An offer speaks for a place until it is answered, so that no place is promised twice. */
export const placesToGive = ({ isInstant, available, liveOffers }: OpenPool): number =>
  Math.max(0, isInstant ? available : available - liveOffers);

/**
 * Everybody up to the first whom the program can take, in the order given; the last has no rules against it, unless nobody is
 * left. `judge` is asked for no more than these.
 */
export const considered = <One>(inOrder: readonly One[], judge: (one: One) => Judged, pool: OpenPool): Considered[] => {
  const all: Considered[] = [];
  if (placesToGive(pool) === 0) return all;
  for (const one of inOrder) {
    const judged = judge(one);
    const rules = rulesAgainst(judged, pool);
    all.push({ entryId: judged.entryId, rules });
    if (rules.length === 0) break;
  }
  return all;
};

/**
 * Whether those who come before somebody may still claim every free place of a pool: whoever the program is considering has one,
 * and whoever it could take. Places beyond that are free for others.
 */
export const isClaimed = <One>(ahead: readonly One[], judge: (one: One) => Judged, pool: OpenPool): boolean => {
  let left = pool.available;
  for (const one of ahead) {
    if (left <= 0) break;
    const judged = judge(one);
    if (judged.isBeforeThisProgram || rulesAgainst(judged, pool).length === 0) left--;
  }
  return left <= 0;
};

/** What stands between a referral that a human would put to a pool and its free places: nothing, those of its own tier, or a higher one. */
export type Standing = 'FREE' | 'BEHIND_EQUALS' | 'BEHIND_PRIORITY';

/** `ahead`: those who come first, in their order. */
export const standingOf = <One extends { readonly tier: string }>(
  ahead: readonly One[],
  tier: string,
  { judge, pool }: { readonly judge: (one: One) => Judged; readonly pool: OpenPool },
): Standing => {
  // Offers to those who do not come first speak for places as well.
  const spoken = (some: readonly One[]): number =>
    pool.isInstant ? 0 : pool.liveOffers - some.filter((one) => judge(one).isBeforeThisProgram).length;
  const haveClaim = (some: readonly One[]): boolean =>
    some.length > 0 && isClaimed(some, judge, { ...pool, available: pool.available - spoken(some) });
  if (haveClaim(ahead.filter((one) => one.tier !== tier))) return 'BEHIND_PRIORITY';
  return haveClaim(ahead) ? 'BEHIND_EQUALS' : 'FREE';
};
