import { existsSync, readFileSync, statSync } from 'node:fs';
import { readRules, rulesIn } from '../../platform/config';
import { adapterFrom, type OverdoseAdapter } from './adapter';

const FOLDER = 'overdose-adapters';

/** Names of the adapters in `rules/overdose-adapters`. */
export const adapterNames = (): string[] =>
  rulesIn(FOLDER).map((file) => file.slice(FOLDER.length + 1).replace(/\.json$/, ''));

const isFile = (nameOrFile: string): boolean =>
  nameOrFile.endsWith('.json') && existsSync(nameOrFile) && statSync(nameOrFile).isFile();

const read = (nameOrFile: string): unknown => {
  if (!isFile(nameOrFile)) return readRules(`${FOLDER}/${nameOrFile}.json`);
  try {
    // Some editors begin a file with a byte-order mark.
    return JSON.parse(readFileSync(nameOrFile, 'utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Error(`The adapter ${nameOrFile} is no JSON: ${(error as Error).message}.`, { cause: error });
  }
};

/** The adapter of this name, or in this file. Throws with what is wrong with it, or which there are. */
export const adapterOf = (nameOrFile: string): OverdoseAdapter => {
  if (!adapterNames().includes(nameOrFile) && !isFile(nameOrFile)) {
    const known = adapterNames().join(', ');
    throw new Error(`There is no adapter “${nameOrFile}”; there are ${known}, or a .json file of yours.`);
  }
  const adapter = adapterFrom(read(nameOrFile));
  if (typeof adapter === 'string') throw new Error(`The adapter ${nameOrFile}: ${adapter}.`);
  return adapter;
};
