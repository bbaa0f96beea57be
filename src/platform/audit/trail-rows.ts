import { canonicalJson } from '../database/canonical-json';
import { entryBytes, type AuditEntry } from './audit-entry';
import { leafHash } from './merkle';

/** An entry as it is stored: what was signed, the signature, and where the database put it. */
export interface StoredEntry extends Omit<AuditEntry, 'details'> {
  readonly details: unknown;
  readonly mac: Buffer;
  /** Order of writing within a transaction; a number beyond JavaScript’s, so text. */
  readonly position: string;
  /** The transaction that wrote it (`xid8`), as text. */
  readonly xid: string;
}

/** The select list of `StoredEntry`, from `audit_entry` under an alias. */
export const entryColumns = (e: string): string =>
  `${e}.id, ${e}.decision_id as "decisionId", to_char(${e}.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at,
   ${e}.agency_id as "agencyId", ${e}.actor_kind as "actorKind", ${e}.actor_id as "actorId", ${e}.role, ${e}.kind, ${e}.action,
   ${e}.refusal, ${e}.subject_type as "subjectType", ${e}.subject_id as "subjectId", ${e}.details, ${e}.purpose,
   ${e}.request_id as "requestId", ${e}.key_id as "keyId", ${e}.mac, ${e}.position::text as position, ${e}.xid::text as xid`;

/** The select list of `SealedBlock`. */
export const blockColumns = `number::integer as number, xid_from::text as "xidFrom", xid_to::text as "xidTo", count,
  first_id as "firstId", last_id as "lastId", leaves, root, previous_hash as "previousHash", hash,
  to_char(sealed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as "sealedAt", key_id as "keyId", mac`;

/** The bytes that the entry’s code covers. */
export const signedBytes = (entry: StoredEntry): Buffer =>
  entryBytes({ ...entry, details: canonicalJson(entry.details) });

const wide = (text: string): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(text));
  return bytes;
};

/** Everything that is stored of an entry, so that whoever knows it can check its proof without a key. */
export const leafContent = (entry: StoredEntry): Buffer =>
  Buffer.concat([wide(entry.xid), wide(entry.position), entry.mac, signedBytes(entry)]);

export const leafOf = (entry: StoredEntry): Buffer => leafHash(leafContent(entry));

/** Only one process seals at a time, and a verifier starts between two blocks. Any number, the same everywhere. */
export const SEALING_LOCK = 727_274_912;
