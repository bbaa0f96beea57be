import { createHmac } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Unavailable } from '../database/failures';
import { faults } from '../health/metrics';
import { describeFault } from '../logging/fault';
import { FieldUnreadable, idBytes, keyIdOf, openWith, sealWith } from './envelope';
import { KeyRing, type DataKey } from './key-ring';
import { fieldName, placeOf, type SealedField } from './sealed-field';

/** Of HMAC-SHA-256: enough that no two values meet by chance. */
const INDEX_BYTES = 16;

const indexUnder = (key: DataKey, field: SealedField, value: string): Buffer => {
  const mac = createHmac('sha256', key.secret)
    .update(`${fieldName(field)}\0${value}`)
    .digest();
  return Buffer.concat([idBytes(key.id), mac.subarray(0, INDEX_BYTES)]);
};

/** Seals single values for the database and opens them again. In memory: no round trip, however many values. */
@Injectable()
export class FieldCipher {
  readonly #log = new Logger(FieldCipher.name);

  constructor(private readonly ring: KeyRing) {}

  /** What `<column>_sealed` of this row is to hold; null stays null. */
  seal(field: SealedField, rowId: string, text: string): Buffer;
  seal(field: SealedField, rowId: string, text: string | null): Buffer | null;
  seal(field: SealedField, rowId: string, text: string | null): Buffer | null {
    return text === null ? null : sealWith(this.ring.current('FIELD'), placeOf(field, rowId), Buffer.from(text));
  }

  /** What `<column>_index` is to hold: `key id (16) | HMAC of the normalised value (16)`; null where it has no normal form. */
  index(field: SealedField, text: string | null): Buffer | null {
    const value = text === null ? null : (field.normalise?.(text) ?? null);
    return value === null ? null : indexUnder(this.ring.current('INDEX'), field, value);
  }

  /** Every form in which the value may be on file, for `<column>_index = any($1::bytea[])`: right also while keys rotate. */
  indexes(field: SealedField, text: string): Buffer[] {
    const value = field.normalise?.(text) ?? null;
    return value === null ? [] : this.ring.living('INDEX').map((key) => indexUnder(key, field, value));
  }

  /** Throws `FieldUnreadable`. */
  open(field: SealedField, rowId: string, envelope: Buffer): string {
    const keyId = keyIdOf(envelope);
    if (keyId === null) throw new FieldUnreadable('NOT_AN_ENVELOPE');
    const key = this.ring.find(keyId);
    if (key?.purpose !== 'FIELD') throw new FieldUnreadable('UNKNOWN_KEY');
    return openWith(key.secret, placeOf(field, rowId), envelope).toString();
  }

  /**
   * The rows with what was read from `<column>_sealed` under `property` opened. A value that does not open is withheld as
   * null, counted and logged with its row’s id: one damaged field must not take a page with it, and is never shown wrong.
   */
  async unseal<Row>(
    rows: readonly Row[],
    property: keyof Row & string,
    field: SealedField,
    idProperty = 'id' as keyof Row & string,
  ): Promise<Row[]> {
    if (rows.some((row) => this.isUnderNewKey(row[property]))) await this.learnKeys();
    return rows.map((row) => {
      const envelope = row[property];
      if (!Buffer.isBuffer(envelope)) return row;
      return { ...row, [property]: this.openOrWithhold(field, String(row[idProperty]), envelope) };
    });
  }

  /** A key that does not open costs the values under it, and not the page. */
  private async learnKeys(): Promise<void> {
    try {
      await this.ring.refresh();
    } catch (error) {
      if (error instanceof Unavailable) throw error;
      this.#log.error({ fault: describeFault(error), msg: 'the field keys could not be read anew' });
    }
  }

  private isUnderNewKey(envelope: unknown): boolean {
    const keyId = Buffer.isBuffer(envelope) ? keyIdOf(envelope) : null;
    return keyId !== null && this.ring.find(keyId) === undefined;
  }

  private openOrWithhold(field: SealedField, rowId: string, envelope: Buffer): string | null {
    try {
      return this.open(field, rowId, envelope);
    } catch (error) {
      if (!(error instanceof FieldUnreadable)) throw error;
      faults.inc();
      const { code, reason } = error;
      const fault = { code, reason, field: fieldName(field), rowId, keyId: keyIdOf(envelope) };
      this.#log.error({ fault, msg: 'a sealed field does not open and is withheld' });
      return null;
    }
  }
}
