import type { VariableReader } from './variables';

export interface AuditKeySetting {
  readonly id: string;
  readonly secret: Buffer;
}

const LINE = /^([a-z0-9][a-z0-9.-]{0,39}) ([0-9a-f]{64,256})$/i;
/** 32 random bytes have about 30 different values; text typed by a person, or one byte repeated, far fewer. */
const DIFFERENT_BYTES = 20;
const SHAPE =
  'Write one key a line, `<id> <64 or more hexadecimal digits>`, the newest last; make one with `openssl rand -hex 32`.';

const keyOf = (line: string): AuditKeySetting => {
  const [, id = '', hex = ''] = LINE.exec(line) ?? [];
  const isReadable = id !== '' && hex.length % 2 === 0;
  if (!isReadable) throw new Error('a line is not an id and a key of at least 32 bytes in hexadecimal.');
  const secret = Buffer.from(hex, 'hex');
  if (new Set(secret).size < DIFFERENT_BYTES) throw new Error(`the key ${id} is not random.`);
  return { id, secret };
};

/** The keys in the text of a key file. Throws, without quoting a key, where one is missing, weak or named twice. */
export const readAuditKeys = (text: string): readonly AuditKeySetting[] => {
  const lines = text.split('\n').map((line) => line.trim());
  const keys = lines.filter((line) => line !== '' && !line.startsWith('#')).map(keyOf);
  if (keys.length === 0) throw new Error('it holds no key.');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new Error('two keys have the same id.');
  return keys;
};

/** `HANDRAIL_AUDIT_KEY_FILE`: the keys that sign the audit trail. */
export const auditKeysFrom = (reader: VariableReader): readonly AuditKeySetting[] | undefined => {
  const text = reader.file('HANDRAIL_AUDIT_KEY_FILE');
  if (text === undefined) return undefined;
  try {
    return readAuditKeys(text);
  } catch (error) {
    reader.refuse('HANDRAIL_AUDIT_KEY_FILE', (error as Error).message, SHAPE);
    return undefined;
  }
};
