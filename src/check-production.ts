import type { INestApplicationContext } from '@nestjs/common';
import type { Settings } from './platform/config';
import { UnitOfWork } from './platform/database/unit-of-work';
import { hasSampleUsers } from './sample';

/** What settings alone cannot show: production does not run on a sample database. */
export const checkProduction = async (app: INestApplicationContext, settings: Settings): Promise<void> => {
  if (!settings.isProduction) return;
  if (await hasSampleUsers(app.get(UnitOfWork))) {
    throw new Error(
      'The database holds sample users, which production refuses. Start production on a database of its own.',
    );
  }
};
