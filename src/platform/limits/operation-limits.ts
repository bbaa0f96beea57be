import { Inject, Injectable } from '@nestjs/common';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Actor } from '../../access';
import { rateLimited } from '../graphql/errors';
import { budgetOf, classOf, type OperationClass } from './budgets';
import { LIMIT_SETTINGS, type LimitSettings } from './limit-settings';
import { limited } from './limit-metrics';
import { Meter } from './meter';
import { rootFieldsOf } from './root-fields';

/** How much one actor may ask for, by what is really run. */
@Injectable()
export class OperationLimits {
  /** One meter for each budget there is: the table's objects are its identity. */
  readonly #meters = new Map<object, Meter>();

  constructor(@Inject(LIMIT_SETTINGS) private readonly settings: LimitSettings) {}

  /**
   * Takes what the operation costs from the actor's budgets. Throws RATE_LIMITED before anything of it runs; a caller
   * without a sign-in has been counted at the door.
   */
  async spend(actor: Actor | null, document: DocumentNode, operation: OperationDefinitionNode): Promise<void> {
    if (actor === null) return;
    for (const [operationClass, count] of this.#costOf(document, operation)) {
      const wait = await this.#meterOf(actor, operationClass).spend(`${actor.membershipId}:${operationClass}`, count);
      if (wait === 0) continue;
      limited.inc({ what: operationClass });
      throw rateLimited(wait);
    }
  }

  #costOf(document: DocumentNode, operation: OperationDefinitionNode): Map<OperationClass, number> {
    const cost = new Map<OperationClass, number>();
    for (const field of rootFieldsOf(document, operation)) {
      const operationClass = classOf(operation.operation, field);
      cost.set(operationClass, (cost.get(operationClass) ?? 0) + 1);
    }
    return cost;
  }

  #meterOf(actor: Actor, operationClass: OperationClass): Meter {
    const budget = budgetOf(actor, operationClass);
    const known = this.#meters.get(budget);
    if (known) return known;
    const meter = new Meter(budget, this.settings.percent);
    this.#meters.set(budget, meter);
    return meter;
  }
}
