import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { newId } from '../database/new-id';
import { KeyFiles } from './key-files';

describe('key-encryption keys in files', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'handrail-keys-'));
  });
  afterEach(() => {
    rmSync(directory, { recursive: true, force: true });
  });
  const write = (name: string, text = randomBytes(32).toString('base64')): void => {
    writeFileSync(join(directory, name), text);
  };

  const gone = (): void => {
    rmSync(directory, { recursive: true });
  };
  const base64 = (bytes: Buffer): string => bytes.toString('base64');
  const files = (contents: Record<string, string>) => (): void => {
    for (const [name, text] of Object.entries(contents)) write(name, text);
  };

  it.each([
    ['a folder that is not there', gone, /cannot be read \(ENOENT\)/],
    ['a folder without a key', files({}), /holds no file that ends in .key/],
    ['a short key', files({ '0001.key': base64(randomBytes(16)) }), /0001.key is not 32 bytes/],
    ['a pass phrase', files({ '0001.key': 'correct horse battery staple' }), /0001.key is not 32 bytes/],
    ['a typed key', files({ '0001.key': base64(Buffer.alloc(32, 7)) }), /0001.key is not random/],
    ['a weak one beside a good one', files({ '0001.key': 'weak', '0002.key': base64(randomBytes(32)) }), /0001.key/],
  ])('refuse %s, naming the variable', (_, arrange, message) => {
    arrange();
    expect(() => new KeyFiles(directory)).toThrow(message);
    expect(() => new KeyFiles(directory)).toThrow(/HANDRAIL_FIELD_KEYS_DIR: /);
  });

  it('wrap with the last by name, and open what an earlier one wrapped', async () => {
    write('0001.key');
    const keys = new KeyFiles(directory);
    const [id, secret] = [newId(), randomBytes(32)];
    const old = await keys.wrap(id, secret);
    write('0002.key');
    const renewed = await keys.wrap(id, secret);
    expect([old.kekId, renewed.kekId]).toEqual(['0001', '0002']);
    expect(await keys.unwrap(id, old)).toEqual(secret);
    expect(await keys.unwrap(id, renewed)).toEqual(secret);
  });

  it('refuse a data key whose key is gone or another, or that bears another id, naming both', async () => {
    write('0001.key');
    const [id, secret] = [newId(), randomBytes(32)];
    const wrapped = await new KeyFiles(directory).wrap(id, secret);
    await expect(new KeyFiles(directory).unwrap(newId(), wrapped)).rejects.toThrow(/not the key that closed it/);
    write('0001.key');
    const other = new KeyFiles(directory).unwrap(id, wrapped);
    await expect(other).rejects.toThrow(`Data key ${id} cannot be opened: 0001.key`);
    rmSync(join(directory, '0001.key'));
    write('0002.key');
    await expect(new KeyFiles(directory).unwrap(id, wrapped)).rejects.toThrow(`Data key ${id} cannot be opened`);
  });

  it('are made once in development, for their owner only, and print as nothing', () => {
    const keys = KeyFiles.inDevelopment(directory);
    const file = join(directory, 'field-keys', 'development.key');
    const made = statSync(file);
    expect(made.mode & 0o777).toBe(0o600);
    expect(readdirSync(join(directory, 'field-keys'))).toEqual(['development.key']);
    KeyFiles.inDevelopment(directory);
    expect(statSync(file).ino).toBe(made.ino);
    expect(inspect(keys, { depth: 9, showHidden: true })).not.toMatch(/Buffer|[A-Za-z0-9+/]{40}=/);
  });
});
