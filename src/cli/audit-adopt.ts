import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { SEALED_CONSENTS } from '../consent';
import { openDatabase } from '../open-database';
import { adoptUnnamed } from '../platform/audit/adoption';
import { settingsFrom } from '../platform/config';
import { UnitOfWork } from '../platform/database/unit-of-work';

/**
 * `npm run audit:adopt`: once after an upgrade from a version whose trail named no lines of the ledger or no consents. What `audit:verify`
 * calls ADDED before it, and was there, has an entry after it. Look at what is ADDED first: what is adopted counts as right.
 */
const run = async (): Promise<void> => {
  const database = await openDatabase(settingsFrom(process.env, 'work'));
  try {
    const app = await NestFactory.createApplicationContext(AppModule.with(database.settings), {
      logger: ['error', 'warn'],
      abortOnError: false,
    });
    try {
      const count = await adoptUnnamed(app.get(UnitOfWork), SEALED_CONSENTS);
      process.stdout.write(`${count} rows from before are named by the trail from now on.\n`);
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
};

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
