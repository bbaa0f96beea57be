import { Injectable, type OnModuleInit } from '@nestjs/common';
import { NO_AGENCY } from '../database/system-actor';
import { UnitOfWork } from '../database/unit-of-work';
import type { Tx } from '../database/tx';
import { Tasks } from '../jobs/tasks';
import { FieldCipher } from './field-cipher';
import { KeyRing } from './key-ring';
import { findSealedField, type SealedField } from './sealed-field';
import { SealedColumnsStore, type PlainValue } from './sealed-columns.store';

const BATCH = 500;

const fieldOf = ({ table, column }: PlainValue): SealedField => {
  const field = findSealedField(table, column);
  if (!field) throw new Error(`unsealed_value holds values of ${table}.${column}, which no room declares as sealed`);
  return field;
};

/**
 * A migration has no keys: it moves plain values aside into `unsealed_value`. Every process seals what lies there before it
 * serves anything, batch by batch, each in one transaction: interrupted, it goes on where it stopped.
 */
@Injectable()
export class Backlog implements OnModuleInit {
  private readonly store = new SealedColumnsStore();
  #isDone = false;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly ring: KeyRing,
    private readonly fields: FieldCipher,
    private readonly tasks: Tasks,
  ) {}

  async onModuleInit(): Promise<void> {
    this.tasks.registerSweep(() => this.run());
    await this.run();
  }

  /** Without keys the schema is older than the program: readiness says so, and a worker’s sweep comes back to it. */
  private async run(): Promise<void> {
    if (this.#isDone || !this.ring.isLoaded()) return;
    let sealed = BATCH;
    while (sealed === BATCH) sealed = await this.batch();
    this.#isDone = true;
  }

  private async batch(): Promise<number> {
    let sealed = 0;
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'sealBacklog', isHousekeeping: true }, async (tx) => {
      const values = await this.store.plainValues(tx, BATCH);
      for (const [field, group] of grouped(values)) this.seal(tx, field, group);
      sealed = values.length;
      return { id: NO_AGENCY };
    });
    return sealed;
  }

  private seal(tx: Tx, field: SealedField, values: readonly PlainValue[]): void {
    const rows = values.map(({ rowId: id, value }) => ({
      id,
      sealed: this.fields.seal(field, id, value),
      index: this.fields.index(field, value),
    }));
    this.store.fill(tx, field, rows);
  }
}

const grouped = (values: readonly PlainValue[]): Map<SealedField, PlainValue[]> => {
  const groups = new Map<SealedField, PlainValue[]>();
  for (const value of values) {
    const field = fieldOf(value);
    const group = groups.get(field) ?? [];
    group.push(value);
    groups.set(field, group);
  }
  return groups;
};
