/** “This record changed.” What it is now is read under the rights of whoever is told. */
export interface News<Watch = unknown> {
  readonly id: string;
  /** The names of the events that say so, of those that came together. */
  readonly names: ReadonlySet<string>;
  /** What the subscription keeps between its events. */
  readonly watch: Watch;
}

/** Records that may wait for one subscriber. One who is further behind is told to start anew. */
const LIMIT = 500;

/**
 * What waits for one subscriber: each record once, oldest first, so that memory has a bound whatever happens and however slowly
 * the subscriber reads.
 */
export class Mailbox<Watch> implements AsyncIterableIterator<News<Watch>, undefined> {
  readonly #waiting = new Map<string, News<Watch>>();
  #isOver = false;
  #isFull = false;
  #wake: () => void = () => undefined;
  #onFull: () => void = () => undefined;

  constructor(
    private readonly watch: Watch,
    private readonly onEnd: () => void,
  ) {}

  /** False when the record waits already: only its newest state matters. */
  put(id: string, names: ReadonlySet<string>): boolean {
    if (this.#isOver || this.#join(id, names)) return false;
    if (this.#waiting.size === LIMIT) {
      this.#isFull = true;
      this.#end();
      this.#onFull();
      return false;
    }
    this.#waiting.set(id, { id, names, watch: this.watch });
    this.#wake();
    return true;
  }

  /** For news that was answered and not sent: the same news, so that what has let it pass knows it again. */
  putBack(news: News<Watch>): void {
    if (this.#isOver) return;
    const meanwhile = this.#waiting.get(news.id);
    this.#waiting.set(news.id, news);
    if (meanwhile) this.#join(news.id, meanwhile.names);
    this.#wake();
  }

  /** Whether it waits already; then it waits for these events as well, as the same news. */
  #join(id: string, names: ReadonlySet<string>): boolean {
    const waiting = this.#waiting.get(id);
    if (waiting) Object.assign(waiting, { names: new Set([...waiting.names, ...names]) });
    return waiting !== undefined;
  }

  /** Called once, at once if it has happened: the subscriber is too far behind, and this mailbox has ended. */
  whenFull(then: () => void): void {
    this.#onFull = then;
    if (this.#isFull) then();
  }

  /** As much as waits, at least one and at most `limit`; nothing when it has ended. */
  async take(limit: number): Promise<News<Watch>[]> {
    while (!this.#isOver) {
      const taken = [...this.#waiting.values()].slice(0, limit);
      for (const { id } of taken) this.#waiting.delete(id);
      if (taken.length > 0) return taken;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return [];
  }

  async next(): Promise<IteratorResult<News<Watch>, undefined>> {
    const [value] = await this.take(1);
    return value ? { done: false, value } : { done: true, value: undefined };
  }

  /** Ends a `next` that waits, too: a generator would keep its subscriber until the next event. */
  return(): Promise<IteratorResult<News<Watch>, undefined>> {
    this.#end();
    return Promise.resolve({ done: true, value: undefined });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#waiting.clear();
    this.onEnd();
    this.#wake();
  }
}
