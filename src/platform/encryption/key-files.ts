import { createSecretKey, randomBytes, randomUUID, type KeyObject } from 'node:crypto';
import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SettingsError } from '../config';
import { openWith, sealWith } from './envelope';
import { KeyRefused, KeyService, type WrappedKey } from './key-service';

const VARIABLE = 'HANDRAIL_FIELD_KEYS_DIR';
const FILE = /^([A-Za-z0-9][A-Za-z0-9._-]{0,63})\.key$/;
const KEY_BYTES = 32;
/** Random bytes repeat themselves this much about never; typed and counted ones do. */
const LEAST_DIFFERENT_BYTES = 16;
const MAKE_ONE = 'Write one with `openssl rand -base64 32 > <folder>/0001.key`.';

const refused = (message: string, remedy = MAKE_ONE): SettingsError =>
  new SettingsError([{ variable: VARIABLE, message, remedy }]);

/** Bound to the wrapping, so that no data key passes for another. */
const placeOf = (keyId: string): string => `data_key:${keyId}`;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unreadable';

/** The names of the keys in the folder, oldest first: they sort by name. */
const namesIn = (directory: string): string[] => {
  try {
    return readdirSync(directory)
      .map((file) => FILE.exec(file)?.[1])
      .filter((name) => name !== undefined)
      .sort();
  } catch (error) {
    throw refused(`the folder cannot be read (${codeOf(error)}).`, 'Name a folder this process may read.');
  }
};

const secretOf = (name: string, text: string): KeyObject => {
  const bytes = Buffer.from(text.trim(), 'base64');
  const isWhole = bytes.length === KEY_BYTES && bytes.toString('base64') === text.trim();
  if (!isWhole) throw refused(`${name}.key is not ${KEY_BYTES} bytes in base64.`);
  if (new Set(bytes).size < LEAST_DIFFERENT_BYTES) throw refused(`${name}.key is not random.`);
  return createSecretKey(bytes);
};

/** Written aside and linked into place: of several processes that start at once one wins, and none reads half a key. */
const makeDevelopmentKey = (directory: string): void => {
  const draft = join(directory, `.${randomUUID()}`);
  writeFileSync(draft, `${randomBytes(KEY_BYTES).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  try {
    linkSync(draft, join(directory, 'development.key'));
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  } finally {
    rmSync(draft);
  }
};

/** Key-encryption keys from a folder of `<name>.key` files, 32 random bytes in base64 each. The last by name wraps. */
export class KeyFiles extends KeyService {
  readonly #known = new Map<string, KeyObject>();

  /** Throws `SettingsError` naming the variable when the folder holds no key, or a weak one. */
  constructor(private readonly directory: string) {
    super();
    this.newest();
    for (const name of namesIn(directory)) this.secret(name);
  }

  /** The folder inside a development data directory, with a key made at the first start, readable by its owner only. */
  static inDevelopment(dataDir: string): KeyFiles {
    const directory = join(dataDir, 'field-keys');
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (namesIn(directory).length === 0) makeDevelopmentKey(directory);
    return new KeyFiles(directory);
  }

  wrap(keyId: string, secret: Buffer): Promise<WrappedKey> {
    const kekId = this.newest();
    const kek = { id: keyId, secret: this.secret(kekId) };
    return Promise.resolve({ kekId, wrapped: sealWith(kek, placeOf(keyId), secret) });
  }

  unwrap(keyId: string, { kekId, wrapped }: WrappedKey): Promise<Buffer> {
    return Promise.resolve().then(() => {
      const secret = this.find(kekId);
      if (!secret) {
        throw new KeyRefused(keyId, kekId, `${VARIABLE} has no ${kekId}.key. Put the file back, or restore it.`);
      }
      try {
        return openWith(secret, placeOf(keyId), wrapped);
      } catch {
        throw new KeyRefused(keyId, kekId, `${kekId}.key in ${VARIABLE} is not the key that closed it.`);
      }
    });
  }

  private newest(): string {
    const name = namesIn(this.directory).at(-1);
    if (name === undefined) throw refused('the folder holds no file that ends in .key.');
    return name;
  }

  /** Looked up again when unknown: a key put into the folder later is found without a restart. */
  private find(name: string): KeyObject | undefined {
    return this.#known.get(name) ?? (namesIn(this.directory).includes(name) ? this.secret(name) : undefined);
  }

  private secret(name: string): KeyObject {
    const known = this.#known.get(name);
    if (known) return known;
    const secret = secretOf(name, this.read(name));
    this.#known.set(name, secret);
    return secret;
  }

  private read(name: string): string {
    try {
      return readFileSync(join(this.directory, `${name}.key`), 'utf8');
    } catch (error) {
      throw refused(`${name}.key cannot be read (${codeOf(error)}).`, 'Let this process read it.');
    }
  }
}
