import type { INestApplicationContext } from '@nestjs/common';
import type { Settings } from './platform/config';
import { checkLogin } from './platform/database/login-check';
import { Pools } from './platform/database/pools';
import { UnitOfWork } from './platform/database/unit-of-work';
import { hasSampleUsers } from './sample';

/** What settings alone cannot show: production does not run on a login that no wall binds, nor on a sample database. */
export const checkProduction = async (app: INestApplicationContext, settings: Settings): Promise<void> => {
  if (!settings.isProduction) return;
  const pools = app.get(Pools);
  await checkLogin(pools.app, 'DATABASE_URL');
  await checkLogin(pools.commands, 'COMMAND_DATABASE_URL');
  if (await hasSampleUsers(app.get(UnitOfWork))) {
    throw new Error(
      'The database holds sample users, which production refuses. Start production on a database of its own.',
    );
  }
};
