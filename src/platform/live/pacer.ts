/** Lets a record through at once, and then the newest that came meanwhile once an interval. */
export class Pacer {
  readonly #cooling = new Map<string, (() => void) | null>();

  constructor(private readonly intervalMs: number) {}

  offer(id: string, tell: () => void): void {
    if (this.#cooling.has(id)) {
      this.#cooling.set(id, tell);
      return;
    }
    tell();
    this.#cooling.set(id, null);
    setTimeout(() => {
      const waiting = this.#cooling.get(id);
      this.#cooling.delete(id);
      if (waiting) this.offer(id, waiting);
    }, this.intervalMs).unref();
  }
}
