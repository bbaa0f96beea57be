/** Why one who waits was passed over for a place, beside the rules of matching. */
export const placeRules = {
  ALREADY_ASKED: 'The program has answered, or let pass, an offer for this person lately.',
  BEFORE_THIS_PROGRAM: 'The program is considering this person already.',
  BEFORE_ANOTHER_PROGRAM: 'Another program is deciding on this person; only a place at once would be surer.',
  REFERRED_TWICE:
    'The same person is on another referral of your team that has a place, or is before a program: of the two only one goes on.',
  FACTS_MISSING:
    'Facts are missing without which the person goes to no program; whoever sent the referral was asked for them.',
} as const;
export type PlaceRule = keyof typeof placeRules;

/** One who waits, judged for one pool. */
export interface Judged {
  readonly entryId: string;
  /** Hard rules of matching that stand against the pool; empty: none. */
  readonly removedBy: readonly string[];
  readonly isBeforeThisProgram: boolean;
  readonly wasAskedLately: boolean;
  /** Another referral of the same person has a place, or is before a program. */
  readonly isTwinAhead: boolean;
  /** Programs that are deciding now. */
  readonly liveOffers: number;
  /** Asked for facts that have to be there first. The question of one program is that program’s, and does not stand here. */
  readonly areFactsMissing: boolean;
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
  ...(one.isTwinAhead ? ['REFERRED_TWICE'] : []),
  ...(one.areFactsMissing ? ['FACTS_MISSING'] : []),
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

/** Whoever the program is considering has a claim on a place of the pool, and whoever it could take. */
export const hasClaim = (judged: Judged, pool: Pick<OpenPool, 'isInstant'>): boolean =>
  judged.isBeforeThisProgram || rulesAgainst(judged, pool).length === 0;

/**
 * What stands between a referral and the free places of a pool: nothing, those of its own tier who wait and come first, or those of
 * a higher one. Places beyond what they may claim are free for others.
 */
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
  const haveClaim = (some: readonly One[]): boolean => {
    let left = pool.available - spoken(some);
    for (const one of some) if (hasClaim(judge(one), pool) && --left <= 0) return true;
    return false;
  };
  if (haveClaim(ahead.filter((one) => one.tier !== tier))) return 'BEHIND_PRIORITY';
  return haveClaim(ahead) ? 'BEHIND_EQUALS' : 'FREE';
};
