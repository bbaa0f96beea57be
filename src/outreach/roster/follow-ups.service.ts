import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../../access';
import { answerProblem, ClocksService } from '../../clocks';
import { invalid, notFound, Refusal } from '../../kernel/refusal';
import { UnitOfWork, type Command, type Done } from '../../platform/database/unit-of-work';
import type { AnswerOutreachFollowUpInput } from './outreach-case.inputs';
import { notYours } from './outreach-cases.refusals';
import { OutreachCasesStore } from './outreach-cases.store';

const KINDS: readonly string[] = ['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'];

/** How a person of the roster is, a month and three months later. */
@Injectable()
export class FollowUpsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: OutreachCasesStore,
    private readonly clocks: ClocksService,
  ) {}

  answer(actor: Actor, input: AnswerOutreachFollowUpInput, command: Command): Promise<Done | Refusal> {
    const { caseId, kind, answer } = input;
    return this.unitOfWork.run(actor, command, async (tx) => {
      const row = await this.store.lock(tx, caseId);
      if (!row) return notFound('case');
      if (!mayDo(actor, 'OutreachCase', 'followUp', row)) return notYours();
      if (!KINDS.includes(kind)) {
        return invalid('input.kind', 'That is no follow-up.', `Send one of: ${KINDS.join(', ')}.`);
      }
      const clock = (await this.clocks.ofSubjects(tx, [kind], [caseId])).at(-1);
      if (!clock) return notFound('follow-up of this case with your agency');
      const problem = answerProblem(clock, answer, actor);
      if (problem) return problem;
      this.clocks.answer(tx.asSystem(), clock, answer);
      const details = { kind, answer };
      tx.audit({ action: 'outreach-case.followed-up', subjectType: 'OutreachCase', subjectId: caseId, details });
      return { id: caseId };
    });
  }
}
