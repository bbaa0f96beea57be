import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../../kernel/refusal';
import { newId } from '../database/new-id';
import { NO_AGENCY, systemActor } from '../database/system-actor';
import { UnitOfWork } from '../database/unit-of-work';
import { DataKeysStore, type DataKeyRow, type NewDataKey } from './data-keys.store';
import type { DataKey, KeyPurpose } from './key-ring';
import { KeyRefused, KeyService, type WrappedKey } from './key-service';

const KEY_BYTES = 32;
const PURPOSES: readonly KeyPurpose[] = ['FIELD', 'INDEX'];
const SUBJECT = 'DataKey';

/** Makes data keys, opens them, wraps them anew. Every change is audited. */
@Injectable()
export class DataKeys {
  /** Opened once: a key service may be slow, and data keys do not change. */
  readonly #opened = new Map<string, KeyObject>();
  private readonly store = new DataKeysStore();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly service: KeyService,
  ) {}

  /**
   * All keys, oldest first, made where there are none yet. Throws `KeyRefused` for a living key that does not open; a
   * retired one may: nothing on file needs it.
   */
  async load(): Promise<DataKey[]> {
    let rows = await this.rows();
    const missing = PURPOSES.filter((purpose) => !rows.some((row) => row.purpose === purpose));
    for (const purpose of missing) await this.makeFirst(purpose);
    if (missing.length > 0) rows = await this.rows();
    const keys: DataKey[] = [];
    for (const row of rows) {
      const secret = await this.open(row);
      if (secret) keys.push({ ...row, secret });
    }
    return keys;
  }

  rows(): Promise<DataKeyRow[]> {
    return this.store.all(this.unitOfWork.reader(systemActor(NO_AGENCY)));
  }

  /** A new key, read with at once and written with two minutes later; the worker then moves what stands under the old. */
  async rotate(purpose: KeyPurpose): Promise<string> {
    const key = await this.make(purpose);
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'rotateDataKey' }, async (tx) => {
      await this.store.addNext(tx, key);
      tx.audit({ action: 'data-key.made', subjectType: SUBJECT, subjectId: key.id, details: noteOf(key) });
      return { id: key.id };
    });
    return key.id;
  }

  /** Wraps the data keys with the newest key-encryption key; no value is touched. Returns how many. Throws `KeyRefused`. */
  async rewrap(): Promise<number> {
    const wrapped: [DataKeyRow, WrappedKey][] = [];
    for (const row of await this.rows()) {
      const secret = await this.open(row);
      if (secret) wrapped.push([row, await this.service.wrap(row.id, secret.export())]);
    }
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'rewrapDataKeys' }, (tx) => {
      for (const [{ id, purpose }, key] of wrapped) {
        this.store.rewrap(tx, id, key);
        const details = noteOf({ purpose, kekId: key.kekId });
        tx.audit({ action: 'data-key.rewrapped', subjectType: SUBJECT, subjectId: id, details });
      }
      return Promise.resolve({ id: NO_AGENCY });
    });
    return wrapped.length;
  }

  /** Called once nothing on file stands under the key. */
  async retire({ id, purpose, kekId }: DataKeyRow): Promise<void> {
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'retireDataKey' }, (tx) => {
      this.store.retire(tx, id);
      tx.audit({
        action: 'data-key.retired',
        subjectType: SUBJECT,
        subjectId: id,
        details: noteOf({ purpose, kekId }),
      });
      return Promise.resolve({ id });
    });
  }

  private async makeFirst(purpose: KeyPurpose): Promise<void> {
    const key = await this.make(purpose);
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'makeDataKey' }, async (tx) => {
      if (!(await this.store.addFirst(tx, key))) return new Refusal('ALREADY_EXISTS', 'Another process made it.');
      tx.audit({ action: 'data-key.made', subjectType: SUBJECT, subjectId: key.id, details: noteOf(key) });
      return { id: key.id };
    });
  }

  private async make(purpose: KeyPurpose): Promise<NewDataKey> {
    const id = newId();
    const secret = randomBytes(KEY_BYTES);
    const wrapped = await this.service.wrap(id, secret);
    secret.fill(0);
    return { id, purpose, ...wrapped };
  }

  private async open(row: DataKeyRow): Promise<KeyObject | null> {
    const known = this.#opened.get(row.id);
    if (known) return known;
    try {
      const bytes = await this.service.unwrap(row.id, row);
      const secret = createSecretKey(bytes);
      bytes.fill(0);
      this.#opened.set(row.id, secret);
      return secret;
    } catch (error) {
      if (row.isRetired && error instanceof KeyRefused) return null;
      throw error;
    }
  }
}

const noteOf = ({ purpose, kekId }: { purpose: KeyPurpose; kekId: string }) => ({ purpose, kekId });
