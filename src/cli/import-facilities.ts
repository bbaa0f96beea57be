import 'reflect-metadata';
import { createReadStream, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SingleBar } from 'cli-progress';
import { openDatabase } from '../open-database';
import { DirectoryImporter, PartnersModule, type ImportOutcome } from '../partners';
import { settingsFrom, SettingsModule, type Settings } from '../platform/config';
import { DatabaseModule } from '../platform/database/database.module';

@Module({})
class ImportModule {
  static with(settings: Settings) {
    return { module: ImportModule, imports: [SettingsModule.holding(settings), DatabaseModule.with(), PartnersModule] };
  }
}

const LINE_FEED = 10;
/** Without a terminal a line of progress is written after so many lines of the file. */
const PLAIN_STEP = 2_500;

const countLines = async (file: string): Promise<number> => {
  let lines = 0;
  for await (const chunk of createReadStream(file)) {
    for (const byte of chunk as Buffer) lines += byte === LINE_FEED ? 1 : 0;
  }
  return lines;
};

const say = (text: string): void => void process.stderr.write(`${text}\n`);

interface Progress {
  readonly at: (line: number) => void;
  readonly stop: () => void;
}

const progressBar = (lines: number): Progress => {
  const bar = new SingleBar({
    format: '{bar} {percentage} % | line {value} of {total} | {eta} s left',
    hideCursor: true,
  });
  bar.start(lines, 0);
  return { at: (line) => bar.update(Math.min(line, lines)), stop: () => bar.stop() };
};

const plainProgress = (lines: number): Progress => {
  let next = PLAIN_STEP;
  return {
    at: (line) => {
      if (line < next) return;
      say(`line ${line} of ${lines}`);
      next = line + PLAIN_STEP;
    },
    stop: () => undefined,
  };
};

const listOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `  ${name}: ${count}`)
    .join('\n');

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

const importInto = async (settings: Settings, file: string): Promise<void> => {
  const lines = await countLines(file);
  const folder = join(settings.dataDir, 'imports');
  mkdirSync(folder, { recursive: true });
  const app = await NestFactory.createApplicationContext(ImportModule.with(settings), {
    logger: ['error'],
    abortOnError: false,
  });
  const progress = process.stderr.isTTY ? progressBar(lines) : plainProgress(lines);
  try {
    const startedAt = performance.now();
    const outcome = await app
      .get(DirectoryImporter)
      .run({ file, rejects: join(folder, basename(file)), onLine: progress.at });
    progress.stop();
    print(outcome, (performance.now() - startedAt) / 1000);
  } finally {
    progress.stop();
    await app.close();
  }
};

/** `npm run import:facilities -- <file.csv>`: the SAMHSA directory into agencies, programs and bed pools. Safe to repeat. */
const run = async (args: readonly string[]): Promise<void> => {
  const [file] = args;
  if (file === undefined || args.length > 1) {
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
