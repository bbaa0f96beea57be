import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, Logger } from '@nestjs/common';
import PgBoss from 'pg-boss';
import { workerUrl } from '../database/data-source';
import { isAway } from '../database/failures';
import { faults } from '../health/metrics';
import { describeFault } from '../logging/fault';
import { BULK_TASKS, JOB_SCHEMA, LEASE_SECONDS, TASKS } from './prepare-queues';
import { Tasks, type Tail, type TaskData } from './tasks';

const POLL_MS = 500;
const SWEEP_MS = 10_000;
const TAIL_MS = 100;
/** After a failure to start, or while the database is away. */
const RETRY_MS = 2_000;

interface Lane {
  readonly queue: string;
  /** Tasks that are fetched together. */
  readonly batch: number;
  /** Batches in hand at the same time: a task that waits for a lock holds up those it was fetched with, and no others. */
  readonly hands: number;
}
const LIVE: Lane = { queue: TASKS, batch: 50, hands: 3 };
/** So little at a time that whatever else is due finds a connection at once. */
const BULK: Lane = { queue: BULK_TASKS, batch: 3, hands: 1 };
/** How often somebody looks for leases that have run out; the library’s own two minutes would be added to every lease. */
const LEASE_LOOK_SECONDS = 5;
/** As the pool of the application: a line that is dead, and that nobody has told, must not hold the queue for ever. */
const PATIENCE = { query_timeout: 20_000, connectionTimeoutMillis: 5_000, keepAlive: true };

/** Tasks that are done, by id, and those that failed. */
interface Ended {
  readonly done: readonly string[];
  readonly failed: ReadonlyMap<PgBoss.Job<TaskData>, unknown>;
}

/** Takes tasks from the queues and runs them; beside them the sweeps. One per process, started by hand. */
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
    const { sweeps, tails } = this.tasks.begin();
    this.#loops = this.open(databaseUrl).then(
      (boss) =>
        boss &&
        Promise.all([
          this.work(boss, LIVE),
          this.work(boss, BULK),
          ...sweeps.map((sweep) => this.sweepOnAndOn(sweep)),
          ...tails.map((tail) => this.tailOnAndOn(tail)),
        ]),
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

  /** Looks again at once while there is something, the live lane as soon as it is told of something, and else twice a second. */
  private async work(boss: PgBoss, lane: Lane): Promise<void> {
    const inHand = new Set<Promise<void>>();
    while (!this.#isStopping) {
      try {
        if (inHand.size >= lane.hands) await Promise.race(inHand);
        const jobs = await boss.fetch<TaskData>(lane.queue, { batchSize: lane.batch });
        if (jobs.length === 0) {
          await (lane === LIVE ? this.tasks.wakeUp.wait(POLL_MS) : pause(POLL_MS));
          continue;
        }
        const seen = this.see(boss, lane, jobs).finally(() => inHand.delete(seen));
        inHand.add(seen);
      } catch (error) {
        this.report('the job queue', error);
        await pause(RETRY_MS);
      }
    }
    await Promise.all(inHand);
  }

  /**
   * A database that goes away between a task and its tick is waited for while the lease is ours: let go, the task and all that were
   * fetched with it would have to wait for their leases to run out. What was done is not done again. Never throws.
   */
  private async see(boss: PgBoss, { queue }: Lane, jobs: readonly PgBoss.Job<TaskData>[]): Promise<void> {
    const leaseEnds = performance.now() + LEASE_SECONDS * 1_000;
    const done: string[] = [];
    for (let left = jobs; ;) {
      const failed = new Map<PgBoss.Job<TaskData>, unknown>();
      const ended = await this.tasks.run(left.map(({ data: { task = '', ...data } }) => ({ name: task, data })));
      for (const [index, one] of ended.entries()) {
        const job = left[index] as PgBoss.Job<TaskData>;
        if (one.status === 'fulfilled') done.push(job.id);
        else failed.set(job, one.reason);
      }
      try {
        await this.settle(boss, queue, { done, failed });
        return;
      } catch (error) {
        this.report('the job queue', error);
        if (this.#isStopping || performance.now() > leaseEnds) return;
        await pause(RETRY_MS);
        left = [...failed.keys()];
      }
    }
  }

  /** Each is answered for itself: a failing task takes no neighbour with it. */
  private async settle(boss: PgBoss, queue: string, { done, failed }: Ended): Promise<void> {
    if (done.length > 0) await boss.complete(queue, [...done]);
    for (const [{ id, data }, error] of failed) {
      this.report(`task ${data['task'] ?? ''}`, error);
      await boss.fail(queue, id, { error: (error as Error).name });
    }
  }

  /** Each sweep for itself: one that fails, or takes its time, holds up no other. */
  private async sweepOnAndOn(sweep: () => Promise<void>): Promise<void> {
    for (let waited = 0; !this.#isStopping; waited += POLL_MS) {
      if (waited % SWEEP_MS === 0) await this.sweep(sweep);
      await pause(POLL_MS);
    }
  }

  /** Each tail for itself: one that is slow holds up no other. */
  private async tailOnAndOn({ run, wakeUp }: Tail): Promise<void> {
    while (!this.#isStopping) {
      try {
        await run();
        await wakeUp.wait(TAIL_MS);
      } catch (error) {
        this.report('passing news on', error);
        await pause(RETRY_MS);
      }
    }
  }

  private async sweep(sweep: () => Promise<void>): Promise<void> {
    try {
      await sweep();
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
