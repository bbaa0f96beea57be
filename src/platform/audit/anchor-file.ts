import { createReadStream } from 'node:fs';
import { mkdir, open, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';

/** One sealed block, as the file outside the database remembers it. */
export interface Anchor {
  readonly block: number;
  /** Hexadecimal. */
  readonly hash: string;
}

const TAIL_BYTES = 4096;

const isAnchor = (value: unknown): value is Anchor => {
  const { block, hash } = (value ?? {}) as Partial<Anchor>;
  return Number.isSafeInteger(block) && typeof hash === 'string' && /^[0-9a-f]{64}$/.test(hash);
};

/** Null for half a line, such as a machine that lost its power leaves behind. */
const anchorOf = (line: string): Anchor | null => {
  try {
    const value: unknown = JSON.parse(line);
    return isAnchor(value) ? value : null;
  } catch {
    return null;
  }
};

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Block hashes outside the database, one JSON object a line, in order: `{"block":1,"hash":"…","sealedAt":"…"}`. */
export class AnchorFile {
  constructor(readonly path: string) {}

  /** Bytes now; 0 where there is no file yet. */
  async size(): Promise<number> {
    try {
      return (await stat(this.path)).size;
    } catch (error) {
      if (isMissing(error)) return 0;
      throw error;
    }
  }

  /** The newest anchor, or null in a file without one. Reads the end of the file only. */
  async last(): Promise<Anchor | null> {
    const lines = (await this.#tail()).split('\n').reverse();
    return lines.map(anchorOf).find((anchor) => anchor !== null) ?? null;
  }

  /** On the disk when it resolves. */
  async append(anchor: Anchor, sealedAt: string): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    const tail = await this.#tail();
    const file = await open(this.path, 'a', 0o600);
    try {
      // After half a line a new one begins.
      const gap = tail === '' || tail.endsWith('\n') ? '' : '\n';
      await file.appendFile(`${gap}${JSON.stringify({ ...anchor, sealedAt })}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
  }

  /** All anchors in the first `size` bytes, in the order of the file. Half lines are passed over: what they lack shows. */
  async *anchors(size: number): AsyncGenerator<Anchor> {
    if (size === 0) return;
    const lines = createInterface({ input: createReadStream(this.path, { end: size - 1 }), crlfDelay: Infinity });
    for await (const line of lines) {
      const anchor = anchorOf(line);
      if (anchor !== null) yield anchor;
    }
  }

  async #tail(): Promise<string> {
    const size = await this.size();
    if (size === 0) return '';
    const file = await open(this.path, 'r');
    try {
      const length = Math.min(size, TAIL_BYTES);
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, size - length);
      return buffer.toString('utf8', 0, bytesRead);
    } finally {
      await file.close();
    }
  }
}
