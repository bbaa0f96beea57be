import { chmodSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { isAlive, readText } from './postmaster';
import { serverUser, type ServerUser } from './server-user';

/** Everything about one server on disk, under `<data folder>/postgres`. */
export interface ServerPlace {
  readonly dataDir: string;
  readonly home: string;
  /** PostgreSQL's own data folder; belongs to the user the server runs as. */
  readonly cluster: string;
  /** Port and passwords, readable by the owner of the data folder only. */
  readonly accessFile: string;
  /** One file per process that uses the server; the last one to leave stops it. */
  readonly attendants: string;
  readonly logFile: string;
  readonly user: ServerUser | undefined;
}

export interface ServerAccess {
  readonly port: number;
  readonly ownerPassword: string;
  readonly appPassword: string;
}

const draftPrefix = 'postgres.draft-';

export const placeIn = (home: string, dataDir: string, user: ServerUser | undefined): ServerPlace => ({
  dataDir,
  home,
  cluster: join(home, 'cluster'),
  accessFile: join(home, 'access.json'),
  attendants: join(home, 'attendants'),
  logFile: join(home, 'server.log'),
  user,
});

const refuseForeign = (dataDir: string, cause?: unknown): never => {
  throw new Error(
    `The data folder ${dataDir} belongs to another user. ` +
      'Start Handrail as that user, or set HANDRAIL_DATA_DIR to a folder of your own.',
    { cause },
  );
};

/** Turns the system's "permission denied" into what the operator can do about it; other errors pass. */
const asOwner = <Result>(dataDir: string, work: () => Result): Result => {
  try {
    return work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EACCES' || code === 'EPERM') return refuseForeign(dataDir, error);
    throw error;
  }
};

/** Root could read anybody's folder, and would leave files there that the owner cannot. */
const isForeign = (home: string): boolean => {
  const owner = statSync(home, { throwIfNoEntry: false })?.uid;
  return owner !== undefined && process.getuid !== undefined && owner !== process.getuid();
};

export const openPlace = (folder: string): ServerPlace => {
  const dataDir = resolve(folder);
  return asOwner(dataDir, () => {
    mkdirSync(dataDir, { recursive: true });
    removeAbandonedDrafts(dataDir);
    const real = realpathSync(dataDir);
    const place = placeIn(join(real, 'postgres'), real, serverUser());
    return isForeign(place.home) ? refuseForeign(dataDir) : place;
  });
};

/** A first start that was killed half-way leaves its draft; the name says whose it was. */
const removeAbandonedDrafts = (dataDir: string): void => {
  for (const name of readdirSync(dataDir).filter((entry) => entry.startsWith(draftPrefix))) {
    const pid = Number(name.slice(draftPrefix.length));
    if (pid !== process.pid && !isAlive(pid)) rmSync(join(dataDir, name), { recursive: true, force: true });
  }
};

export const makeDraft = (place: ServerPlace): ServerPlace => {
  const home = join(place.dataDir, `${draftPrefix}${process.pid}`);
  rmSync(home, { recursive: true, force: true });
  mkdirSync(home);
  // The server's user passes through to its cluster and sees nothing else.
  chmodSync(home, place.user === undefined ? 0o700 : 0o711);
  return placeIn(home, place.dataDir, place.user);
};

/** A finished draft appears under its name at once, or not at all because another start was first. */
export const publishDraft = (draft: ServerPlace, place: ServerPlace): void => {
  try {
    renameSync(draft.home, place.home);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!['ENOTEMPTY', 'EEXIST'].includes(code)) throw error;
    rmSync(draft.home, { recursive: true, force: true });
  }
};

export const hasCluster = (place: ServerPlace): boolean => readAccess(place) !== undefined;

export const readAccess = (place: ServerPlace): ServerAccess | undefined => {
  const text = readText(place.accessFile);
  return text === undefined ? undefined : (JSON.parse(text) as ServerAccess);
};

export const writeAccess = (place: ServerPlace, access: ServerAccess): void => {
  const draft = `${place.accessFile}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(access, null, 1)}\n`, { mode: 0o600 });
  renameSync(draft, place.accessFile);
};
