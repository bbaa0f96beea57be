import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LinkageWords } from './engine/linkage-words';

interface NicknameFile {
  readonly en: readonly (readonly string[])[];
  readonly es: readonly (readonly string[])[];
  readonly alone: readonly (readonly string[])[];
}

type AddressFile = Omit<LinkageWords, 'nicknames'>;

/** Compiled code lies deeper than its source, so the folder of rules is looked for upwards. */
const readRules = (name: string, folder = __dirname): unknown => {
  const file = join(folder, 'rules', name);
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
  if (dirname(folder) === folder) throw new Error(`rules/${name} is missing from the installation`);
  return readRules(name, dirname(folder));
};

let shipped: LinkageWords | undefined;

/** The words in `rules/nicknames.json` and `rules/address-words.json`, read once. Throws when a file is missing. */
export const shippedWords = (): LinkageWords => {
  if (shipped === undefined) {
    const { en, es, alone } = readRules('nicknames.json') as NicknameFile;
    const { spelledOut, streetTypes, states } = readRules('address-words.json') as AddressFile;
    shipped = { nicknames: [...en, ...es, ...alone.flat().map((name) => [name])], spelledOut, streetTypes, states };
  }
  return shipped;
};
