import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openDatabase } from '../open-database';
import { MeetingsImporter, type MeetingsOutcome } from '../partners';
import { settingsFrom, type Settings } from '../platform/config';
import { listOf, say, withImporter } from './import-run';

const USAGE = 'Usage: npm run import:meetings -- <meetings.csv> [<formats.csv>] [--source <name of the list>]';
const DEFAULT_SOURCE = 'bmlt';
/** Taken from beside the meetings where no file is named. */
const FORMATS_BESIDE = 'bmlt_formats.csv';

interface Asked {
  readonly file: string;
  readonly formats: string | null;
  readonly source: string;
}

const askedOf = (args: readonly string[]): Asked | null => {
  const at = args.indexOf('--source');
  const source = at < 0 ? DEFAULT_SOURCE : args[at + 1];
  const [file, given, ...more] = args.filter((_, index) => at < 0 || (index !== at && index !== at + 1));
  if (!file || !source || more.length > 0 || file.startsWith('--')) return null;
  const beside = join(dirname(file), FORMATS_BESIDE);
  return { file, source, formats: given ?? (existsSync(beside) ? beside : null) };
};

const print = (outcome: MeetingsOutcome, seconds: number): void => {
  const { rows, published, unpublished, rejected, rejectsByReason, changed, withdrawn, rejectsFile } = outcome;
  const parts = [
    `${rows} meetings in ${seconds.toFixed(1)} s: ${published} shown, ${unpublished} unpublished and never shown.`,
    `New or changed: ${changed}. No longer listed: ${withdrawn}.`,
    outcome.isTooShort ? 'Most meetings of this list are missing in the file: none was taken off.' : '',
    `Left out: ${rejected}.`,
    listOf(rejectsByReason),
    rejectsFile === null ? '' : `They are listed in ${rejectsFile}.`,
  ];
  process.stdout.write(`${parts.filter((part) => part !== '').join('\n')}\n`);
};

const importInto = (settings: Settings, asked: Asked): Promise<void> =>
  withImporter(settings, { file: asked.file, importer: MeetingsImporter }, async (importer, desk) => {
    const startedAt = performance.now();
    const outcome = await importer.run({ ...asked, ...desk });
    return () => print(outcome, (performance.now() - startedAt) / 1000);
  });

/** `npm run import:meetings -- <file.csv>`: a published list of support-group meetings. Safe to repeat. */
const run = async (args: readonly string[]): Promise<void> => {
  const asked = askedOf(args);
  if (asked === null) {
    say(USAGE);
    process.exitCode = 2;
    return;
  }
  const database = await openDatabase(settingsFrom(process.env, 'work'));
  try {
    await importInto(database.settings, asked);
  } finally {
    await database.close();
  }
};

run(process.argv.slice(2)).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
