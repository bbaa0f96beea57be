import { existsSync, readFileSync } from 'node:fs';
import { readRules, rulesIn } from '../../platform/config';
import { adapterFrom, type OverdoseAdapter } from './adapter';

const FOLDER = 'overdose-adapters';

/** Names of the adapters in `rules/overdose-adapters`. */
export const adapterNames = (): string[] =>
  rulesIn(FOLDER).map((file) => file.slice(FOLDER.length + 1).replace(/\.json$/, ''));

const read = (nameOrFile: string): unknown =>
  nameOrFile.endsWith('.json') && existsSync(nameOrFile)
    ? JSON.parse(readFileSync(nameOrFile, 'utf8'))
    : readRules(`${FOLDER}/${nameOrFile}.json`);

/** The adapter of this name, or in this file. Throws with what is wrong with it, or which there are. */
export const adapterOf = (nameOrFile: string): OverdoseAdapter => {
  const isKnown = adapterNames().includes(nameOrFile) || (nameOrFile.endsWith('.json') && existsSync(nameOrFile));
  if (!isKnown) {
    throw new Error(`There is no adapter “${nameOrFile}”; there are ${adapterNames().join(', ')}, or a file of yours.`);
  }
  const adapter = adapterFrom(read(nameOrFile));
  if (typeof adapter === 'string') throw new Error(`The adapter ${nameOrFile} ${adapter}.`);
  return adapter;
};
