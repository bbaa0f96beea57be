import { DEVELOPMENT_ISSUER } from '../platform/auth';
import { sql } from '../platform/database/statement';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import type { UnitOfWork } from '../platform/database/unit-of-work';

const sampleUsers = sql<{ isThere: boolean }>('select exists (select 1 from account where issuer = $1) as "isThere"');

/** Whether anybody in this database signs in with a development token. */
export const hasSampleUsers = async (unitOfWork: UnitOfWork): Promise<boolean> => {
  const [found] = await unitOfWork.reader(systemActor(NO_AGENCY)).query(sampleUsers, [DEVELOPMENT_ISSUER]);
  return found?.isThere ?? false;
};
