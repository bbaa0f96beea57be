import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import { inAnnex } from '../platform/database/annex';
import type { Reader } from '../platform/database/reader';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { DueSweep } from '../platform/jobs/due-sweep';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import { CustodyCommands } from './custody-command';
import { CustodyAlertsStore, type CustodyAlertRow } from './custody-alerts.store';
import { overdueAlert } from './engine/due';
import { CUSTODY_ALERT_ANSWERED } from './surrender.events';
import type { AnswerCustodyAlertInput } from './surrender.inputs';

const SWEEP_BATCH = 50;

/** What in the chain of custody has to be looked into, and by when. */
@Injectable()
export class CustodyAlertsService {
  readonly #due = new DueSweep({ batch: SWEEP_BATCH, atOnce: 1 });

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly commands: CustodyCommands,
    private readonly store: CustodyAlertsStore,
  ) {}

  async open(actor: Actor, args: ConnectionArgs): Promise<Connection<CustodyAlertRow>> {
    const reader: Reader = this.unitOfWork.reader(inAnnex(actor));
    const rows = await this.store.open(reader, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, dueAtText }) => ({ id, createdAt: dueAtText }));
  }

  answer(actor: Actor, { alertId, finding }: AnswerCustodyAlertInput, command: Command): Promise<Done | Refusal> {
    return this.commands.run(actor, command, async (tx) => {
      const alert = await this.store.lock(tx, alertId);
      if (!alert) return notFound('alert');
      if (!mayDo(actor, 'CustodyAlert', 'answer', alert)) {
        return new Refusal('FORBIDDEN', 'The keeper of the property room answers it.');
      }
      if (alert.finding !== null && alert.finding !== 'UNDER_INVESTIGATION') {
        return new Refusal('ILLEGAL_TRANSITION', 'It was answered, and that stands.', {
          remedy: 'Nothing more to do.',
        });
      }
      this.store.answer(tx, alertId, finding);
      const about = { subjectType: 'CustodyAlert', subjectId: alertId };
      tx.audit({ action: CUSTODY_ALERT_ANSWERED, ...about, details: { finding } });
      return { id: alertId };
    });
  }

  /** Raises what lasted too long. May run in any number of workers at once. */
  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    await this.#due.run(
      (limit, resting) => this.store.overdue(reader, limit, resting),
      ({ id, roomId }) => this.raiseOverdue(id, roomId),
    );
  }

  private async raiseOverdue(id: string, roomId: string): Promise<boolean> {
    const done = await this.unitOfWork.runAsSystem(roomId, { name: 'raiseCustodyAlert' }, async (tx) => {
      const overdue = await this.store.lockOverdue(tx, id);
      const kind = overdue && overdueAlert(overdue.state, overdue.dueAt, tx.asOf);
      if (!overdue || !kind) return notFound('overdue surrender');
      this.commands.raise(tx, id, overdue.steps, [kind]);
      this.store.clearDue(tx, id);
      return { id };
    });
    return !isRefusal(done);
  }
}
