import type { Actor } from '../../access';

const SYSTEM_ID = '00000000-0000-7000-8000-000000000000';
/** For work that is not on behalf of any one agency, such as finding what is due. */
export const NO_AGENCY = '00000000-0000-0000-0000-000000000000';

/** Handrail itself, at work on the records of an agency. Made by the unit of work and the worker only. */
export const systemActor = (agencyId: string): Actor => ({
  kind: 'SYSTEM',
  id: SYSTEM_ID,
  membershipId: SYSTEM_ID,
  agencyId,
  agencyKind: 'PLATFORM',
  role: 'SYSTEM',
  scopes: null,
});
