import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import type { SystemTx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection } from '../platform/graphql';
import { alertActionMachine, type AlertActionCommand } from './alert-action.machine';
import type { SpikeAlertsArgs, ChooseNeighbourAlertsInput, DismissSpikeAlertInput } from './alerts.inputs';
import { AlertsStore, type SpikeAlertRow } from './alerts.store';
import { spikeAlertMachine } from './spike-alert.machine';
import { ALERT_ACTION_CHANGED, SPIKE_ALERT_CLOSED } from './surveillance.events';

/** What the agencies around an alert do. */
@Injectable()
export class AlertsService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: AlertsStore,
  ) {}

  async page(reader: Reader, args: SpikeAlertsArgs): Promise<Connection<SpikeAlertRow>> {
    const rows = await this.store.page(reader, args.first, keysetOf(args), args.isOpen ?? null);
    return pageOf(rows, args, ({ id, openedOnText }) => ({ id, createdAt: openedOnText }));
  }

  /** Whether an alert is open that the agency was told of: for rooms that have to be ready then. */
  isUnderAlert(reader: Reader, agencyId: string): Promise<boolean> {
    return this.store.isUnderAlert(reader, agencyId);
  }

  /** Everybody who was told of an alert. */
  agenciesToldOf(tx: SystemTx, alertId: string): Promise<string[]> {
    return this.store.agenciesToldOf(tx, alertId);
  }

  /** Takes a step of an action that the actor’s own agency was asked for. */
  step(actor: Actor, actionId: string, step: AlertActionCommand, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const action = await this.store.lockAction(tx, actionId);
      if (!action || !mayDo(actor, 'AlertAction', step, action)) return notFound('action');
      if (step === 'take' && !action.isAlertOpen) return endedBefore();
      const to = alertActionMachine.next(action.state, step);
      if (isRefusal(to)) return to;
      this.store.moveAction(tx, action.id, to);
      const { alertId, kind } = action;
      tx.audit({
        action: `alert-action.${to.toLowerCase()}`,
        subjectType: 'AlertAction',
        subjectId: action.id,
        details: { alertId, kind },
      });
      tx.emit({ name: ALERT_ACTION_CHANGED, subjectType: 'AlertAction', subjectId: action.id, payload: { alertId } });
      return { id: action.id };
    });
  }

  /** Ends an alert that the counts have not ended; what it rested on opens no other. */
  dismiss(actor: Actor, { alertId, reason }: DismissSpikeAlertInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const [alert] = await this.store.byIds(tx, [alertId]);
      if (!alert) return notFound('alert');
      if (!mayDo(actor, 'SpikeAlert', 'dismiss', alert)) {
        return new Refusal(
          'FORBIDDEN',
          'Only the county’s own coordinators dismiss an alert: they see on what it rests.',
          {
            remedy: 'Ask the outreach team of the county.',
          },
        );
      }
      const to = spikeAlertMachine.next(alert.state, 'dismiss');
      if (isRefusal(to)) return to;
      if (!(await this.store.dismiss(tx.asSystem(), alert.id, reason))) return endedMeanwhile();
      const payload = { countyFips: alert.countyFips };
      tx.audit({
        action: 'spike-alert.dismissed',
        subjectType: 'SpikeAlert',
        subjectId: alert.id,
        details: { reason },
      });
      tx.emit({ name: SPIKE_ALERT_CLOSED, subjectType: 'SpikeAlert', subjectId: alert.id, payload });
      return { id: alert.id };
    });
  }

  choose(actor: Actor, { neighbours }: ChooseNeighbourAlertsInput, command: Command): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, (tx) => {
      const { agencyId } = actor;
      if (!mayDo(actor, 'AlertChoice', 'choose', { relations: ['OWN_AGENCY'], consents: [] })) {
        const remedy = 'Ask an admin or a coordinator of your agency.';
        return Promise.resolve(
          new Refusal('FORBIDDEN', 'Your role does not choose what your agency hears.', { remedy }),
        );
      }
      this.store.choose(tx, neighbours);
      tx.audit({ action: 'alert-choice.changed', subjectType: 'Agency', subjectId: agencyId, details: { neighbours } });
      return Promise.resolve({ id: agencyId });
    });
  }
}

const endedMeanwhile = (): Refusal =>
  new Refusal('ILLEGAL_TRANSITION', 'The alert has ended meanwhile.', { allowed: [], remedy: 'Read it again.' });

/** What is under way may still be reported as done, or as not needed. */
const endedBefore = (): Refusal =>
  new Refusal('ILLEGAL_TRANSITION', 'The alert has ended: nothing is asked for any more.', {
    allowed: ['complete', 'decline'],
    remedy: 'Say that it is done (completeAlertAction) or not needed (declineAlertAction).',
  });
