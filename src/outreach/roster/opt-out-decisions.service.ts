import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../../access';
import { notFound, type Refusal } from '../../kernel/refusal';
import { UnitOfWork, type Command, type Done } from '../../platform/database/unit-of-work';
import { isHeldForOthers, OptOuts } from './opt-outs';
import { OptOutsStore } from './opt-outs.store';
import type { DecideOptOutInput } from './outreach-case.inputs';
import { notInDoubt, notYours, undecidedElsewhere } from './outreach-cases.refusals';
import { OutreachCasesStore } from './outreach-cases.store';
import { RosterStore } from './roster.store';

/** A human of the team saw the address of a held case beside the one that opted out. */
@Injectable()
export class OptOutDecisionsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: OptOutsStore,
    private readonly cases: OutreachCasesStore,
    private readonly roster: RosterStore,
    private readonly optOuts: OptOuts,
  ) {}

  decide(actor: Actor, { caseId, isSameHome }: DecideOptOutInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const row = await this.cases.lock(tx, caseId);
      if (!row) return notFound('case');
      if (!mayDo(actor, 'OutreachCase', 'decideOptOut', row)) return notYours();
      if (row.heldFor === null) return notInDoubt();
      if (isHeldForOthers(row)) return undecidedElsewhere();
      const system = tx.asSystem();
      this.roster.takeTurn(system);
      this.store.decide(system, row, isSameHome);
      const details = { isSameHome };
      tx.audit({ action: 'outreach-case.opt-out-decided', subjectType: 'OutreachCase', subjectId: caseId, details });
      if (isSameHome) await this.optOuts.confirm(system, actor, row);
      else await this.optOuts.settleAsked(system, row, false);
      return { id: caseId };
    });
  }
}
