import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { openDatabase } from '../open-database';
import { settingsFrom } from '../platform/config';
import { DataKeys } from '../platform/encryption/data-keys';

const USAGE = 'Usage: npm run keys:rotate [-- --index | --kek]';

const act = async (keys: DataKeys, option: string | undefined): Promise<string> => {
  if (option === '--kek') {
    const count = await keys.rewrap();
    return `${count} data keys are wrapped with the newest key-encryption key. Keep the old one for backups from before.`;
  }
  const id = await keys.rotate(option === '--index' ? 'INDEX' : 'FIELD');
  return `Data key ${id} is written with from two minutes on. The worker then moves all values to it and retires the old key.`;
};

/**
 * `npm run keys:rotate`: a new key for sealed fields; `-- --index` a new one for exact lookup; `-- --kek` wraps the data keys
 * with the newest key-encryption key. Readers and writers go on meanwhile.
 */
const run = async (args: readonly string[]): Promise<void> => {
  const [option] = args;
  if (args.length > 1 || (option !== undefined && !['--index', '--kek'].includes(option))) {
    process.stderr.write(`${USAGE}\n`);
    process.exitCode = 2;
    return;
  }
  const database = await openDatabase(settingsFrom(process.env, 'work'));
  try {
    const app = await NestFactory.createApplicationContext(AppModule.with(database.settings), {
      logger: ['error', 'warn'],
      abortOnError: false,
    });
    try {
      process.stdout.write(`${await act(app.get(DataKeys), option)}\n`);
    } finally {
      await app.close();
    }
  } finally {
    await database.close();
  }
};

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
