import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../../access';
import { answerProblem, ClocksService, type ClockAnswer, type ClockEntity } from '../../clocks';
import { addMinutes } from '../../kernel/clock';
import { invalid, notFound, Refusal } from '../../kernel/refusal';
import { UnitOfWork, type Command, type Done } from '../../platform/database/unit-of-work';
import type { SystemTx } from '../../platform/database/tx';
import { AskedAfterStore } from './asked-after.store';
import { CaseKeeping } from './case-keeping';
import type { AnswerOutreachFollowUpInput } from './outreach-case.inputs';
import { notYours } from './outreach-cases.refusals';
import { OutreachCasesStore, type OutreachCaseRow } from './outreach-cases.store';

const DAY_MINUTES = 24 * 60;
const DAYS_AHEAD = 7;
const KINDS: readonly string[] = ['FOLLOW_UP_DAY_30', 'FOLLOW_UP_DAY_90'];

/** How a person of the roster is, a month and three months later. */
@Injectable()
export class FollowUpsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: OutreachCasesStore,
    private readonly clocks: ClocksService,
    private readonly asked: AskedAfterStore,
    private readonly keeping: CaseKeeping,
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
      const problem = answerProblem(clock, answer, actor) ?? tooEarly(clock, answer, tx.asOf);
      if (problem) return problem;
      const system = tx.asSystem();
      this.clocks.answer(system, clock, answer);
      if (isLast(answer)) await this.askNoMore(system, row, answer);
      const details = { kind, answer };
      tx.audit({ action: 'outreach-case.followed-up', subjectType: 'OutreachCase', subjectId: caseId, details });
      return { id: caseId };
    });
  }

  /** Who has died, or does not want to be asked, is not asked for again, on no row that the team has of them. */
  private async askNoMore(tx: SystemTx, row: OutreachCaseRow, answer: ClockAnswer): Promise<void> {
    const rows = [row, ...(await this.asked.agreedElsewhere(tx, row))];
    const ids = rows.map(({ id }) => id);
    if (answer === 'DECEASED') this.keeping.endForDead(tx, ids, tx.actor.id);
    else for (const one of rows) this.keeping.leaveAlone(tx, one);
  }
}

const isLast = (answer: ClockAnswer): boolean => answer === 'DECEASED' || answer === 'DECLINED_CONTACT';

/** How somebody is a month later nobody knows on the day of the contact; that they have died, or want to be left alone, counts at once. */
const tooEarly = ({ dueAt }: ClockEntity, answer: ClockAnswer, now: Date): Refusal | null => {
  const opensAt = addMinutes(dueAt, -DAYS_AHEAD * DAY_MINUTES);
  if (isLast(answer) || now >= opensAt) return null;
  return new Refusal('ILLEGAL_TRANSITION', 'It is too early to say how they are then.', {
    field: 'input.kind',
    opensAt: opensAt.toISOString(),
    remedy: `Ask them in the ${DAYS_AHEAD} days before it is due, or later.`,
  });
};
