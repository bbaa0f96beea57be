import { Injectable } from '@nestjs/common';
import { mayDo, mayRead, type Actor } from '../access';
import { answerProblem, ClocksService, type AnswerClockInput, type ClockAnswer } from '../clocks';
import { notFound, type Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import type { SystemTx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { shownPageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import { DueClocksStore, type BreachesRow, type ClockRow } from './due-clocks.store';
import { FOLLOW_UPS, ReferralClocks } from './referral-clocks';
import { ReferralEndingService } from './referral-ending.service';
import { ReferralsStore } from './referrals.store';

/** What is due on referrals, for those who have to see to it. */
@Injectable()
export class DueClocksService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: DueClocksStore,
    private readonly clocks: ClocksService,
    private readonly referrals: ReferralsStore,
    private readonly steps: ReferralClocks,
    private readonly ending: ReferralEndingService,
  ) {}

  page(reader: Reader, args: ConnectionArgs): Promise<Connection<ClockRow>> {
    // One whose referral withholds everything is no clock, neither as null fields nor as a count.
    return shownPageOf(args, {
      read: (limit, after) => this.store.page(reader, limit, after),
      isShown: (row) => mayRead(reader.actor, 'Clock', 'id', row),
      at: ({ id, dueAtText }) => ({ id, createdAt: dueAtText }),
    });
  }

  breaches(reader: Reader): Promise<BreachesRow[]> {
    return this.store.breaches(reader);
  }

  /** Ends a clock that no other step ends. */
  answer(actor: Actor, { clockId, answer }: AnswerClockInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const clock = await this.store.lock(tx, clockId);
      if (!clock || !mayDo(actor, 'Clock', 'answer', clock)) return notFound('clock');
      const wrong = answerProblem(clock, answer, actor);
      if (wrong) return wrong;
      const system = tx.asSystem();
      this.clocks.answer(system, clock, answer);
      await this.askNoMore(system, clock, answer);
      if (clock.kind === 'STAY_CONFIRMED') await this.goesOn(system, clock);
      tx.audit({ action: 'clock.answered', subjectType: 'Clock', subjectId: clock.id, details: { answer } });
      return { id: clock.id };
    });
  }

  /** Who has died, or does not want to be asked, is not asked for again; who has died waits for nothing either. */
  private async askNoMore(tx: SystemTx, { kind, subjectId, referralId }: ClockRow, answer: ClockAnswer): Promise<void> {
    const isLast = answer === 'DECEASED' || answer === 'DECLINED_CONTACT';
    if (!isLast || !FOLLOW_UPS.some((one) => one === kind)) return;
    this.clocks.end(tx, FOLLOW_UPS, [subjectId], 'CANCELLED');
    if (answer === 'DECEASED' && referralId !== null) await this.ending.endForDead(tx, referralId);
  }

  /** The stay goes on: asked again when its next period is over. */
  private async goesOn(tx: SystemTx, { subjectId }: ClockRow): Promise<void> {
    const referral = await this.referrals.lockAsSystem(tx, subjectId);
    if (referral?.state === 'ADMITTED') await this.steps.stays(tx, referral);
  }
}
