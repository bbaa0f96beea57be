import { execFile } from 'node:child_process';
import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findBinaries } from '../../src/platform/database/embedded/binaries';
import { loginsOf } from '../../src/platform/database/embedded/start-embedded';
import { findPostmaster } from '../../src/platform/database/embedded/postmaster';
import { openPlace, readAccess } from '../../src/platform/database/embedded/server-place';
import { ensureRunning, stopServer, type Server } from '../../src/platform/database/embedded/server-process';

const run = promisify(execFile);
const OWNER = 'handrail_owner';
const LOGINS = ['handrail_api', 'handrail_commands'];
const PATIENCE_MS = 60_000;

const urlOf = (user: string, password: string, port: number): string =>
  `postgres://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/handrail`;

export interface Addresses {
  readonly DATABASE_URL: string;
  readonly COMMAND_DATABASE_URL: string;
}

/** A durable PostgreSQL that nobody watches: what is killed stays dead until the harness starts it again. */
export class DatabaseServer {
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  /** On a copy of a prepared data folder, whose server is not running. */
  static async open(template: string, dataDir: string): Promise<DatabaseServer> {
    // With owners and modes: the server may run as another user than the harness.
    if (!existsSync(join(dataDir, 'postgres'))) await run('cp', ['-a', join(template, 'postgres'), dataDir]);
    const server: Server = {
      place: openPlace(dataDir),
      binaries: findBinaries(),
      isThrowaway: false,
      log: () => undefined,
    };
    const { port } = await ensureRunning(server, true);
    return new DatabaseServer(server, port);
  }

  get ownerUrl(): string {
    return urlOf(OWNER, readAccess(this.server.place)?.ownerPassword ?? '', this.port);
  }

  /** The application’s addresses, by way of a proxy. */
  addressesThrough(port: number): Addresses {
    const access = readAccess(this.server.place);
    if (access === undefined) throw new Error('the data folder has lost its access file');
    const { app, commands } = loginsOf(access);
    return {
      DATABASE_URL: urlOf(app.name, app.password, port),
      COMMAND_DATABASE_URL: urlOf(commands.name, commands.password, port),
    };
  }

  get folder(): string {
    return this.server.place.dataDir;
  }

  get isRunning(): boolean {
    return findPostmaster(this.server.place.cluster) !== undefined;
  }

  /** A client past every policy, straight to the server. The caller ends it. */
  async connect(name = 'torture'): Promise<Client> {
    const client = new Client({
      connectionString: this.ownerUrl,
      application_name: name,
      // On a machine that is busy with the fault itself.
      connectionTimeoutMillis: 30_000,
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  }

  async ask<Row>(text: string, values: unknown[] = []): Promise<Row[]> {
    const client = await this.connect();
    try {
      return (await client.query(text, values)).rows as Row[];
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  async start(): Promise<void> {
    await ensureRunning(this.server, false);
  }

  /** `kill -9` of the postmaster; its children notice and end. */
  async kill(): Promise<void> {
    const postmaster = findPostmaster(this.server.place.cluster);
    if (postmaster) process.kill(postmaster.pid, 'SIGKILL');
    while (this.isRunning) await pause(10);
  }

  async stop(): Promise<void> {
    await stopServer(this.server.place.cluster);
  }

  /** `kill -9` of one backend at work for Handrail: the server ends every session and recovers by itself. */
  async killBackend(dice: number): Promise<void> {
    const pids = await this.ask<{ pid: number }>(
      `select pid from pg_stat_activity where usename = any($1) and backend_type = 'client backend' order by state, pid`,
      [LOGINS],
    );
    const victim = pids[Math.floor(dice * pids.length)];
    if (victim) process.kill(victim.pid, 'SIGKILL');
  }

  /** Until it takes connections and answers. */
  async untilBack(): Promise<void> {
    for (const until = performance.now() + PATIENCE_MS; performance.now() < until;) {
      if (!this.isRunning) await this.start().catch(() => undefined);
      const isBack = await this.ask('select 1').then(
        () => true,
        () => false,
      );
      if (isBack) return;
      await pause(20);
    }
    throw new Error('PostgreSQL did not come back');
  }

  /** Keeps its log beside the others. */
  keepLog(target: string): void {
    if (existsSync(this.server.place.logFile)) cpSync(this.server.place.logFile, target);
  }

  async remove(): Promise<void> {
    await this.stop();
    rmSync(this.server.place.dataDir, { recursive: true, force: true });
  }
}
