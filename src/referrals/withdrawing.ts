import type { SystemTx } from '../platform/database/tx';
import type { OfferEntity } from './offer.entity';
import { isLive } from './offer.machine';
import type { OffersStore } from './offers.store';
import type { WithdrawReason } from './reasons';

/** Takes back the offers among these that still wait for an answer, and says so to the programs they were made to. */
export const withdrawOffers = (
  tx: SystemTx,
  store: OffersStore,
  offers: readonly OfferEntity[],
  reason: WithdrawReason,
): void => {
  const live = offers.filter(({ state }) => isLive(state));
  if (live.length === 0) return;
  const ids = live.map(({ id }) => id);
  store.withdraw(tx, ids, reason);
  for (const { id, referralId, agencyId } of live) {
    const withdrawn = {
      action: 'offer.withdrawn',
      subjectType: 'Offer',
      subjectId: id,
      details: { referralId, reason },
    };
    tx.inTrailOf(agencyId).audit(withdrawn);
    tx.emit({ name: 'offer.ended', subjectType: 'Offer', subjectId: id, payload: { referralId } });
  }
};
