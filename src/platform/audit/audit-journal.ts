import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, readdir, readFile, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { Logger, type OnApplicationShutdown } from '@nestjs/common';
import { isUuid } from '../../kernel/id';
import { faults } from '../health/metrics';
import { describeFault } from '../logging/fault';

/** How long a committed entry may be known to its process alone. */
const FLUSH_MS = 200;
/** A file takes entries for so long; when it has been quiet for longer, what it holds may be put away. */
const FILE_MS = 10_000;
const QUIET_MS = 60_000;
/** Ids that may wait for a disk that does not answer; more are let go, or the process would end by it. */
const MOST_WAITING = 100_000;
/** Files that one sweep looks at. */
const MOST_FILES = 200;
const SUFFIX = '.ids';

/** Beside the anchors: outside the database as they are. Null where a process has none. */
export const journalBeside = (anchorFile: string | undefined): string | null =>
  anchorFile === undefined || anchorFile === '' ? null : `${anchorFile}.journal`;

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';
const orNothing = async <T>(reading: Promise<T>, nothing: T): Promise<T> => {
  try {
    return await reading;
  } catch (error) {
    // Not there yet, or put away meanwhile.
    if (isMissing(error)) return nothing;
    throw error;
  }
};

/**
 * The ids of the entries that this process has committed, in files of its own, one id a line: what is taken out of the database before a block lists it is
 * known here. A witness and no gate: no command waits for it or fails by it, and a process that is killed has written the last
 * fifth of a second down nowhere.
 */
export class AuditJournal implements OnApplicationShutdown {
  readonly #log = new Logger(AuditJournal.name);
  #noted: string[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> | null = null;
  #file = { path: '', until: 0 };
  #isBroken = false;

  constructor(private readonly folder: string | null) {}

  /** Of a transaction that is committed. */
  note(ids: readonly string[]): void {
    if (this.folder === null) return;
    if (this.#noted.length >= MOST_WAITING) {
      this.#failed(new Error('the disk does not answer'));
      return;
    }
    for (const id of ids) this.#noted.push(id);
    this.#timer ??= setTimeout(() => void this.flush(), FLUSH_MS).unref();
  }

  /** Resolves when all that was noted is with the operating system. Never rejects. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing ??= this.#writeAll().finally(() => (this.#writing = null));
    return this.#writing;
  }

  onApplicationShutdown(): Promise<void> {
    return this.flush();
  }

  async #writeAll(): Promise<void> {
    while (this.#noted.length > 0) {
      const ids = this.#noted;
      this.#noted = [];
      await this.#append(ids);
    }
  }

  async #append(ids: readonly string[]): Promise<void> {
    const folder = this.folder ?? '';
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await appendFile(this.#fileIn(folder), `${ids.join('\n')}\n`, { mode: 0o600 });
      this.#isBroken = false;
    } catch (error) {
      this.#failed(error);
    }
  }

  /** Said once, until it can be written again. */
  #failed(error: unknown): void {
    if (this.#isBroken) return;
    this.#isBroken = true;
    faults.inc();
    this.#log.error({ fault: describeFault(error), msg: 'the journal of the audit trail cannot be written' });
  }

  #fileIn(folder: string): string {
    const now = Date.now();
    if (now >= this.#file.until) {
      const name = `${now}-${randomBytes(6).toString('hex')}${SUFFIX}`;
      this.#file = { path: join(folder, name), until: now + FILE_MS };
    }
    return this.#file.path;
  }
}

const filesIn = async (folder: string | null): Promise<string[]> => {
  if (folder === null) return [];
  const names = await orNothing(readdir(folder), []);
  return names
    .filter((name) => name.endsWith(SUFFIX))
    .sort()
    .map((name) => join(folder, name));
};

/** Half a line, such as a machine that lost its power leaves behind, is no id. */
const idsIn = async (file: string): Promise<string[]> =>
  (await orNothing(readFile(file, 'utf8'), '')).split('\n').filter(isUuid);

/** Every id in the journals of all processes that write into the folder. */
export const journaledIds = async (folder: string | null): Promise<Set<string>> => {
  const ids = new Set<string>();
  for (const file of await filesIn(folder)) for (const id of await idsIn(file)) ids.add(id);
  return ids;
};

/** Which of these ids a block lists, and which stand in the trail at all. */
export interface Whereabouts {
  readonly sealed: ReadonlySet<string>;
  readonly present: ReadonlySet<string>;
}

const hasBeenQuiet = async (file: string): Promise<boolean> => {
  const changed = await orNothing(
    stat(file).then(({ mtimeMs }) => mtimeMs),
    Infinity,
  );
  return Date.now() - changed >= QUIET_MS;
};

/**
 * Puts away the oldest files that are quiet and of which all is sealed; answers those that know entries the trail does not. They stay, as the evidence, and
 * once `known` are looked at no more.
 */
export const putAway = async (
  folder: string | null,
  known: ReadonlySet<string>,
  look: (ids: readonly string[]) => Promise<Whereabouts>,
): Promise<string[]> => {
  const telling: string[] = [];
  const files = (await filesIn(folder)).filter((file) => !known.has(file)).slice(0, MOST_FILES);
  for (const file of files) {
    if (!(await hasBeenQuiet(file))) continue;
    const ids = await idsIn(file);
    const { sealed, present } = await look(ids);
    const open = ids.filter((id) => !sealed.has(id));
    if (open.length === 0) await orNothing(unlink(file), undefined);
    else if (open.some((id) => !present.has(id))) telling.push(file);
  }
  return telling;
};
