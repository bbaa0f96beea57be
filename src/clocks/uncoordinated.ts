import { hasCoordinator, hasNobodyTo, isClosed } from '../agencies';

/**
 * SQL: that what the coordinator is told of a clock `c` reaches nobody, so that the operator is. A provider hears of the breach itself,
 * unless nobody is left there;
 * a case of outreach is coordinated by whoever found or holds it, of any kind, while that agency is open.
 */
export const isUncoordinated = `(c.owner_side <> 'PROVIDER' or c.referral_id is not null and ${hasNobodyTo('c.owner_agency_id', 'discharge')})
  and (c.coordinator_agency_id is null
  or case when c.referral_id is null then ${isClosed('c.coordinator_agency_id')} else not ${hasCoordinator('c.coordinator_agency_id')} end)`;
