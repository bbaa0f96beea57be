import { Injectable } from '@nestjs/common';
import { mayDo, mayRead, type Actor } from '../access';
import { AgenciesService } from '../agencies';
import { clockDefinitions } from '../clocks';
import { addMinutes } from '../kernel/clock';
import { isRefusal, notFound, Refusal } from '../kernel/refusal';
import { inAnnex } from '../platform/database/annex';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { CustodyAlertsStore, type CustodyAlertRow } from './custody-alerts.store';
import { custodyMachine, type CustodyCommand, type CustodyState } from './custody.machine';
import { CustodyRules } from './custody-rules';
import { brokenBy, waitsForAnswers } from './engine/chain';
import { dueAt, leftBehind } from './engine/due';
import { isSamePair, isSamePerson, type Hand } from './engine/hands';
import type { AlertKind, LabFinding } from './engine/vocabulary';
import { CUSTODY_ALERT_RAISED, CUSTODY_MOVED } from './surrender.events';
import { SurrendersStore, type LockedSurrender } from './surrenders.store';

/** Who is at work in the property room, as they are known outside it. */
export interface Desk {
  readonly name: string;
  readonly agencyName: string;
  readonly agencyId: string;
  readonly state: string;
  /** IANA name of the place’s time zone. */
  readonly zone: string;
}

/** What a step says: where it happened, and what it changes. */
export interface Step {
  readonly place: string;
  readonly otherName?: string;
  readonly sealNumber?: string;
  readonly sealedGrossWeightGrams?: number;
  readonly laboratory?: string | null;
  readonly findings?: readonly LabFinding[];
  readonly reference?: string | null;
  /** The seal or the weight on record becomes the one found: a laboratory has opened the bag. */
  readonly isSealedAnew?: boolean;
  readonly alerts?: readonly AlertKind[];
  readonly after?: (tx: Tx) => void;
}

export interface Asked {
  readonly surrenderId: string;
  readonly step: CustodyCommand;
}

type Taken = Step & { readonly command: CustodyCommand; readonly to: CustodyState };

/** What of a step stands in the chain; what it did not look at is null. */
const eventOf = ({ command, to, place, ...step }: Taken) => ({
  ...{ command, state: to, place, otherName: null, sealNumber: null, sealedGrossWeightGrams: null, reference: null },
  ...told(step),
  findings: step.findings ? [...step.findings] : null,
});

const told = ({ otherName, sealNumber, sealedGrossWeightGrams, reference }: Partial<Step>) => ({
  ...(otherName !== undefined && { otherName }),
  ...(sealNumber !== undefined && { sealNumber }),
  ...(sealedGrossWeightGrams !== undefined && { sealedGrossWeightGrams }),
  ...(reference !== undefined && { reference }),
});

/** What it makes of the record. Another seal or weight is only found: on record it stays as it was, but where it was sealed anew. */
const movedBy = (row: LockedSurrender, { to: state, place, laboratory = row.laboratory, ...step }: Taken) => {
  const recorded = { sealNumber: row.sealNumber, sealedGrossWeightGrams: row.sealedGrossWeightGrams };
  const { sealNumber, sealedGrossWeightGrams } = step.isSealedAnew ? { ...recorded, ...told(step) } : recorded;
  return { state, place, laboratory, sealNumber, sealedGrossWeightGrams };
};

const otherHands = new Refusal('FORBIDDEN', 'Somebody else has to take this step: two people stand behind it.', {
  remedy: 'Let a colleague sign in and take it.',
});

const handOf = (actor: Actor, desk: Desk, { otherName }: Step): Hand =>
  otherName === undefined ? { accountId: actor.id, name: desk.name } : { accountId: null, name: otherName };

/** Whoever records the hand of somebody else is not that somebody. */
const isOwnName = (actor: Actor, { name }: Desk, hand: Hand): boolean =>
  hand.accountId === null && isSamePerson(hand, { accountId: actor.id, name });

/** Names the alerts to whoever may read them. */
const unanswered = (actor: Actor, open: readonly CustodyAlertRow[]): Refusal => {
  const seen = open.filter((alert) => mayRead(actor, 'CustodyAlert', 'kind', alert));
  return new Refusal('ILLEGAL_TRANSITION', 'Something in its chain of custody has not been answered for good.', {
    ...(seen.length > 0 && { alerts: seen.map(({ id, kind, position }) => ({ id, kind, position })) }),
    remedy:
      'The keeper of the property room answers every alert of it first, by `answerCustodyAlert` with EXPLAINED or CORRECTED; until then it is kept.',
  });
};

