import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureLogins } from '../../src/platform/database/embedded';
import { findBinaries } from '../../src/platform/database/embedded/binaries';
import { withClient } from '../../src/platform/database/embedded/client';
import { closedFolder, explainClosedFolder, serverUser } from '../../src/platform/database/embedded/server-user';
import { createDatabase, type TestDatabase } from '../setup/database';
import { makeRunFolder } from '../setup/throwaway-server';

describe('an install without install scripts', () => {
  let folder: string;

  beforeEach(() => {
    folder = makeRunFolder();
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('gets its library links and execute bits back', () => {
    cpSync(dirname(findBinaries().home), folder, { recursive: true, verbatimSymlinks: true });
    const links = JSON.parse(readFileSync(join(folder, 'native/pg-symlinks.json'), 'utf8')) as { target: string }[];
    for (const { target } of links) rmSync(join(folder, target));
    for (const program of ['postgres', 'initdb']) chmodSync(join(folder, 'native/bin', program), 0o644);
    const version = (program: string): string =>
      execFileSync(program, ['--version'], { encoding: 'utf8', stdio: 'pipe' });
    expect(() => version(join(folder, 'native/bin/initdb'))).toThrow();

    const { postgres, initdb } = findBinaries(folder);
    expect(version(postgres)).toMatch(/PostgreSQL\) 18/);
    expect(version(initdb)).toMatch(/PostgreSQL\) 18/);
  });
});

describe('a folder that the server’s user cannot pass', () => {
  const user = { name: 'postgres', uid: 54_321, gid: 54_321 };
  let folder: string;

  beforeEach(() => {
    folder = makeRunFolder();
    mkdirSync(join(folder, 'outer/inner'), { recursive: true });
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('is found and named with the command that opens it', () => {
    chmodSync(join(folder, 'outer'), 0o700);
    expect(closedFolder(join(folder, 'outer/inner'), user)).toBe(join(folder, 'outer'));
    expect(() => {
      explainClosedFolder('the data folder', join(folder, 'outer/inner'), user);
    }).toThrow(`chmod o+x ${join(folder, 'outer')}`);
  });

  it('is not suspected when the way is open or the server runs as ourselves', () => {
    expect(closedFolder(join(folder, 'outer/inner'), user)).toBeUndefined();
    chmodSync(join(folder, 'outer'), 0o700);
    expect(() => {
      explainClosedFolder('the data folder', join(folder, 'outer/inner'), undefined);
    }).not.toThrow();
  });

  it('only matters to root, who hands the server to another user', () => {
    expect(serverUser() === undefined).toBe(process.getuid?.() !== 0);
  });
});

describe('the application’s login', () => {
  const name = `handrail_test_login_${process.pid}`;
  let database: TestDatabase;

  beforeEach(async () => {
    database = await createDatabase();
  });

  afterEach(async () => {
    await withClient(database.ownerUrl, (client) => client.query(`drop role if exists ${name}`));
    await database.drop();
  });

  it('is made once by any number of starts and may work as the application, never as the worker, and by itself as nothing', async () => {
    const password = "it's a \\ password";
    await Promise.all(Array.from({ length: 5 }, () => ensureLogins(database.ownerUrl, { app: { name, password } })));
    const url = new URL(database.ownerUrl);
    url.username = name;
    url.password = encodeURIComponent(password);
    const { rows } = await withClient(url.href, (client) =>
      client.query(`select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        pg_has_role(rolname, 'handrail_app', 'set') as is_app, pg_has_role(rolname, 'handrail_worker', 'set') as is_worker,
        pg_has_role(rolname, 'handrail_app', 'usage') or pg_has_role(rolname, 'handrail_worker', 'usage') as inherits
        from pg_roles where rolname = current_user`),
    );
    expect(rows).toEqual([
      {
        ...{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false },
        ...{ is_app: true, is_worker: false, inherits: false },
      },
    ]);
  });

  it('gets a new password at once', async () => {
    await ensureLogins(database.ownerUrl, { app: { name, password: 'the first password' } });
    await ensureLogins(database.ownerUrl, { app: { name, password: 'the second password' } });
    const url = new URL(database.ownerUrl);
    url.username = name;
    url.password = 'the first password';
    await expect(withClient(url.href, (client) => client.query('select 1'))).rejects.toThrow('password');
  });
});
