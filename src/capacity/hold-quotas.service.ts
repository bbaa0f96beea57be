import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor } from '../access';
import { AgenciesService } from '../agencies';
import { invalid, notFound, Refusal } from '../kernel/refusal';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import type { SetHoldQuotaInput } from './hold-quota.inputs';
import { HoldQuotasStore } from './hold-quotas.store';

/** The operator’s word on how much of the room one sender may keep. */
@Injectable()
export class HoldQuotasService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agencies: AgenciesService,
    private readonly store: HoldQuotasStore,
  ) {}

  /** Holds that are active stay, also when they are more than the new quota. */
  set(actor: Actor, input: SetHoldQuotaInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'HoldQuota', 'set', NO_FACTS)) {
        return new Refusal('FORBIDDEN', 'Only the operator sets quotas.', { remedy: 'Ask the operator.' });
      }
      const { agencyId, activeHolds, poolSharePercent } = input;
      const changes = {
        ...(activeHolds != null && { activeHolds }),
        ...(poolSharePercent != null && { poolSharePercent }),
      };
      if (Object.keys(changes).length === 0) {
        return invalid('input', 'Nothing is to change.', 'Name at least one change.');
      }
      if (!(await this.agencies.agencyFacts(tx, agencyId))) return notFound('agency');
      await this.store.put(tx.asSystem(), agencyId, changes);
      tx.audit({ action: 'holdQuota.set', subjectType: 'Agency', subjectId: agencyId, details: changes });
      return { id: agencyId };
    });
  }
}