/**
 * The way of every step in the property room: in the annex, on a locked surrender, by the machine, by other hands than the step
 * before; event, alerts and trail in one transaction. The request is not named: it would stand beside others of the same minute.
 */
@Injectable()
export class CustodyCommands {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agencies: AgenciesService,
    private readonly store: SurrendersStore,
    private readonly alerts: CustodyAlertsStore,
    private readonly rules: CustodyRules,
  ) {}

  /** A transaction in the annex, by somebody whose name and place were read outside it before. */
  async run(actor: Actor, command: Command, work: (tx: Tx, desk: Desk) => Promise<Done | Refusal>) {
    const desk = await this.deskOf(actor);
    const { requestId: _, ...apart } = command;
    return this.unitOfWork.run(inAnnex(actor), apart, (tx) => work(tx, desk));
  }

  step(actor: Actor, { surrenderId, step }: Asked, command: Command, plan: (row: LockedSurrender) => Step | Refusal) {
    return this.run(actor, command, async (tx, desk) => {
      const row = await this.store.lock(tx, surrenderId);
      if (!row) return notFound('surrender');
      if (!mayDo(actor, 'Surrender', step, row)) {
        return new Refusal('FORBIDDEN', 'Your role does not take this step.');
      }
      const to = custodyMachine.next(row.state, step);
      if (isRefusal(to)) return to;
      const planned = plan(row);
      if (isRefusal(planned)) return planned;
      const hand = handOf(actor, desk, planned);
      if (isSamePair(step, row.state, { hand, earlier: row.chain }) || isOwnName(actor, desk, hand)) return otherHands;
      const open = waitsForAnswers(step) ? await this.alerts.unanswered(tx, row.id) : [];
      if (open.length > 0) return unanswered(actor, open);
      this.take(tx, desk, row, { command: step, to, ...planned });
      return { id: row.id };
    });
  }

  private take(tx: Tx, desk: Desk, row: LockedSurrender, taken: Taken): void {
    const { command, to, place, reference = null } = taken;
    const steps = row.chain.length;
    this.store.addEvent(tx, { ...eventOf(taken), surrenderId: row.id, position: steps + 1, byName: desk.name });
    // A result met the laboratory’s time; what stays there has no other.
    const due = command === 'recordResult' ? null : dueAt(to, tx.asOf, this.rules.stateMinutes);
    this.store.move(tx, row, { ...movedBy(row, taken), dueAt: due });
    const left = leftBehind(command, row, tx.asOf);
    this.raise(tx, row.id, steps, left === null ? [] : [left]);
    const taking = { command, place, reference, from: row.state, at: tx.asOf, zone: desk.zone };
    const broken = brokenBy({ ...taking, accountId: tx.actor.id }, row.chain);
    this.raise(tx, row.id, steps + 1, [...broken, ...(taken.alerts ?? [])]);
    tx.audit({ action: CUSTODY_MOVED, subjectType: 'Surrender', subjectId: row.id, details: { command, to } });
    taken.after?.(tx);
  }

  /** Puts what has to be looked into before the property room, once per step and kind. */
  raise(tx: Tx, surrenderId: string, position: number, kinds: readonly AlertKind[]): void {
    for (const kind of kinds) {
      const due = addMinutes(tx.asOf, this.rules.alertMinutes);
      this.alerts.raise(tx, { surrenderId, position, kind, raisedAt: tx.asOf, dueAt: due });
      tx.audit({
        action: CUSTODY_ALERT_RAISED,
        subjectType: 'Surrender',
        subjectId: surrenderId,
        details: { kind, position },
      });
    }
  }

  /** Who somebody is outside the annex, and where. */
  async deskOf(actor: Actor): Promise<Desk> {
    const reader = this.unitOfWork.reader(actor);
    const agency = await this.agencies.agencyFacts(reader, actor.agencyId);
    if (!agency) throw new Error('a member of no agency');
    const { name, agencyName } = await this.agencies.nameplate(reader);
    const { zone } = clockDefinitions().calendarOf(null, agency.state, new Date(0));
    return { name, agencyName, agencyId: agency.id, state: agency.state, zone };
  }
}
