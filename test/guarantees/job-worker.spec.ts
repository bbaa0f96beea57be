import { setTimeout as pause } from 'node:timers/promises';
import { JobWorker } from '../../src/platform/jobs/job-worker';
import { Tasks } from '../../src/platform/jobs/tasks';
import { TcpProxy } from '../../torture/stage/tcp-proxy';
import { openApp, type TestApp } from '../setup/app';
import { isThorough } from '../setup/thorough';

const TASK = 'break-the-line';

describe('the worker and its line to the queue', () => {
  let app: TestApp;
  let proxy: TcpProxy;
  let worker: JobWorker;
  const ran: string[] = [];
  /** What the next task does to the line while it runs. */
  let whileRunning: () => void = () => undefined;

  beforeAll(async () => {
    app = await openApp();
    const address = new URL(app.database.commandUrl);
    proxy = await TcpProxy.open(Number(address.port));
    address.port = String(proxy.port);
    app.app.get(Tasks).register(TASK, ({ number = '' }) => {
      ran.push(number);
      whileRunning();
      return Promise.resolve();
    });
    worker = app.app.get(JobWorker);
    worker.start(address.toString());
  });
  afterAll(async () => {
    proxy.clear();
    await worker.stop();
    proxy.close();
    await app.close();
  });

  const enqueue = (count: number) =>
    app.owner(
      `insert into pgboss.job (name, data, expire_in, retry_limit)
       select 'tasks', jsonb_build_object('task', $1::text, 'number', i::text), interval '30 seconds', 8 from generate_series(1, $2::int) i`,
      [TASK, count],
    );
  const untilDone = async (withinMs: number): Promise<number> => {
    const from = performance.now();
    for (;;) {
      const left = await app.owner(`select from pgboss.job where name = 'tasks' and state < 'completed'`);
      if (left.length === 0 || performance.now() - from > withinMs) return left.length;
      await pause(50);
    }
  };

  it('keeps what it has fetched when the line breaks under a task, and finishes it once there is one again', async () => {
    whileRunning = () => {
      whileRunning = () => undefined;
      proxy.set({ isShut: true });
      setTimeout(() => {
        proxy.clear();
      }, 300);
    };
    await enqueue(5);
    // Before: 30 s for the lease, and up to two minutes until somebody looked.
    expect(await untilDone(28_000)).toBe(0);
    expect(new Set(ran).size).toBe(5);
  });

  it('takes what has just been asked before the many tasks that a file has left', async () => {
    const ended: string[] = [];
    app.app.get(Tasks).register('slow', async ({ queue = '' }) => {
      await pause(20);
      ended.push(queue);
    });
    const ask = (queue: string, tasks: number) =>
      app.owner(
        `insert into pgboss.job (name, data, expire_in, retry_limit)
         select $1, jsonb_build_object('task', 'slow', 'queue', $1::text), interval '30 seconds', 8 from generate_series(1, $2::int)`,
        [queue, tasks],
      );
    // More than are done before somebody looks for what has been asked: twice a second.
    await ask('bulk-tasks', 300);
    while (ended.length < 6) await pause(20);
    await ask('tasks', 2);
    while (ended.length < 302) await pause(20);
    expect(ended.indexOf('bulk-tasks')).toBeLessThan(ended.indexOf('tasks'));
    expect(ended.slice(-15)).toEqual(Array(15).fill('bulk-tasks'));
  });

  (isThorough ? it : it.skip)('outlives a line that is dead and that nobody has told', async () => {
    proxy.freeze();
    await enqueue(1);
    expect(await untilDone(40_000)).toBe(0);
  });
});
