import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const codeOf = (error: unknown): string | undefined => (error as NodeJS.ErrnoException).code;

const read = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
};

/** Written aside and linked into place: of several processes that start at once one wins, and none reads half a file. */
const write = (file: string, text: string): void => {
  mkdirSync(dirname(file), { recursive: true });
  const draft = join(dirname(file), `.${randomUUID()}`);
  writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
};

/** What the file holds, made on first use and readable by its owner only: secrets that development makes for itself. */
export const keptFile = (file: string, make: () => string): string => {
  const known = read(file);
  if (known !== null) return known;
  write(file, make());
  const made = read(file);
  if (made === null) throw new Error(`the file ${file} could not be made`);
  return made;
};
