import { Injectable, Logger } from '@nestjs/common';
import PgBoss from 'pg-boss';
import { workerUrl } from '../database/data-source';
import { JOB_SCHEMA, TASKS } from './prepare-queues';
import { Tasks, type TaskData } from './tasks';

const POLL_SECONDS = 0.5;
const SWEEP_MS = 10_000;

/** Takes tasks from the queue and runs them; beside them the sweeps. One per process, started by hand. */
@Injectable()
export class JobWorker {
  readonly #log = new Logger(JobWorker.name);
  #boss: PgBoss | null = null;
  #sweeper: NodeJS.Timeout | null = null;

  constructor(private readonly tasks: Tasks) {}

  isRunning(): boolean {
    return this.#boss !== null;
  }

  async start(databaseUrl: string): Promise<void> {
    const boss = new PgBoss({
      connectionString: workerUrl(databaseUrl),
      schema: JOB_SCHEMA,
      migrate: false,
      schedule: false,
      max: 3,
      archiveCompletedAfterSeconds: 3600,
      deleteAfterDays: 7,
    });
    boss.on('error', (error: Error) => this.#log.warn(`job queue: ${error.name}`));
    await boss.start();
    await boss.work(TASKS, { pollingIntervalSeconds: POLL_SECONDS, batchSize: 20 }, (jobs) =>
      this.runAll(boss, jobs as PgBoss.Job<TaskData>[]),
    );
    this.#boss = boss;
    this.#sweeper = setInterval(() => void this.sweep(), SWEEP_MS);
  }

  async stop(): Promise<void> {
    if (this.#sweeper) clearInterval(this.#sweeper);
    await this.#boss?.stop({ graceful: true, wait: true, timeout: 5_000 });
    this.#boss = null;
  }

  /** One after the other, each answered for itself: a failing task takes no neighbour with it. */
  private async runAll(boss: PgBoss, jobs: PgBoss.Job<TaskData>[]): Promise<void> {
    for (const { id, data } of jobs) {
      const { task = '', ...rest } = data;
      try {
        await this.tasks.run(task, rest);
        await boss.complete(TASKS, id);
      } catch (error) {
        this.#log.warn(`task ${task} failed and is tried again: ${(error as Error).name}`);
        await boss.fail(TASKS, id, { error: (error as Error).name });
      }
    }
  }

  private async sweep(): Promise<void> {
    try {
      await this.tasks.sweep();
    } catch (error) {
      this.#log.warn(`sweep failed: ${(error as Error).name}`);
    }
  }
}
