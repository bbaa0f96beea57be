import { appendFile, mkdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Attempt, Carrier, Message, MessageChannel } from './message';

export interface KeptMessage extends Message {
  readonly channel: MessageChannel;
  readonly at: string;
}

const FILE = 'outbox.jsonl';
/** From here on the file is put aside, the one before it forgotten. */
const FULL_BYTES = 512 * 1024;
const SHOWN = 200;

const isAbsent = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/**
 * Keeps messages in the data folder instead of sending them, one JSON text a line: what a worker of its own process writes, the API
 * shows, and a restart forgets none.
 */
export class DevelopmentOutbox {
  readonly #path: string;

  constructor(private readonly dataDir: string) {
    this.#path = join(dataDir, FILE);
  }

  carrierOf(channel: MessageChannel): Carrier {
    return { carry: (message) => this.#keep({ ...message, channel, at: new Date().toISOString() }) };
  }

  /** The newest first. */
  async messages(): Promise<KeptMessage[]> {
    const lines = (await this.#read()).split('\n').filter((line) => line !== '');
    return lines
      .slice(-SHOWN)
      .reverse()
      .map((line) => JSON.parse(line) as KeptMessage);
  }

  async #keep(message: KeptMessage): Promise<Attempt> {
    await mkdir(this.dataDir, { recursive: true });
    await this.#makeRoom();
    await appendFile(this.#path, `${JSON.stringify(message)}\n`, { mode: 0o600 });
    return { code: 'TAKEN', status: null };
  }

  async #makeRoom(): Promise<void> {
    try {
      if ((await stat(this.#path)).size > FULL_BYTES) await rename(this.#path, `${this.#path}.old`);
    } catch (error) {
      if (!isAbsent(error)) throw error;
    }
  }

  async #read(): Promise<string> {
    try {
      return await readFile(this.#path, 'utf8');
    } catch (error) {
      if (isAbsent(error)) return '';
      throw error;
    }
  }
}
