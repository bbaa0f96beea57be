import { createReadStream, mkdirSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { SingleBar } from 'cli-progress';
import { AppModule } from '../app.module';
import { PartnersModule } from '../partners';
import type { Settings } from '../platform/config';

@Module({})
class ImportModule {
  /** The whole application beside the importers: what a room is put together from changes, and an import needs no list of it. */
  static with(settings: Settings) {
    return { module: ImportModule, imports: [AppModule.with(settings), PartnersModule] };
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

/** Why this file cannot be read as one; null: it can. */
export const fileFault = (file: string): string | null => {
  const found = statSync(file, { throwIfNoEntry: false });
  if (!found) return `There is no file “${file}”.`;
  return found.isFile() ? null : `“${file}” is a folder or no ordinary file.`;
};

export const say = (text: string): void => void process.stderr.write(`${text}\n`);

export const listOf = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `  ${name}: ${count}`)
    .join('\n');

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

/** What an import writes beside its rows. */
export interface ImportDesk {
  /** Path from which the name of the rejects file is made. */
  readonly rejects: string;
  readonly onLine: (line: number) => void;
}

/** Runs an importer of the room `partners` on a file, with progress; what it returns is called once the bar is gone. */
export const withImporter = async <Importer>(
  settings: Settings,
  { file, importer }: { readonly file: string; readonly importer: Type<Importer> },
  work: (importer: Importer, desk: ImportDesk) => Promise<() => void>,
): Promise<void> => {
  const fault = fileFault(file);
  if (fault !== null) throw new Error(fault);
  const lines = await countLines(file);
  const folder = join(settings.dataDir, 'imports');
  mkdirSync(folder, { recursive: true });
  const app = await NestFactory.createApplicationContext(ImportModule.with(settings), {
    logger: ['error'],
    abortOnError: false,
  });
  const progress = process.stderr.isTTY ? progressBar(lines) : plainProgress(lines);
  try {
    const report = await work(app.get(importer), { rejects: join(folder, basename(file)), onLine: progress.at });
    progress.stop();
    report();
  } finally {
    progress.stop();
    await app.close();
  }
};
