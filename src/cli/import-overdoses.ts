import 'reflect-metadata';
import { parseArgs } from 'node:util';
import { isUuid } from '../kernel/id';
import { openDatabase } from '../open-database';
import { adapterNames, adapterOf, OverdoseImporter, type OverdoseAdapter } from '../partners';
import { settingsFrom, type Settings } from '../platform/config';
import { fileFault, say, withImporter } from './import-run';

const usage =
  (): string => `Usage: npm run import:overdoses -- --file <file.csv> --adapter <name or file.json> --agency <id>

  --file     a CSV file of incidents; its reports belong to the agency from then on
  --adapter  how the file is read: ${adapterNames().join(', ')}, or a file of your own (docs/overdoses.md)
  --agency   id of the agency whose reports they are`;

interface Question {
  readonly file: string;
  readonly adapter: OverdoseAdapter;
  readonly agencyId: string;
}

const OPTIONS = {
  file: { type: 'string' },
  adapter: { type: 'string' },
  agency: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** What is asked, or what is wrong with the question. Throws for an option that is none, and for an adapter with a mistake. */
const questionOf = (args: readonly string[]): Question | string | null => {
  const { file, adapter, agency, help: isAsked } = parseArgs({ args: [...args], options: OPTIONS }).values;
  if (isAsked) return null;
  if (file === undefined || adapter === undefined || agency === undefined) return 'All three are needed.';
  if (!isUuid(agency)) return `“${agency}” is no id of an agency.`;
  return fileFault(file) ?? { file, adapter: adapterOf(adapter), agencyId: agency };
};

const importInto = (settings: Settings, { file, adapter, agencyId }: Question): Promise<void> =>
  withImporter(settings, { file, importer: OverdoseImporter }, async (importer, desk) => {
    const startedAt = performance.now();
    const { figures, rejectsFile } = await importer.run({ file, adapter, agencyId, ...desk });
    const seconds = Math.round(performance.now() - startedAt) / 1000;
    const { name, version, assumes } = adapter;
    const outcome = { adapter: `${name} ${version}`, ...figures, seconds, rejectsFile, assumes };
    return () => void process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
  });

/** `npm run import:overdoses`: a public incident file into reports of an agency. Safe to repeat; late news corrects. */
const run = async (args: readonly string[]): Promise<void> => {
  const question = questionOf(args);
  if (question === null) return void process.stdout.write(`${usage()}\n`);
  if (typeof question === 'string') {
    say(`${usage()}\n\n${question}`);
    process.exitCode = 2;
    return;
  }
  const database = await openDatabase(settingsFrom(process.env, 'work'));
  try {
    await importInto(database.settings, question);
  } finally {
    await database.close();
  }
};

run(process.argv.slice(2)).catch((error: unknown) => {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
