import { isUuid } from '../../kernel/id';

/** What an entry is about: something done, something refused, something shown. */
export const auditKinds = {
  COMMAND: 'Something was done; an entry for every record it touched.',
  REFUSAL: 'Something was asked for and refused; nothing was changed or shown.',
  READ: 'Protected facts were shown, or were about to be.',
} as const;
export type AuditKind = keyof typeof auditKinds;

/** What was done to which record. Ids and codes only. */
export interface AuditNote {
  /** The event (`offer.accepted`); for a refusal and a reading the operation as clients call it. */
  readonly action: string;
  /** Null where a refusal came before the record was known. */
  readonly subjectType: string | null;
  readonly subjectId: string | null;
  readonly details?: Readonly<Record<string, unknown>>;
  /** A consequence that whoever asked may not learn of: an entry of Handrail itself, in the trail of this agency. */
  readonly inTrailOf?: string;
}

/** The columns of an entry as the code by the key covers them: texts, so that nothing can be read in two ways. */
export interface AuditEntry {
  readonly id: string;
  readonly decisionId: string;
  /** RFC 3339 in UTC with microseconds. */
  readonly at: string;
  readonly agencyId: string;
  readonly actorKind: string;
  readonly actorId: string;
  readonly role: string;
  readonly kind: string;
  readonly action: string;
  readonly refusal: string | null;
  readonly subjectType: string | null;
  readonly subjectId: string | null;
  /** Canonical JSON. */
  readonly details: string;
  readonly purpose: string | null;
  readonly requestId: string | null;
  readonly keyId: string;
}

const VERSION = 'handrail-audit-entry-1';

const HEAD_BYTES = 5;

/**
 * Texts one after the other, each with its length before it (null: a zero byte): no two lists have the same bytes. In one piece of
 * memory, because every entry of every command passes here.
 */
export const serialized = (values: readonly (string | null)[]): Buffer => {
  const size = values.reduce((sum, value) => sum + (value === null ? 1 : HEAD_BYTES + Buffer.byteLength(value)), 0);
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const value of values) {
    at = bytes.writeUInt8(value === null ? 0 : 1, at);
    if (value === null) continue;
    const length = bytes.write(value, at + HEAD_BYTES - 1);
    at = bytes.writeUInt32BE(length, at) + length;
  }
  return bytes;
};

/** What the code of an entry is computed over. The order is part of the format and never changes under its version. */
export const entryBytes = (entry: AuditEntry): Buffer =>
  serialized([
    VERSION,
    entry.id,
    entry.decisionId,
    entry.at,
    entry.agencyId,
    entry.actorKind,
    entry.actorId,
    entry.role,
    entry.kind,
    entry.action,
    entry.refusal,
    entry.subjectType,
    entry.subjectId,
    entry.details,
    entry.purpose,
    entry.requestId,
    entry.keyId,
  ]);

/** PostgreSQL’s and JavaScript’s time in one form. */
export const momentText = (at: Date): string => at.toISOString().replace(/\.(\d{3})Z$/, '.$1000Z');

const typeOf = (name: string): string | null =>
  /^[a-z]+(?:[A-Z][a-z]+)*Id$/.test(name) ? `${name.charAt(0).toUpperCase()}${name.slice(1, -2)}` : null;

/** The record that a refused request named: the first id in its input, `referralId` being one of a Referral. */
export const subjectOfInput = (input: unknown): Pick<AuditNote, 'subjectType' | 'subjectId'> => {
  const named = input !== null && typeof input === 'object' ? Object.entries(input) : [];
  const isId = ([name, value]: [string, unknown]): boolean =>
    /^id$|Id$/.test(name) && typeof value === 'string' && isUuid(value);
  const [name, id] = named.find(isId) ?? [];
  return name === undefined
    ? { subjectType: null, subjectId: null }
    : { subjectType: typeOf(name), subjectId: id as string };
};
