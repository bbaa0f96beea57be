import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Reader } from '../database/reader';
import { NO_AGENCY, systemActor } from '../database/system-actor';
import { UnitOfWork } from '../database/unit-of-work';
import { Tasks } from '../jobs/tasks';
import { DataKeys } from './data-keys';
import type { DataKeyRow } from './data-keys.store';
import { FieldUnreadable } from './envelope';
import { FieldCipher } from './field-cipher';
import { KeyRing } from './key-ring';
import { fieldName, sealedFields, type SealedField } from './sealed-field';
import { SealedColumnsStore, type Resealed, type SealedRow } from './sealed-columns.store';

/** Small enough that readers and writers of these rows wait for milliseconds. */
const BATCH = 200;
/** Other sweeps wait for this one: the rest comes with the next, ten seconds later. */
const BATCHES_A_SWEEP = 25;
const FIRST = '00000000-0000-0000-0000-000000000000';

/** Moves what stands under a replaced key to the current one, a little with every sweep, and retires the old key at the end. */
@Injectable()
export class ReEncryption implements OnModuleInit {
  readonly #log = new Logger(ReEncryption.name);
  readonly #reached = new Map<string, string>();
  private readonly store = new SealedColumnsStore();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly keys: DataKeys,
    private readonly ring: KeyRing,
    private readonly fields: FieldCipher,
    private readonly tasks: Tasks,
  ) {}

  onModuleInit(): void {
    this.tasks.registerSweep(() => this.sweep());
  }

  private async sweep(): Promise<void> {
    const rows = await this.keys.rows();
    const replaced = rows.filter((row, at) => !row.isRetired && rows.slice(at + 1).some(isNextOf(row)));
    if (replaced.length === 0) return;
    await this.ring.refresh();
    if (await this.pass()) await this.retire(replaced.filter(({ isForsaken }) => isForsaken));
  }

  /** True when every field has been gone through to its end; the next pass begins anew. */
  private async pass(): Promise<boolean> {
    let left = BATCHES_A_SWEEP;
    for (const field of sealedFields()) {
      while ((await this.batch(field)) === BATCH) if (--left === 0) return false;
    }
    this.#reached.clear();
    return true;
  }

  private async batch(field: SealedField): Promise<number> {
    const after = this.#reached.get(fieldName(field)) ?? FIRST;
    const keys = { FIELD: this.ring.current('FIELD').id, INDEX: this.ring.current('INDEX').id };
    const rows = await this.store.stale(this.reader(), field, after, { keys, limit: BATCH });
    const resealed = rows.map((row) => this.reseal(field, row)).filter((row) => row !== null);
    if (resealed.length < rows.length) {
      const unreadable = rows.length - resealed.length;
      this.#log.error({ field: fieldName(field), unreadable, msg: 'sealed values do not open and stay as they are' });
    }
    if (resealed.length > 0) {
      await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'reEncrypt', isHousekeeping: true }, async (tx) => {
        await this.store.replace(tx, field, resealed);
        return { id: NO_AGENCY };
      });
    }
    this.#reached.set(fieldName(field), rows.at(-1)?.id ?? after);
    return rows.length;
  }

  private reseal(field: SealedField, { id, sealed: was }: SealedRow): Resealed | null {
    try {
      const text = this.fields.open(field, id, was);
      return { id, was, sealed: this.fields.seal(field, id, text), index: this.fields.index(field, text) };
    } catch (error) {
      if (error instanceof FieldUnreadable) return null;
      throw error;
    }
  }

  private async retire(keys: readonly DataKeyRow[]): Promise<void> {
    for (const key of keys) {
      const isUsed = await Promise.all(sealedFields().map((field) => this.store.isUnder(this.reader(), field, key.id)));
      if (!isUsed.includes(true)) await this.keys.retire(key);
    }
    await this.ring.refresh();
  }

  private reader(): Reader {
    return this.unitOfWork.reader(systemActor(NO_AGENCY));
  }
}

const isNextOf =
  ({ purpose }: DataKeyRow) =>
  (other: DataKeyRow): boolean =>
    other.purpose === purpose && other.isActive;
