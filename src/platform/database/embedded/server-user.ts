import { execFileSync } from 'node:child_process';
import { lchownSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** PostgreSQL refuses to run as root; a root process hands it to this user. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

const name = 'postgres';

const idOf = (flag: '-u' | '-g'): number =>
  Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));

const lookUp = (): ServerUser | undefined => {
  try {
    return { name, uid: idOf('-u'), gid: idOf('-g') };
  } catch {
    return undefined;
  }
};

/** Debian, Red Hat and the like have useradd; Alpine and BusyBox have adduser with flags of their own. */
const recipes: readonly (readonly [string, readonly string[]])[] = [
  ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', name]],
  ['adduser', ['-S', '-D', '-H', name]],
];

const create = (): ServerUser => {
  for (const [program, args] of recipes) {
    try {
      execFileSync(program, args, { stdio: 'ignore' });
    } catch {
      // Missing program, or another start has just made the user: the look-up decides.
    }
    const user = lookUp();
    if (user !== undefined) return user;
  }
  throw new Error(
    `PostgreSQL does not run as root, and the user ${name} could not be created. ` +
      `Create it (useradd --system ${name}), run Handrail as an ordinary user, or set DATABASE_URL.`,
  );
};

/** The user to run the server as, or undefined when this process is an ordinary user and the server may simply be it. */
export const serverUser = (): ServerUser | undefined => {
  if (process.getuid?.() !== 0) return undefined;
  return lookUp() ?? create();
};

export const handOver = (path: string, user: ServerUser | undefined): void => {
  if (user !== undefined) lchownSync(path, user.uid, user.gid);
};

const mayPass = (folder: string, user: ServerUser): boolean => {
  const { mode, uid, gid } = statSync(folder);
  if (uid === user.uid) return (mode & 0o100) !== 0;
  if (gid === user.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
};

/** The outermost folder on the way to `path` that the user may not pass through, or undefined when the way is open. */
export const closedFolder = (path: string, user: ServerUser): string | undefined => {
  const parent = dirname(path);
  const outer = parent === path ? undefined : closedFolder(parent, user);
  if (outer !== undefined) return outer;
  return statSync(path).isDirectory() && !mayPass(path, user) ? path : undefined;
};

/** Fails with the folder in the way; what is checked is the permission bits, after a real attempt has failed. */
export const explainClosedFolder = (what: string, path: string, user: ServerUser | undefined): void => {
  const closed = user === undefined ? undefined : closedFolder(path, user);
  if (closed === undefined) return;
  throw new Error(
    `Handrail runs as root, so PostgreSQL runs as the user ${name}, and that user cannot reach ${what}: ` +
      `${closed} is closed to others. Run \`chmod o+x ${closed}\`, move Handrail out of it, ` +
      'run it as an ordinary user, or set DATABASE_URL.',
  );
};
