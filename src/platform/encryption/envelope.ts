import { createCipheriv, createDecipheriv, randomBytes, type KeyObject } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const FORMAT = 1;
const ID_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const NONCE_AT = 1 + ID_BYTES;
const TEXT_AT = NONCE_AT + NONCE_BYTES;

/** Why a value did not open: never the value, never a key. */
export type UnreadableReason = 'NOT_AN_ENVELOPE' | 'UNKNOWN_KEY' | 'NOT_AUTHENTIC';

/** A sealed value that does not open: damaged, moved from another place, or under a key that is not held. */
export class FieldUnreadable extends Error {
  override readonly name = 'FieldUnreadable';
  readonly code = 'FIELD_UNREADABLE';

  constructor(readonly reason: UnreadableReason) {
    super(`a sealed value does not open (${reason})`);
  }
}

export const idBytes = (id: string): Buffer => Buffer.from(id.replaceAll('-', ''), 'hex');

const idText = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

const isEnvelope = (bytes: Buffer): boolean => bytes.length >= TEXT_AT + TAG_BYTES && bytes[0] === FORMAT;

/** The data key a sealed value names, or null for bytes that are no envelope of ours. */
export const keyIdOf = (envelope: Buffer): string | null =>
  isEnvelope(envelope) ? idText(envelope.toString('hex', 1, NONCE_AT)) : null;

/**
 * AES-256-GCM with a random 96-bit nonce: `format (1) | key id (16) | nonce (12) | ciphertext | tag (16)`. `place` says where
 * the value stands and is authenticated with it, so that a copy elsewhere does not open. With random nonces a key must
 * not seal more than 2^32 values (NIST SP 800-38D, 8.3).
 */
export const sealWith = (key: { readonly id: string; readonly secret: KeyObject }, place: string, plain: Buffer) => {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key.secret, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(place));
  const parts = [Buffer.of(FORMAT), idBytes(key.id), nonce, cipher.update(plain), cipher.final()];
  return Buffer.concat([...parts, cipher.getAuthTag()]);
};

/** The value that was sealed at this place with this key. Throws `FieldUnreadable`, whatever is wrong with it. */
export const openWith = (secret: KeyObject, place: string, envelope: Buffer): Buffer => {
  if (!isEnvelope(envelope)) throw new FieldUnreadable('NOT_AN_ENVELOPE');
  const tagAt = envelope.length - TAG_BYTES;
  const decipher = createDecipheriv(CIPHER, secret, envelope.subarray(NONCE_AT, TEXT_AT), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(place));
  decipher.setAuthTag(envelope.subarray(tagAt));
  try {
    const plain = decipher.update(envelope.subarray(TEXT_AT, tagAt));
    // In this mode it adds no byte; it is what compares the tag, so nothing may be used before it.
    decipher.final();
    return plain;
  } catch {
    throw new FieldUnreadable('NOT_AUTHENTIC');
  }
};
