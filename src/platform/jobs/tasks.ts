import { Injectable } from '@nestjs/common';
import { Settings } from '../config';
import { tryEach } from './try-each';
import { WakeUp } from './wake-up';
import { Turns } from './turns';

/** What a task is given: ids only. A handler runs at least once, so it must be safe to run again. */
export type TaskData = Readonly<Record<string, string>>;
export type TaskHandler = (data: TaskData) => Promise<void>;
/** Takes all tasks of its kind that were fetched together; answers how each ended, in their order. */
export type BatchHandler = (batch: readonly TaskData[]) => Promise<readonly PromiseSettledResult<void>[]>;

export interface Task {
  readonly name: string;
  readonly data: TaskData;
}

export interface Tail {
  readonly run: () => Promise<void>;
  /** Called: it has something to do before its beat. */
  readonly wakeUp: WakeUp;
}

/** Which handler does which task. Rooms register theirs when their module starts. */
@Injectable()
export class Tasks {
  readonly #handlers = new Map<string, BatchHandler>();
  readonly #sweeps: (() => Promise<void>)[] = [];
  readonly #tails: Tail[] = [];
  readonly #turns: Turns;
  #hasBegun = false;
  /** Called when tasks have just become due. */
  readonly wakeUp = new WakeUp();

  constructor({ databasePoolSize }: Settings) {
    this.#turns = new Turns(databasePoolSize);
  }

  register(name: string, handler: TaskHandler): void {
    this.registerBatch(name, (batch) => Promise.allSettled(batch.map((data) => this.inTurn(() => handler(data)))));
  }

  /** For a kind of which many come together; what it does with the database is done in turn. */
  registerBatch(name: string, handler: BatchHandler): void {
    if (this.#handlers.has(name)) throw new Error(`two handlers for task ${name}`);
    this.#handlers.set(name, handler);
  }

  /** Lets no more work at once than there are connections for. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    return this.#turns.run(work);
  }

  /** Runs every few seconds beside the tasks and finds what is due, so that a lost task delays and never forgets. */
  registerSweep(sweep: () => Promise<void>): void {
    this.#mustBeInTime();
    this.#sweeps.push(sweep);
  }

  /**
   * Runs many times a second, for what must be passed on at once and costs next to nothing when there is nothing. What it answers is
   * called by whoever knows that there is something.
   */
  registerTail(run: () => Promise<void>): WakeUp {
    this.#mustBeInTime();
    const wakeUp = new WakeUp();
    this.#tails.push({ run, wakeUp });
    return wakeUp;
  }

  /** Never throws: how each ended, in their order. A failing task takes no neighbour with it. */
  async run(tasks: readonly Task[]): Promise<readonly PromiseSettledResult<void>[]> {
    const ended = new Map<Task, PromiseSettledResult<void>>();
    const names = [...new Set(tasks.map(({ name }) => name))];
    await Promise.all(
      names.map(async (name) => {
        const batch = tasks.filter((task) => task.name === name);
        const results = await this.#runKind(
          name,
          batch.map(({ data }) => data),
        );
        for (const [index, task] of batch.entries()) ended.set(task, results[index] ?? unanswered(name));
      }),
    );
    return tasks.map((task) => ended.get(task) ?? unanswered(task.name));
  }

  /** What the worker calls on and on from now on. Whoever came later would never be called, and nobody would hear of it. */
  begin(): { readonly sweeps: readonly (() => Promise<void>)[]; readonly tails: readonly Tail[] } {
    this.#hasBegun = true;
    return { sweeps: this.#sweeps, tails: this.#tails };
  }

  /** Each of them once. */
  sweep(): Promise<void> {
    return tryEach(this.#sweeps, (sweep) => sweep());
  }

  #mustBeInTime(): void {
    if (this.#hasBegun) throw new Error('the worker has begun: start it once all modules are initialised');
  }

  async #runKind(name: string, batch: readonly TaskData[]): Promise<readonly PromiseSettledResult<void>[]> {
    const handler = this.#handlers.get(name);
    try {
      if (!handler) throw new Error(`no handler for task ${name}`);
      return await handler(batch);
    } catch (reason) {
      return batch.map(() => ({ status: 'rejected', reason }));
    }
  }
}

const unanswered = (name: string): PromiseRejectedResult => ({
  status: 'rejected',
  reason: new Error(`the handler of ${name} did not say how a task ended`),
});
