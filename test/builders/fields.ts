import { createSecretKey, randomBytes } from 'node:crypto';
import { newId } from '../../src/platform/database/new-id';
import { FieldCipher } from '../../src/platform/encryption/field-cipher';
import { KeyRing, type DataKey, type KeyPurpose } from '../../src/platform/encryption/key-ring';

export const buildDataKey = (purpose: KeyPurpose): DataKey => ({
  id: newId(),
  purpose,
  secret: createSecretKey(randomBytes(32)),
  isActive: true,
  isRetired: false,
});

/** Seals and opens under the given keys, or under two of its own, without a database. */
export const buildFields = (keys = [buildDataKey('FIELD'), buildDataKey('INDEX')]): FieldCipher => {
  const ring = new KeyRing(() => Promise.resolve(keys));
  // Held as soon as whoever builds waits for anything at all.
  void ring.refresh();
  return new FieldCipher(ring);
};
