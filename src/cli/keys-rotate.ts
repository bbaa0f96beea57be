import 'reflect-metadata';
import { DataKeys } from '../platform/encryption/data-keys';
import { withApplication } from './with-application';

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
  process.stdout.write(`${await withApplication((app) => act(app.get(DataKeys), option))}\n`);
};

run(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
