import { fork, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureLogins, startEmbedded, type EmbeddedServer } from '../../src/platform/database/embedded';
import { migrate } from '../../src/platform/database/migrate';

/** A durable PostgreSQL of the benchmark’s own, as `npm start` would run it, and the processes that stand on it. */
export interface Stage {
  readonly dataDir: string;
  readonly database: EmbeddedServer;
  start(program: string, environment?: NodeJS.ProcessEnv): ChildProcess;
  close(): Promise<void>;
}

export const openStage = async (isThrowaway: boolean): Promise<Stage> => {
  const dataDir = mkdtempSync(join(tmpdir(), 'handrail-bench-'));
  // As root the server runs as another user, who must get through.
  chmodSync(dataDir, 0o755);
  const database = await startEmbedded({ dataDir, isThrowaway, log: () => undefined });
  await migrate(database.ownerUrl);
  await ensureLogins(database.ownerUrl, database.logins);
  const children: ChildProcess[] = [];
  return {
    dataDir,
    database,
    start: (program, environment = {}) => {
      const child = fork(join(__dirname, `${program}.js`), {
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      children.push(child);
      return child;
    },
    close: async () => {
      for (const child of children) child.kill('SIGKILL');
      await database.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
};

/** What a child sends back to a message. */
export const ask = <Answer>(child: ChildProcess, message: object): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const died = (): void => reject(new Error('a process of the benchmark has ended'));
    child.once('exit', died);
    child.once('message', (answer) => {
      child.off('exit', died);
      resolve(answer as Answer);
    });
    child.send(message);
  });

export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(address !== null && typeof address === 'object' ? address.port : 0));
    });
  });

const PATIENCE_MS = 60_000;

/** Until the server at this port is ready for work. */
export const untilReady = async (port: number): Promise<void> => {
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await new Promise((resume) => setTimeout(resume, 200));
  }
  throw new Error('the API did not get ready');
};

/** Of an API process on this stage: as in production, but for the keys that sign people in. */
export const apiEnvironment = ({ dataDir, database }: Stage, port: number): NodeJS.ProcessEnv => ({
  ...{ NODE_ENV: 'production', PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn', INTROSPECTION: 'off' },
  ...{ HANDRAIL_DATA_DIR: dataDir, HANDRAIL_WORKER: 'off', HANDRAIL_SAMPLE_REGION: 'off' },
  ...{ DATABASE_URL: database.appUrl, COMMAND_DATABASE_URL: database.commandUrl },
  MIGRATION_DATABASE_URL: database.ownerUrl,
});
