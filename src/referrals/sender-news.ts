import { mayRead, type Actor } from '../access';
import type { ReferralState } from './referral.machine';
import type { ReferralRow } from './referrals.store';
import { receiptFor } from './valve';

/** Still on its way: nothing that waits for whoever sent it. */
const ON_ITS_WAY: ReadonlySet<ReferralState> = new Set(['SUBMITTED', 'OFFERED']);

/**
 * Where a referral stands as its sender may know it, in one text: what they cannot tell apart has one text, so that being told of a
 * change tells no more than looking would. Null: on its way, nothing to be told of.
 */
export const newsForSender = (actor: Actor, row: ReferralRow): string | null => {
  const may = (field: string): boolean => mayRead(actor, 'Referral', field, row);
  if (may('state')) return ON_ITS_WAY.has(row.state) ? null : row.state;
  const { progress, missing } = receiptFor(actor, row);
  const isArrived = may('arrivedAt') && row.arrivedAt !== null;
  const isPlaced = may('destination') && row.programId !== null;
  const isOnItsWay = progress === 'SENT' && missing.length === 0 && !isArrived && !isPlaced;
  return isOnItsWay ? null : JSON.stringify({ progress, isMissing: missing.length > 0, isArrived, isPlaced });
};
