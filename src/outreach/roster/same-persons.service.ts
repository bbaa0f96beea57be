import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../../access';
import { notFound, type Refusal } from '../../kernel/refusal';
import { PersonLinkCommandsService } from '../../people';
import type { Tx } from '../../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../../platform/database/unit-of-work';
import type { DecideSamePersonInput } from './outreach-case.inputs';
import { notInQuestion, notYours } from './outreach-cases.refusals';
import { OutreachCasesStore, type OutreachCaseRow } from './outreach-cases.store';

/** A human of the team saw two rows of its roster side by side that may be of one person. */
@Injectable()
export class SamePersonsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly cases: OutreachCasesStore,
    private readonly links: PersonLinkCommandsService,
  ) {}

  /** Rows of one person are joined, or parted again, once it is committed. */
  decide(actor: Actor, input: DecideSamePersonInput, command: Command): Promise<Done | Refusal> {
    const { caseId, otherCaseId, isSamePerson } = input;
    return this.unitOfWork.run(actor, command, async (tx) => {
      const rows = await this.locked(tx, [caseId, otherCaseId]);
      if (rows.length < 2) return notFound('case');
      if (!rows.every((row) => mayDo(actor, 'OutreachCase', 'decideSame', row))) return notYours();
      const found = (await this.cases.likenesses(tx, [caseId])).find((one) => one.otherCaseId === otherCaseId);
      if (!found) return notInQuestion();
      const refused = await this.links.decideForTeam(tx.asSystem(), found.linkId, isSamePerson);
      if (refused) return refused;
      const details = { isSamePerson };
      tx.audit({
        action: 'outreach-case.same-person-decided',
        subjectType: 'OutreachCase',
        subjectId: caseId,
        details,
      });
      return { id: caseId };
    });
  }

  /** In the order of ids, so that two who decide at once do not wait for each other. */
  private async locked(tx: Tx, ids: readonly string[]): Promise<OutreachCaseRow[]> {
    const rows: OutreachCaseRow[] = [];
    for (const id of [...ids].sort()) {
      const row = await this.cases.lock(tx, id);
      if (row) rows.push(row);
    }
    return rows;
  }
}
