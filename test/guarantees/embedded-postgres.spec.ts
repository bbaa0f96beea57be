/** @alone It starts and kills servers, and its load would be felt by races. */
import { type ChildProcess, execFileSync, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type EmbeddedServer, startEmbedded } from '../../src/platform/database/embedded';
import { withClient } from '../../src/platform/database/embedded/client';
import { findPostmaster, isAlive } from '../../src/platform/database/embedded/postmaster';
import { stopServer } from '../../src/platform/database/embedded/server-process';
import { makeRunFolder } from '../setup/throwaway-server';

const root = join(__dirname, '..', '..');

let dataDir: string;
let lines: string[];
let running: EmbeddedServer[];
let children: ChildProcess[];

const home = (...parts: string[]): string => join(dataDir, 'postgres', ...parts);

const start = async (isThrowaway = true): Promise<EmbeddedServer> => {
  const server = await startEmbedded({ dataDir, isThrowaway, log: (line) => lines.push(line) });
  running.push(server);
  return server;
};

const forkOwner = async (
  mode: 'durable' | 'throwaway' = 'throwaway',
): Promise<{ child: ChildProcess; ownerUrl: string }> => {
  const child = fork(join(root, 'test/setup/server-owner.cjs'), [join(root, 'dist'), dataDir, mode]);
  children.push(child);
  const [{ ownerUrl, error }] = (await once(child, 'message')) as [{ ownerUrl: string; error?: string }];
  if (error !== undefined) throw new Error(error);
  return { child, ownerUrl };
};

const pidOf = (): number => {
  const postmaster = findPostmaster(home('cluster'));
  if (postmaster === undefined) throw new Error('No server runs.');
  return postmaster.pid;
};

const note = (url: string, text: string): Promise<unknown> =>
  withClient(url, async (client) => {
    await client.query('create table if not exists kept (note text)');
    await client.query('insert into kept values ($1)', [text]);
  });

const notes = (url: string): Promise<string[]> =>
  withClient(url, async (client) =>
    (await client.query<{ note: string }>('select note from kept')).rows.map((row) => row.note),
  );

const isAnswering = (url: string): Promise<boolean> =>
  withClient(url, (client) => client.query('select 1')).then(
    () => true,
    () => false,
  );

/** Half a second on a quiet machine; the bound is for one that runs everything at once. */
const restartLimitMs = 60_000;

let prepared: string;

/** What an earlier start left, copied from one that was made for the whole file: preparing a folder costs a second. */
const copyPrepared = (): void => {
  execFileSync('cp', ['-a', join(prepared, 'postgres'), dataDir]);
};

beforeAll(async () => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs')]);
  prepared = makeRunFolder();
  const server = await startEmbedded({ dataDir: prepared, isThrowaway: true, log: () => undefined });
  await server.stop();
});

afterAll(() => {
  rmSync(prepared, { recursive: true, force: true });
});

beforeEach(() => {
  dataDir = makeRunFolder();
  lines = [];
  running = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const server of running) await server.stop();
  await stopServer(home('cluster'));
  rmSync(dataDir, { recursive: true, force: true });
});

