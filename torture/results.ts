import { appendFileSync, existsSync, readFileSync } from 'node:fs';

const OK = /^seed (\d+): ok\b/gm;

/** Verdicts on file, so that a long run can be broken off and go on. */
export class Results {
  readonly #done: ReadonlySet<number>;

  constructor(private readonly file: string | null) {
    const text = file !== null && existsSync(file) ? readFileSync(file, 'utf8') : '';
    this.#done = new Set([...text.matchAll(OK)].map(([, seed]) => Number(seed)));
  }

  /** Whether the seed was played before and broke no promise. */
  isDone(seed: number): boolean {
    return this.#done.has(seed);
  }

  add(text: string): void {
    if (this.file !== null) appendFileSync(this.file, `${text}\n`);
  }
}
