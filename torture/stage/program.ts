import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';

const DIST = join(__dirname, '..', '..');
const SKEWED_CLOCK = join(__dirname, 'skewed-clock.js');

const RESTART_MS = 300;

export interface ProgramOptions {
  readonly name: string;
  /** Under `dist/`. */
  readonly file: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly logFile: string;
}

/** One of Handrail’s programs as a process of its own, which may be killed and started again. */
export class Program {
  #child: ChildProcess | null = null;
  #isWanted = false;
  #deaths = 0;
  #exited: Promise<number | null> = Promise.resolve(null);

  constructor(private readonly options: ProgramOptions) {}

  get name(): string {
    return this.options.name;
  }

  get isRunning(): boolean {
    return this.#child !== null;
  }

  /** How often it has ended without being asked to. */
  get deaths(): number {
    return this.#deaths;
  }

  start(): void {
    this.#isWanted = true;
    if (!this.#child) this.#spawn();
  }

  #spawn(): void {
    const { file, environment, logFile } = this.options;
    const log = openSync(logFile, 'a');
    const child = spawn(process.execPath, ['--require', SKEWED_CLOCK, join(DIST, file)], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    this.#child = child;
    this.#exited = new Promise((resolve) => {
      child.once('exit', (code) => {
        if (this.#child === child) this.#child = null;
        resolve(code);
        // As any orchestrator would: one that ends by itself, because it cannot start without its database, is started again.
        if (!this.#isWanted) return;
        this.#deaths += 1;
        setTimeout(() => {
          if (this.#isWanted && !this.#child) this.#spawn();
        }, RESTART_MS);
      });
    });
  }

  /** Resolves when it has ended, with its exit code; null for one that was killed. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    this.#isWanted = false;
    this.#child?.kill(signal);
    return this.#exited;
  }

  /** Ends on request, or is killed after this long; true: it ended by itself. */
  async endWithin(limitMs: number): Promise<boolean> {
    let isForced = false;
    const timer = setTimeout(() => {
      isForced = true;
      this.#child?.kill('SIGKILL');
    }, limitMs);
    await this.end('SIGTERM');
    clearTimeout(timer);
    return !isForced;
  }

  skew(milliseconds: number): void {
    this.#child?.send({ skewMs: milliseconds }, () => undefined);
  }
}
