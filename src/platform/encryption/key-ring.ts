import type { KeyObject } from 'node:crypto';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Unavailable } from '../database/failures';

/** FIELD keys seal values, INDEX keys make them findable. */
export type KeyPurpose = 'FIELD' | 'INDEX';

export interface DataKey {
  readonly id: string;
  readonly purpose: KeyPurpose;
  /** Prints as nothing: the bytes stay inside `node:crypto`. */
  readonly secret: KeyObject;
  /** What is written now is written with the last active one. */
  readonly isActive: boolean;
  readonly isRetired: boolean;
}

export type LoadKeys = () => Promise<readonly DataKey[]>;

/**
 * The opened data keys of this process. Refreshed every half minute: a new key is read with at once and written with two
 * minutes after it was made, so that by then every process holds it.
 */
export class KeyRing implements OnApplicationShutdown {
  #keys: ReadonlyMap<string, DataKey> = new Map();
  #refreshing: Promise<void> | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly load: LoadKeys) {}

  /** Reads the keys anew; several who ask at once wait for the same answer. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.load()
      .then((keys) => {
        this.#keys = new Map(keys.map((key) => [key.id, key]));
      })
      .finally(() => {
        this.#refreshing = null;
      });
    return this.#refreshing;
  }

  /** Refreshes from now on, until the process ends. */
  refreshEvery(milliseconds: number, report: (error: unknown) => void): void {
    this.#timer = setInterval(() => void this.refresh().catch(report), milliseconds).unref();
  }

  onApplicationShutdown(): void {
    clearInterval(this.#timer);
  }

  isLoaded(): boolean {
    return this.#keys.size > 0;
  }

  find(id: string): DataKey | undefined {
    return this.#keys.get(id);
  }

  /** The key to write with. Throws `Unavailable` before the keys could be read. */
  current(purpose: KeyPurpose): DataKey {
    const key = this.living(purpose).findLast(({ isActive }) => isActive);
    if (!key) throw new Unavailable('the field keys are not loaded');
    return key;
  }

  /** Every key that values may stand under, oldest first. */
  living(purpose: KeyPurpose): DataKey[] {
    return [...this.#keys.values()].filter((key) => key.purpose === purpose && !key.isRetired);
  }
}
