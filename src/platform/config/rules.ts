import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Compiled code lies deeper than its source, so the folder of rules is looked for upwards. */
const rulesPath = (name: string, folder: string = __dirname): string => {
  const path = join(folder, 'rules', name);
  if (existsSync(path)) return path;
  if (dirname(folder) === folder) throw new Error(`rules/${name} is missing from the installation`);
  return rulesPath(name, dirname(folder));
};

/** The content of `rules/<name>`: data that an operator may correct without touching code. Throws where it is missing. */
export const readRules = (name: string): unknown => JSON.parse(readFileSync(rulesPath(name), 'utf8'));

/** The names of the files in `rules/<folder>`, as `readRules` takes them. */
export const rulesIn = (folder: string): string[] =>
  readdirSync(rulesPath(folder))
    .filter((file) => file.endsWith('.json'))
    .map((file) => `${folder}/${file}`)
    .sort();
