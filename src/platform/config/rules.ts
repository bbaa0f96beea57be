import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Compiled code lies deeper than its source, so what comes with it is looked for upwards. */
const installedPath = (name: string, folder: string = __dirname): string => {
  const path = join(folder, name);
  if (existsSync(path)) return path;
  if (dirname(folder) === folder) throw new Error(`${name} is missing from the installation`);
  return installedPath(name, dirname(folder));
};

/** The content of a JSON file beside the folders of the code. Throws where it is missing. */
export const readInstalled = (name: string): unknown => JSON.parse(readFileSync(installedPath(name), 'utf8'));

/** The content of `rules/<name>`: data that an operator may correct without touching code. Throws where it is missing. */
export const readRules = (name: string): unknown => readInstalled(`rules/${name}`);

/** The names of the files in `rules/<folder>`, as `readRules` takes them. */
export const rulesIn = (folder: string): string[] =>
  readdirSync(installedPath(`rules/${folder}`))
    .filter((file) => file.endsWith('.json'))
    .map((file) => `${folder}/${file}`)
    .sort();
