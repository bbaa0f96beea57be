import { Injectable } from '@nestjs/common';

/** What a task is given: ids only. A handler runs at least once, so it must be safe to run again. */
export type TaskData = Readonly<Record<string, string>>;
export type TaskHandler = (data: TaskData) => Promise<void>;

/** Which handler does which task. Rooms register theirs when their module starts. */
@Injectable()
export class Tasks {
  readonly #handlers = new Map<string, TaskHandler>();
  readonly #sweeps: (() => Promise<void>)[] = [];
  readonly #tails: (() => Promise<void>)[] = [];

  register(name: string, handler: TaskHandler): void {
    if (this.#handlers.has(name)) throw new Error(`two handlers for task ${name}`);
    this.#handlers.set(name, handler);
  }

  /** Runs every few seconds beside the tasks and finds what is due, so that a lost task delays and never forgets. */
  registerSweep(sweep: () => Promise<void>): void {
    this.#sweeps.push(sweep);
  }

  /** Runs many times a second, for what must be passed on at once and costs next to nothing when there is nothing. */
  registerTail(tail: () => Promise<void>): void {
    this.#tails.push(tail);
  }

  run(name: string, data: TaskData): Promise<void> {
    const handler = this.#handlers.get(name);
    if (!handler) throw new Error(`no handler for task ${name}`);
    return handler(data);
  }

  async sweep(): Promise<void> {
    for (const sweep of this.#sweeps) await sweep();
  }

  async tail(): Promise<void> {
    for (const tail of this.#tails) await tail();
  }
}
