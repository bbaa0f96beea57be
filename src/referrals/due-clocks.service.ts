import { Injectable } from '@nestjs/common';
import { mayDo, mayRead, type Actor } from '../access';
import { answerProblem, ClocksService, type AnswerClockInput } from '../clocks';
import { notFound, type Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import { DueClocksStore, type BreachesRow, type ClockRow } from './due-clocks.store';

/** What is due on referrals, for those who have to see to it. */
@Injectable()
export class DueClocksService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: DueClocksStore,
    private readonly clocks: ClocksService,
  ) {}

  async page(reader: Reader, args: ConnectionArgs): Promise<Connection<ClockRow>> {
    const rows = await this.store.page(reader, args.first, keysetOf(args));
    const all = pageOf(rows, args, ({ id, dueAtText }) => ({ id, createdAt: dueAtText }));
    // One whose referral withholds everything is no clock, neither as null fields nor as a count.
    const edges = all.edges.filter(({ node }) => mayRead(reader.actor, 'Clock', 'id', node));
    return { ...all, edges, nodes: edges.map(({ node }) => node) };
  }

  breaches(reader: Reader): Promise<BreachesRow[]> {
    return this.store.breaches(reader);
  }

  /** Ends a clock that no other step ends. */
  answer(actor: Actor, { clockId, answer }: AnswerClockInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const clock = await this.store.lock(tx, clockId);
      if (!clock || !mayDo(actor, 'Clock', 'answer', clock)) return notFound('clock');
      const wrong = answerProblem(clock, answer);
      if (wrong) return wrong;
      this.clocks.answer(tx.asSystem(), clock, answer);
      tx.audit({ action: 'clock.answered', subjectType: 'Clock', subjectId: clock.id, details: { answer } });
      return { id: clock.id };
    });
  }
}
