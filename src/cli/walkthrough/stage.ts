import { isAsExpected } from './expectation';

type Write = (line: string) => void;

interface Answered {
  readonly code: string | null;
}

/** What the audience sees: steps, whether each held, and tables. */
export class Stage {
  #failed = 0;
  #held = 0;

  constructor(private readonly write: Write) {}

  get failed(): number {
    return this.#failed;
  }

  get held(): number {
    return this.#held;
  }

  heading(text: string): void {
    this.write(`\n${text}`);
  }

  /** `found` is shown when the step did not hold; sample data only. */
  check(isHeld: boolean, what: string, found?: unknown): void {
    if (isHeld) this.#held += 1;
    else this.#failed += 1;
    this.write(`  ${isHeld ? '✓' : '✗'} ${what}`);
    if (!isHeld && found !== undefined) this.write(`      found: ${JSON.stringify(found)}`);
  }

  /** The command was carried out. */
  done(what: string, outcome: Answered): void {
    this.check(outcome.code === null, what, outcome);
  }

  refused(what: string, outcome: Answered, code: string): void {
    this.check(outcome.code === code, what, outcome);
  }

  /** Somebody sees exactly so much: see `isAsExpected`. */
  sees(what: string, found: unknown, expected: unknown): void {
    this.check(isAsExpected(found, expected), what, found);
  }

  table(header: readonly string[], rows: readonly (readonly string[])[]): void {
    const all = [header, ...rows];
    const widths = header.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length)));
    for (const row of all) {
      this.write(`    ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
    }
  }
}
