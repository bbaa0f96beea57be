import 'reflect-metadata';
import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module';
import { isUuid } from '../kernel/id';
import { openDatabase } from '../open-database';
import { adapterNames, adapterOf, OverdoseImporter, PartnersModule, type OverdoseAdapter } from '../partners';
import { settingsFrom, type Settings } from '../platform/config';

@Module({})
class ImportModule {
  static with(settings: Settings) {
    return { module: ImportModule, imports: [AppModule.with(settings), PartnersModule] };
  }
}

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

const questionOf = (args: readonly string[]): Question | null => {
  const { values } = parseArgs({
    args: [...args],
    options: { file: { type: 'string' }, adapter: { type: 'string' }, agency: { type: 'string' } },
  });
  const { file, adapter, agency } = values;
  if (file === undefined || adapter === undefined || agency === undefined || !isUuid(agency)) return null;
  return { file, adapter: adapterOf(adapter), agencyId: agency };
};

const importInto = async (settings: Settings, { file, adapter, agencyId }: Question): Promise<void> => {
  const folder = join(settings.dataDir, 'imports');
  mkdirSync(folder, { recursive: true });
  const app = await NestFactory.createApplicationContext(ImportModule.with(settings), {
    logger: ['error'],
    abortOnError: false,
  });
  try {
    const startedAt = performance.now();
    const rejects = join(folder, basename(file));
    const { figures, rejectsFile } = await app.get(OverdoseImporter).run({ file, adapter, agencyId, rejects });
    const seconds = Math.round(performance.now() - startedAt) / 1000;
    const { name, version, assumes } = adapter;
    const outcome = { adapter: `${name} ${version}`, ...figures, seconds, rejectsFile, assumes };
    process.stdout.write(`${JSON.stringify(outcome, null, 2)}\n`);
  } finally {
    await app.close();
  }
};

/** `npm run import:overdoses`: a public incident file into reports of an agency. Safe to repeat; late news corrects. */
const run = async (args: readonly string[]): Promise<void> => {
  const question = questionOf(args);
  if (question === null) {
    process.stderr.write(`${usage()}\n`);
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
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
