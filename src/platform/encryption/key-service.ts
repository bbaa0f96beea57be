/** A data key as the database keeps it: closed with a key-encryption key that the database never sees. */
export interface WrappedKey {
  /** Name of the key-encryption key. */
  readonly kekId: string;
  readonly wrapped: Buffer;
}

/**
 * Holds the key-encryption keys. Files today; a key management service fits behind the same two calls, and then no
 * key-encryption key enters the process at all. `keyId` is the data key’s own and is bound to the wrapping: a wrapped key
 * written under another id does not open.
 */
export abstract class KeyService {
  /** Wraps with the newest key-encryption key. */
  abstract wrap(keyId: string, secret: Buffer): Promise<WrappedKey>;
  /** Throws `KeyRefused`, naming both ids and nothing secret, when the key-encryption key is missing or another one. */
  abstract unwrap(keyId: string, key: WrappedKey): Promise<Buffer>;
}

/** A data key cannot be opened. The message is for the operator: ids and the remedy. */
export class KeyRefused extends Error {
  override readonly name = 'KeyRefused';

  constructor(
    readonly keyId: string,
    readonly kekId: string,
    problem: string,
  ) {
    super(`Data key ${keyId} cannot be opened: ${problem}`);
  }
}
