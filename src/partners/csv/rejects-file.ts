import { open, type FileHandle } from 'node:fs/promises';
import type { Reject } from './reject';

const header = 'line,reason,meaning,message';

/** A cell that begins like a formula would be run by a spreadsheet: a leading apostrophe makes it text. */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

/** First free name of `<file>.rejects.csv`, `<file>.2.rejects.csv`, …: an earlier list is never written over. */
const openFree = async (directory: string, attempt = 1): Promise<{ file: FileHandle; path: string }> => {
  const stem = directory.replace(/\.csv$/i, '');
  const path = `${stem}${attempt === 1 ? '' : `.${attempt}`}.rejects.csv`;
  try {
    return { file: await open(path, 'wx', 0o600), path };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return openFree(directory, attempt + 1);
  }
};

/** Lists the lines that were left out, beside the directory or where `target` says. Makes no file when there are none. */
export class RejectsFile {
  private opened: { file: FileHandle; path: string } | undefined;

  /** `target`: path the name is made from, usually that of the file read. `meanings`: what each reason says. */
  constructor(
    private readonly target: string,
    private readonly meanings: Readonly<Record<string, string>>,
  ) {}

  /** Where the list is; `null` while nothing was left out. */
  get path(): string | null {
    return this.opened?.path ?? null;
  }

  /** Throws when the folder cannot be written. */
  async add({ line, reason, message }: Reject): Promise<void> {
    if (!this.opened) {
      this.opened = await openFree(this.target);
      await this.opened.file.write(`${header}\n`);
    }
    const row = [String(line), reason, cell(this.meanings[reason] ?? ''), cell(message)];
    await this.opened.file.write(`${row.join(',')}\n`);
  }

  async close(): Promise<void> {
    await this.opened?.file.close();
  }
}
