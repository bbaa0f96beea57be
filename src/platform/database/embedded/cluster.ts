import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerBinaries } from './binaries';
import { freePort } from './free-port';
import { hasCluster, makeDraft, publishDraft, type ServerPlace, writeAccess } from './server-place';
import { explainClosedFolder, handOver } from './server-user';

export const ownerName = 'handrail_owner';

const newPassword = (): string => randomBytes(24).toString('base64url');

/** Letters beyond ASCII count as letters only under a UTF-8 character type; names are searched by their letters. */
const characterType = (): string => {
  const wanted = ['C.UTF-8', 'C.utf8', 'en_US.UTF-8', 'en_US.utf8'];
  try {
    const present = new Set(
      execFileSync('locale', ['-a'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n'),
    );
    return wanted.find((name) => present.has(name)) ?? 'C';
  } catch {
    return 'C';
  }
};

const initdbArguments = (draft: ServerPlace, passwordFile: string, isThrowaway: boolean): string[] => [
  `--pgdata=${draft.cluster}`,
  `--username=${ownerName}`,
  `--pwfile=${passwordFile}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  `--lc-ctype=${characterType()}`,
  // Sorting that does not change with the machine's libraries, so indexes stay valid when the folder moves.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--data-checksums',
  '--no-instructions',
  ...(isThrowaway ? ['--no-sync'] : []),
];

const runInitdb = (binaries: ServerBinaries, args: string[], user: ServerPlace['user']): Promise<void> =>
  new Promise((resolve, reject) => {
    const ids = user === undefined ? {} : { uid: user.uid, gid: user.gid };
    const child = spawn(binaries.initdb, args, { ...ids, cwd: '/', env: { PATH: process.env['PATH'], LC_ALL: 'C' } });
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
    child.stdout.resume();
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`PostgreSQL could not prepare its data folder (${code ?? 'killed'}): ${told.trim()}`));
    });
  });

const prepare = async (draft: ServerPlace, binaries: ServerBinaries, isThrowaway: boolean): Promise<void> => {
  const ownerPassword = newPassword();
  const passwordFile = join(draft.home, 'password');
  mkdirSync(draft.cluster);
  chmodSync(draft.cluster, 0o700);
  handOver(draft.cluster, draft.user);
  writeFileSync(passwordFile, `${ownerPassword}\n`, { mode: 0o600 });
  handOver(passwordFile, draft.user);
  try {
    await runInitdb(binaries, initdbArguments(draft, passwordFile, isThrowaway), draft.user);
  } catch (error) {
    explainClosedFolder('its programs in node_modules', binaries.initdb, draft.user);
    explainClosedFolder('the data folder', draft.home, draft.user);
    throw error;
  }
  rmSync(passwordFile);
  mkdirSync(draft.attendants);
  writeAccess(draft, { port: await freePort(), ownerPassword, appPassword: newPassword() });
};

/** Makes the server's data folder on the first start. Atomic: a start killed half-way leaves nothing that looks finished. */
export const ensureCluster = async (
  place: ServerPlace,
  binaries: ServerBinaries,
  isThrowaway: boolean,
): Promise<boolean> => {
  if (hasCluster(place)) return false;
  const draft = makeDraft(place);
  try {
    await prepare(draft, binaries, isThrowaway);
  } catch (error) {
    rmSync(draft.home, { recursive: true, force: true });
    throw error;
  }
  publishDraft(draft, place);
  return true;
};
