import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import PgBoss from 'pg-boss';
import { workerUrl } from '../database/data-source';
import { isAway } from '../database/failures';
import { faults } from '../health/metrics';
import { describeFault } from '../logging/fault';
import { JOB_SCHEMA, LEASE_SECONDS, TASKS } from './prepare-queues';
import { Tasks, type TaskData } from './tasks';

const POLL_MS = 500;
const SWEEP_MS = 10_000;
const TAIL_MS = 100;
/** After a failure to start, or while the database is away. */
const RETRY_MS = 2_000;
const BATCH = 20;
/** How often somebody looks for leases that have run out; the library’s own two minutes would be added to every lease. */
const LEASE_LOOK_SECONDS = 5;
/** As the pool of the application: a line that is dead, and that nobody has told, must not hold the queue for ever. */
const PATIENCE = { query_timeout: 20_000, connectionTimeoutMillis: 5_000, keepAlive: true };

/** Takes tasks from the queue and runs them; beside them the sweeps. One per process, started by hand. */
@Injectable()
export class JobWorker {
  readonly #log = new Logger(JobWorker.name);
  #boss: PgBoss | null = null;
  #isStopping = false;
  #loops: Promise<unknown> = Promise.resolve();

  constructor(private readonly tasks: Tasks) {}

  /** True once the queue is open; readiness asks. */
  isRunning(): boolean {
    return this.#boss !== null;
  }

  /** Begins in the background and goes on until `stop`: a database that is away, or not migrated yet, is tried again. */
  start(databaseUrl: string): void {
    this.#loops = this.open(databaseUrl).then(
      (boss) => boss && Promise.all([this.work(boss), this.sweepOnAndOn(), this.tailOnAndOn()]),
    );
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    await this.#loops;
    await this.#boss?.stop({ graceful: false, wait: true });
    this.#boss = null;
  }

  private async open(databaseUrl: string): Promise<PgBoss | null> {
    while (!this.#isStopping) {
      const boss = new PgBoss({
        connectionString: workerUrl(databaseUrl),
        schema: JOB_SCHEMA,
        migrate: false,
        schedule: false,
        max: 3,
        maintenanceIntervalSeconds: LEASE_LOOK_SECONDS,
        ...PATIENCE,
        archiveCompletedAfterSeconds: 3600,
        deleteAfterDays: 7,
      });
      boss.on('error', (error: Error) => {
        this.report('the job queue', error);
      });
      try {
        await boss.start();
        this.#boss = boss;
        return boss;
      } catch (error) {
        this.report('opening the job queue', error);
        await pause(RETRY_MS);
      }
    }
    return null;
  }

  private async work(boss: PgBoss): Promise<void> {
    while (!this.#isStopping) {
      try {
        const jobs = await boss.fetch<TaskData>(TASKS, { batchSize: BATCH });
        const leaseEnds = performance.now() + LEASE_SECONDS * 1_000;
        for (const job of jobs) await this.see(boss, job, leaseEnds);
        if (jobs.length < BATCH) await pause(POLL_MS);
      } catch (error) {
        this.report('the job queue', error);
        await pause(RETRY_MS);
      }
    }
  }

  /**
   * A database that goes away between a task and its tick is waited for while the lease is ours: let go, the task and all that were
   * fetched with it would have to wait for their leases to run out.
   */
  private async see(boss: PgBoss, job: PgBoss.Job<TaskData>, leaseEnds: number): Promise<void> {
    for (;;) {
      try {
        await this.run(boss, job);
        return;
      } catch (error) {
        this.report('the job queue', error);
        if (this.#isStopping || performance.now() > leaseEnds) return;
        await pause(RETRY_MS);
      }
    }
  }

  /** Each is answered for itself: a failing task takes no neighbour with it, and its lease runs out by itself. */
  private async run(boss: PgBoss, { id, data }: PgBoss.Job<TaskData>): Promise<void> {
    const { task = '', ...rest } = data;
    try {
      await this.tasks.run(task, rest);
      await boss.complete(TASKS, id);
    } catch (error) {
      this.report(`task ${task}`, error);
      await boss.fail(TASKS, id, { error: (error as Error).name });
    }
  }

  private async sweepOnAndOn(): Promise<void> {
    for (let waited = 0; !this.#isStopping; waited += POLL_MS) {
      if (waited % SWEEP_MS === 0) await this.sweep();
      await pause(POLL_MS);
    }
  }

  private async tailOnAndOn(): Promise<void> {
    while (!this.#isStopping) {
      try {
        await this.tasks.tail();
        await pause(TAIL_MS);
      } catch (error) {
        this.report('passing news on', error);
        await pause(RETRY_MS);
      }
    }
  }

  private async sweep(): Promise<void> {
    try {
      await this.tasks.sweep();
    } catch (error) {
      this.report('a sweep', error);
    }
  }

  /** A database that is away is news, not a fault; anything else is one of ours, and is tried again all the same. */
  private report(what: string, error: unknown): void {
    const isFault = !isAway((error as Error | undefined)?.cause ?? error);
    if (isFault) faults.inc();
    this.#log[isFault ? 'error' : 'warn']({ fault: describeFault(error), msg: `${what} failed and is tried again` });
  }
}
