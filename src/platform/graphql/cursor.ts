import { isUuid } from '../../kernel/id';
import { badInput } from './errors';

/** Where a page ended, in the order (createdAt, id). `createdAt` is RFC 3339 text: a `Date` would lose microseconds. */
export interface Keyset {
  readonly createdAt: string;
  readonly id: string;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}(:\d{2})?)$/;

const isKeyset = (parts: unknown): parts is [string, string] =>
  Array.isArray(parts) &&
  parts.length === 2 &&
  typeof parts[0] === 'string' &&
  typeof parts[1] === 'string' &&
  MOMENT.test(parts[0]) &&
  !Number.isNaN(Date.parse(parts[0])) &&
  isUuid(parts[1]);

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
};

export const encodeCursor = (key: Keyset): string =>
  Buffer.from(JSON.stringify([key.createdAt, key.id])).toString('base64url');

/** Throws BAD_USER_INPUT for anything that `encodeCursor` did not make. */
export const decodeCursor = (cursor: string, field = 'after'): Keyset => {
  const parts = parsed(cursor);
  if (!isKeyset(parts)) throw badInput('The cursor is not one of ours.', field, 'Send a cursor as Handrail gave it.');
  const key = { createdAt: parts[0], id: parts[1] };
  if (encodeCursor(key) !== cursor) {
    throw badInput('The cursor is not one of ours.', field, 'Send a cursor as Handrail gave it.');
  }
  return key;
};
