import 'reflect-metadata';
import { openDatabase } from '../open-database';
import { DirectoryImporter, type ImportOutcome } from '../partners';
import { settingsFrom, type Settings } from '../platform/config';
import { listOf, say, withImporter } from './import-run';

const print = ({ figures, changed, rejectsFile }: ImportOutcome, seconds: number): void => {
  const { rows, agencies, programs, pools, rejected, poolsByLevel, rejectsByReason, notes } = figures;
  const parts = [
    `${rows} facilities in ${seconds.toFixed(1)} s: ${agencies} agencies, ${programs} programs, ${pools} bed pools.`,
    listOf(poolsByLevel),
    `Made or changed: ${changed.agencies} agencies, ${changed.programs} programs, ${changed.pools} bed pools.`,
    `Left out: ${rejected}.`,
    listOf(rejectsByReason),
    rejectsFile === null ? '' : `They are listed in ${rejectsFile}.`,
    Object.keys(notes).length === 0 ? '' : `Worth a look:\n${listOf(notes)}`,
  ];
  process.stdout.write(`${parts.filter((part) => part !== '').join('\n')}\n`);
};

const importInto = (settings: Settings, file: string): Promise<void> =>
  withImporter(settings, { file, importer: DirectoryImporter }, async (importer, { rejects, onLine }) => {
    const startedAt = performance.now();
    const outcome = await importer.run({ file, rejects, onLine });
    return () => print(outcome, (performance.now() - startedAt) / 1000);
  });

/** `npm run import:facilities -- <file.csv>`: the SAMHSA directory into agencies, programs and bed pools. Safe to repeat. */
const run = async (args: readonly string[]): Promise<void> => {
  const [file] = args;
  if (file === undefined || file.startsWith('--') || args.length > 1) {
    say('Usage: npm run import:facilities -- <file.csv>');
    process.exitCode = 2;
    return;
  }
  const database = await openDatabase(settingsFrom(process.env, 'work'));
  try {
    await importInto(database.settings, file);
  } finally {
    await database.close();
  }
};

run(process.argv.slice(2)).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
