import { mayRead, type Actor } from '../access';
import type { ReferralState } from './referral.machine';
import type { ReferralRow } from './referrals.store';
import { receiptFor } from './valve';

/** Still on its way: nothing that waits for whoever sent it. */
const ON_ITS_WAY: ReadonlySet<ReferralState> = new Set(['SUBMITTED', 'OFFERED']);

/** In one text; null: on its way, nothing to be told of. */
type News = string | null;

interface SenderNews {
  readonly now: News;
  /** What they may have seen before that is no older or newer than this: with what they may not see any more. */
  readonly alike: readonly News[];
}

/**
 * Where a referral stands as its sender may know it: what they cannot tell apart has one text, so that being told of a change tells
 * no more than looking would. That a consent has ended since is no news: the next hidden step would be told by its time.
 */
export const newsForSender = (actor: Actor, row: ReferralRow): SenderNews => {
  const may = (field: string): boolean => mayRead(actor, 'Referral', field, row);
  if (may('state')) {
    const now = ON_ITS_WAY.has(row.state) ? null : row.state;
    return { now, alike: [now] };
  }
  const { progress, missing } = receiptFor(actor, row);
  const isMissing = missing.length > 0;
  const textOf = (isArrived: boolean, isPlaced: boolean): News => {
    const isOnItsWay = progress === 'SENT' && !isMissing && !isArrived && !isPlaced;
    return isOnItsWay ? null : JSON.stringify({ progress, isMissing, isArrived, isPlaced });
  };
  const arrived = may('arrivedAt') ? [row.arrivedAt !== null] : [false, true];
  const placed = may('destination') ? [row.programId !== null] : [false, true];
  const alike = arrived.flatMap((isArrived) => placed.map((isPlaced) => textOf(isArrived, isPlaced)));
  return { now: alike[0] ?? null, alike };
};
