/** The first rest, and the longest. */
const FIRST_MS = 20_000;
const LONGEST_MS = 10 * 60_000;

/**
 * Whose work failed is let be for a while, longer after each failure, and takes no turn from others meanwhile. Known to this process
 * only: another, or this one started anew, tries at once.
 */
export class BackOff {
  readonly #failures = new Map<string, { readonly times: number; readonly until: number }>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  failed(id: string): void {
    const times = (this.#failures.get(id)?.times ?? 0) + 1;
    const until = this.now() + Math.min(FIRST_MS * 2 ** (times - 1), LONGEST_MS);
    this.#failures.set(id, { times, until });
  }

  /** It was due and had nothing to be done: somebody else is at it, or it cannot be. Let be once, and not for longer each time. */
  idle(id: string): void {
    this.#failures.set(id, { times: this.#failures.get(id)?.times ?? 0, until: this.now() + FIRST_MS });
  }

  done(id: string): void {
    this.#failures.delete(id);
  }

  /** Those to be let be now. What has not been seen again long after its rest is forgotten. */
  resting(): string[] {
    const now = this.now();
    for (const [id, { until }] of this.#failures) if (until + LONGEST_MS < now) this.#failures.delete(id);
    return [...this.#failures].filter(([, { until }]) => until > now).map(([id]) => id);
  }
}
