import { createHmac, timingSafeEqual } from 'node:crypto';

/** A key of the audit trail: never in the database, so that whoever holds the database cannot write an entry of their own. */
export interface AuditKey {
  /** Stands on every entry it signed. */
  readonly id: string;
  readonly secret: Buffer;
}

/** A code and the key that made it. */
export interface Signature {
  readonly keyId: string;
  readonly mac: Buffer;
}

/** The keys of this installation, oldest first: the newest signs, all of them verify. */
export class AuditKeys {
  readonly #byId: ReadonlyMap<string, AuditKey>;
  readonly #newest: AuditKey;

  constructor(keys: readonly AuditKey[]) {
    const newest = keys.at(-1);
    if (newest === undefined) throw new Error('the audit trail needs a key');
    this.#newest = newest;
    this.#byId = new Map(keys.map((key) => [key.id, key]));
  }

  /** The id that goes into what is signed next. */
  get signingId(): string {
    return this.#newest.id;
  }

  /** HMAC-SHA-256 by the newest key. */
  sign(bytes: Buffer): Buffer {
    return createHmac('sha256', this.#newest.secret).update(bytes).digest();
  }

  knows(keyId: string): boolean {
    return this.#byId.has(keyId);
  }

  /** False for a wrong code and for a key that is not known here. */
  isSigned(bytes: Buffer, { keyId, mac }: Signature): boolean {
    const key = this.#byId.get(keyId);
    if (key === undefined || mac.length !== 32) return false;
    return timingSafeEqual(createHmac('sha256', key.secret).update(bytes).digest(), mac);
  }
}
