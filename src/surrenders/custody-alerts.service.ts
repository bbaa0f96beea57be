import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { AGENCY_LEFT_WAITING } from '../agencies';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import { annexOf, inAnnex } from '../platform/database/annex';
import type { Reader } from '../platform/database/reader';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { DueSweep } from '../platform/jobs/due-sweep';
import { tryEach } from '../platform/jobs/try-each';
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
  readonly #unheard = new DueSweep({ batch: SWEEP_BATCH, atOnce: 1 });

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

  /** Raises what lasted too long, and tells of what nobody looked into. May run in any number of workers at once. */
  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const kinds = [
      () =>
        this.#due.run(
          (limit, resting) => this.store.overdue(reader, limit, resting),
          ({ id, roomId }) => this.raiseOverdue(id, roomId),
        ),
      () =>
        this.#unheard.run(
          (limit, resting) => this.store.unheard(reader, limit, resting),
          ({ id }) => this.tellOperator(id),
        ),
    ];
    await tryEach(kinds, (kind) => kind());
  }

  /** Whether an agency has something to look into that nobody there has by now. */
  isLeftWaiting(agencyId: string): Promise<boolean> {
    return this.store.isLeftIn(this.unitOfWork.reader(systemActor(NO_AGENCY)), annexOf(agencyId));
  }

  /** That an agency let a deadline pass, and not which: nothing of the annex stands in any row but its own. */
  private async tellOperator(id: string): Promise<boolean> {
    const step = { name: 'tellOfCustodyAlert', isHousekeeping: true } as const;
    const done = await this.unitOfWork.runAsSystem(NO_AGENCY, step, async (tx) => {
      const agencyId = await this.store.tell(tx, id);
      if (agencyId === undefined) return notFound('alert that nobody looked into');
      tx.emit({ name: AGENCY_LEFT_WAITING, subjectType: 'Agency', subjectId: agencyId });
      return { id };
    });
    return !isRefusal(done);
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
