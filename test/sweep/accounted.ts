import type { Oracle } from '../access-oracle/oracle';
import type { World } from '../access-oracle/world';
import type { Operation } from './operations';
import type { SweptRole } from './side';

/** A question of the sweep that was answered. */
export interface Asked {
  readonly operation: Operation;
  readonly role: SweptRole;
  readonly id: string;
}

/** Remembers which answers told what may be told with a row in the trail only: one of each operation and role. */
export class Accounted {
  readonly #told = new Map<string, Asked>();
  readonly #others = new Map<string, Asked>();

  constructor(private readonly oracle: Oracle) {}

  /** `Type.field` of every such value in an answer. */
  in(value: unknown): string[] {
    if (Array.isArray(value)) return value.flatMap((one) => this.in(one));
    if (value === null || typeof value !== 'object') return [];
    const type = (value as { __typename?: string }).__typename ?? '';
    return Object.entries(value).flatMap(([field, told]) => {
      const fieldClass = this.oracle.fieldClass({ type, field } as World) ?? '';
      const isTold = told !== null && this.oracle.page.accountedClasses.has(fieldClass);
      return isTold ? [`${type}.${field}`] : this.in(told);
    });
  }

  remember(asked: Asked, data: unknown): void {
    const answers = this.in(data).length > 0 ? this.#told : this.#others;
    const key = `${asked.operation.name} ${asked.role}`;
    if (!answers.has(key)) answers.set(key, asked);
  }

  /** Those that told something of the kind. */
  get told(): readonly Asked[] {
    return [...this.#told.values()];
  }

  /** Those that did not, whatever the same question told of another record. */
  get others(): readonly Asked[] {
    return [...this.#others.values()];
  }
}
