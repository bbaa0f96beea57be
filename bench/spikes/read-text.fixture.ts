import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { optionsOf, type FileOptions } from './options';
import { readEvents, type EventFile } from './read-events';

/** A folder of this spec, gone after it. */
export const folder = mkdtempSync(join(tmpdir(), 'handrail-spikes-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is read of a file with this text and these arguments, its times in a column `when` unless they say otherwise. */
export const read = (text: string, ...more: readonly string[]): Promise<EventFile> => {
  const file = join(folder, 'x.csv');
  writeFileSync(file, text);
  const time = more.includes('--no-when') ? [] : ['--time', 'when'];
  const asked = [...time, ...more.filter((one) => one !== '--no-when')];
  return readEvents(optionsOf(['--file', file, ...asked]) as FileOptions);
};

export const dayAt = (day: number): string => new Date(Date.UTC(2020, 0, 1 + day)).toISOString().slice(0, 10);

/** A row a day. */
export const daysOf = (count: number, cellsOf: (day: number) => string): string =>
  Array.from({ length: count }, (_, day) => `${dayAt(day)},${cellsOf(day)}`).join('\n');
