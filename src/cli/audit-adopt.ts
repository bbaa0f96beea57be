import 'reflect-metadata';
import { SEALED_CONSENTS } from '../consent';
import { adoptUnnamed } from '../platform/audit/adoption';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { withApplication } from './with-application';

/**
 * `npm run audit:adopt`: once after an upgrade from a version whose trail named no lines of the ledger or no consents. What `audit:verify`
 * calls ADDED before it, and was there, has an entry after it. Look at what is ADDED first: what is adopted counts as right.
 */
const run = async (): Promise<void> => {
  const count = await withApplication((app) => adoptUnnamed(app.get(UnitOfWork), SEALED_CONSENTS));
  process.stdout.write(`${count} rows from before are named by the trail from now on.\n`);
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