describe('the first start', () => {
  it('makes a durable server for this machine only, with passwords nobody else can read', async () => {
    const { ownerUrl, port } = await start(false);
    const setting = (name: string): string => `current_setting('${name}') as ${name}`;
    const names = ['listen_addresses', 'max_connections', 'fsync', 'synchronous_commit', 'server_encoding', 'timezone'];
    const settings = await withClient(ownerUrl, (client) => client.query(`select ${names.map(setting).join(', ')}`));
    expect(settings.rows[0]).toEqual({
      listen_addresses: '127.0.0.1',
      max_connections: '100',
      fsync: 'on',
      synchronous_commit: 'on',
      server_encoding: 'UTF8',
      timezone: 'UTC',
    });
    expect(statSync(home('access.json')).mode & 0o777).toBe(0o600);
    expect(statSync(home('cluster')).mode & 0o777).toBe(0o700);
    expect(readdirSync(home())).not.toContain('password');
    expect(await isAnswering(`postgres://handrail_owner:guess@127.0.0.1:${port}/handrail`)).toBe(false);
  });

  it('leaves one server when several happen at once, and the last to leave stops it', async () => {
    const owners = await Promise.all([forkOwner(), forkOwner(), forkOwner()]);
    expect(new Set(owners.map(({ ownerUrl }) => ownerUrl)).size).toBe(1);
    expect(readdirSync(dataDir)).toEqual(['postgres']);
    for (const [index, { child, ownerUrl }] of owners.entries()) {
      expect(await isAnswering(ownerUrl)).toBe(true);
      child.send('stop');
      const [code] = (await once(child, 'exit')) as [number];
      expect([index, code]).toEqual([index, 0]);
    }
    expect(findPostmaster(home('cluster'))).toBeUndefined();
  });

  it('keeps what people typed out of the server’s log', async () => {
    const { ownerUrl } = await start();
    await note(ownerUrl, 'first');
    await withClient(ownerUrl, async (client) => {
      await client.query('create unique index on kept (note)');
      await expect(client.query("insert into kept values ('first') -- Jane")).rejects.toThrow('duplicate key');
    });
    const log = readFileSync(home('server.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toMatch(/Jane|\(first\)/);
  });
});

describe('a later start', () => {
  beforeEach(copyPrepared);

  it('keeps data, port and passwords', async () => {
    const first = await start();
    await note(first.ownerUrl, 'kept');
    await first.stop();
    expect(await isAnswering(first.ownerUrl)).toBe(false);
    const second = await start();
    expect(second.ownerUrl).toBe(first.ownerUrl);
    expect(second.appUrl).toBe(first.appUrl);
    expect(await notes(second.ownerUrl)).toEqual(['kept']);
  });

  it('adopts the server that a killed Handrail left running, and stops it in the end', async () => {
    const { child, ownerUrl } = await forkOwner();
    await note(ownerUrl, 'before the kill');
    const orphan = pidOf();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isAlive(orphan)).toBe(true);

    const next = await start();
    expect(pidOf()).toBe(orphan);
    expect(await notes(next.ownerUrl)).toEqual(['before the kill']);
    await next.stop();
    expect(findPostmaster(home('cluster'))).toBeUndefined();
  });

  it('passes over a pid file whose number now belongs to another program', async () => {
    const { uid, gid } = statSync(home('cluster'));
    // As the server's own user: of anybody else's process PostgreSQL itself knows that it cannot be its like.
    const bystander = spawn('sleep', ['60'], { uid, gid });
    children.push(bystander);
    const lines = [bystander.pid, home('cluster'), 1, 1, '', '127.0.0.1', '1 1', 'ready', ''];
    writeFileSync(home('cluster', 'postmaster.pid'), lines.join('\n'));
    expect(await isAnswering((await start()).ownerUrl)).toBe(true);
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
  });

  it('moves when another program has taken its port', async () => {
    const first = await start();
    await first.stop();
    const squatter = createServer().listen(first.port, '127.0.0.1');
    await once(squatter, 'listening');
    const second = await start();
    expect(second.port).not.toBe(first.port);
    expect(await isAnswering(second.ownerUrl)).toBe(true);
    squatter.close();
  });

  it('says so when the data folder is somebody else’s', async () => {
    if (process.getuid?.() !== 0) return;
    execFileSync('chown', ['nobody', home()]);
    await expect(start()).rejects.toThrow(/belongs to another user.*HANDRAIL_DATA_DIR/);
  });
});

describe('a server that is killed', () => {
  beforeEach(copyPrepared);

  it.each([
    ['of our own', () => Promise.resolve()],
    [
      'that was adopted',
      async () => {
        const { child } = await forkOwner('durable');
        child.kill('SIGKILL');
        await once(child, 'exit');
      },
    ],
  ])('%s is back within seconds on the same port, with everything that was committed', async (_, before) => {
    await before();
    const { ownerUrl } = await start(false);
    await note(ownerUrl, 'committed');
    const killed = pidOf();
    process.kill(killed, 'SIGKILL');
    const killedAt = Date.now();
    await pause(50);
    while (!(await isAnswering(ownerUrl)) && Date.now() - killedAt < restartLimitMs) await pause(50);

    expect(await notes(ownerUrl)).toEqual(['committed']);
    expect(pidOf()).not.toBe(killed);
    expect(Date.now() - killedAt).toBeLessThan(restartLimitMs);
    expect(lines).toContain('PostgreSQL has gone; restarting it.');
  });

  it('stays stopped when it was stopped on purpose', async () => {
    await (await start()).stop();
    await pause(600);
    expect(findPostmaster(home('cluster'))).toBeUndefined();
  });
});
