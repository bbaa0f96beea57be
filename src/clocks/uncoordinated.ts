import { hasCoordinator, isClosed } from '../agencies';

/**
 * SQL: that what the coordinator is told of a clock `c` reaches nobody, so that the operator is. A provider hears of the breach itself,
 * unless its agency was closed;
 * a case of outreach is coordinated by whoever found or holds it, of any kind.
 */
export const isUncoordinated = `(c.owner_side <> 'PROVIDER' or c.referral_id is not null and ${isClosed('c.owner_agency_id')})
  and (c.coordinator_agency_id is null
  or c.referral_id is not null and not ${hasCoordinator('c.coordinator_agency_id')})`;
