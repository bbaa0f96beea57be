import { isUuid } from '../../kernel/id';
import { badInput } from './errors';

/** Where a page ended, in the order (createdAt, id). `createdAt` is RFC 3339 text: a `Date` would lose microseconds. */
export interface Keyset {
  readonly createdAt: string;
  readonly id: string;
}

/**
 * The same in a list that is ordered by something else before (createdAt, id), which changes as time goes by: what it was for the last
 * row, and the moment as of which the pages are ordered.
 */
export interface RankedKeyset extends Keyset {
  readonly rank: number;
  readonly asOf: string;
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,6})?(Z|[+-]\d{2}(:\d{2})?)$/;

const isMoment = (part: unknown): part is string =>
  typeof part === 'string' && MOMENT.test(part) && !Number.isNaN(Date.parse(part));

const isKeyset = (parts: unknown): parts is [string, string] =>
  Array.isArray(parts) && parts.length === 2 && isMoment(parts[0]) && typeof parts[1] === 'string' && isUuid(parts[1]);

const isRanked = (parts: unknown): parts is [string, string, number, string] =>
  Array.isArray(parts) &&
  isKeyset(parts.slice(0, 2)) &&
  parts.length === 4 &&
  Number.isFinite(parts[2]) &&
  isMoment(parts[3]);

const parsed = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
};

export const encodeCursor = (key: Keyset | RankedKeyset): string => {
  const parts = [key.createdAt, key.id, ...('rank' in key ? [key.rank, key.asOf] : [])];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
};

const checked = <Key extends Keyset>(key: Key | null, cursor: string, field: string): Key => {
  if (key === null || encodeCursor(key) !== cursor) {
    throw badInput('The cursor is not one of ours.', field, 'Send a cursor as Handrail gave it.');
  }
  return key;
};

/** Throws BAD_USER_INPUT for anything that `encodeCursor` did not make of a keyset. */
export const decodeCursor = (cursor: string, field = 'after'): Keyset => {
  const parts = parsed(cursor);
  return checked(isKeyset(parts) ? { createdAt: parts[0], id: parts[1] } : null, cursor, field);
};

/** The same of a ranked one. */
export const decodeRankedCursor = (cursor: string, field = 'after'): RankedKeyset => {
  const parts = parsed(cursor);
  const key = isRanked(parts) ? { createdAt: parts[0], id: parts[1], rank: parts[2], asOf: parts[3] } : null;
  return checked(key, cursor, field);
};
