import { ENDS_CASE, hasCoordinator, hasNobodyTo, isClosed, mayTake } from '../agencies';

/** SQL: that somebody at an agency, of any kind, sees to the cases of outreach that it holds or is to find a program for. */
export const seesToCases = (agencyId: string): string =>
  `exists (select 1 from membership m where m.agency_id = ${agencyId} and m.ended_at is null and ${mayTake('m', ENDS_CASE)})`;

/**
 * SQL: that what the coordinator is told of a clock `c` reaches nobody, so that the operator is. A provider hears of the breach itself,
 * unless nobody is left there.
 */
export const isUncoordinated = `(c.owner_side <> 'PROVIDER' or c.referral_id is not null and ${hasNobodyTo('c.owner_agency_id', 'discharge')})
  and (c.coordinator_agency_id is null
  or case when c.referral_id is null then ${isClosed('c.coordinator_agency_id')} or c.subject_type = 'OutreachCase' and not ${seesToCases('c.coordinator_agency_id')} else not ${hasCoordinator('c.coordinator_agency_id')} end)`;
