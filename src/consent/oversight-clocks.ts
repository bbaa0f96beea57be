import type { NewClock } from '../clocks';

/** A privacy officer’s: it hangs on no referral, and nobody coordinates it. */
export const ownedBy = (
  ownerAgencyId: string,
): Pick<NewClock, 'referralId' | 'ownerAgencyId' | 'ownerSide' | 'coordinatorAgencyId'> => ({
  referralId: null,
  ownerAgencyId,
  ownerSide: 'PROVIDER',
  coordinatorAgencyId: null,
});
