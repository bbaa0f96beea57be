import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { invalid, isRefusal, notFound, Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import { draw, type Drawn } from './engine/draw';
import { mayBeLotNumber } from './engine/lot-number';
import type {
  CountNaloxoneInput,
  DiscardNaloxoneInput,
  ReceiveNaloxoneInput,
  SetNaloxoneLevelInput,
  UseNaloxoneInput,
} from './naloxone.inputs';
import { NaloxoneStore, type NaloxoneLotRow, type NaloxoneMovementRow, type NewMovement } from './naloxone.store';
import { NALOXONE_MOVED } from './responders.events';
import { ResponderRules } from './responder-rules';
import {
  kitsNotCounted,
  kitsPastTheirDate,
  notYourStep,
  ownAgency,
  pastItsDate,
  tooFew,
  tooFewKits,
} from './stock-refusals';

/** What comes into the stock of an agency and what goes out of it. Every step is an entry of the ledger. */
@Injectable()
export class NaloxoneService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: NaloxoneStore,
    private readonly rules: ResponderRules,
  ) {}

  receive(actor: Actor, input: ReceiveNaloxoneInput, command: Command): Promise<Done | Refusal> {
    return this.run(actor, 'receive', command, async (tx) => {
      const { today } = await this.store.facts(tx);
      const wrong = boxProblem(input, today, this.rules.mostShelfYears);
      if (wrong) return wrong;
      const lotId = await this.store.lotOf(tx, input);
      return this.move(tx, { lotId, kind: 'RECEIVED', because: null, change: input.doses });
    });
  }

  use(actor: Actor, input: UseNaloxoneInput, command: Command): Promise<Done | Refusal> {
    return this.run(actor, 'use', command, async (tx) => (await this.reportProblem(tx, input)) ?? this.take(tx, input));
  }

  /**
   * Kits that were given at a visit leave the stock of whoever visited, within their command: `null` when they have, or when the agency keeps no
   * stock here and so nothing is counted. `kits` null: nobody said how many.
   */
  async giveKits(tx: Tx, kits: number | null, lotId: string | null): Promise<Refusal | null> {
    if (!(await this.store.facts(tx)).isKept) return lotId === null ? null : notFound('lot');
    if (kits === null) return kitsNotCounted;
    if (!mayDo(tx.actor, 'NaloxoneStock', 'use', ownAgency)) return notYourStep;
    this.store.lookSoon(tx);
    const refused = await this.take(tx, { use: 'LEAVE_BEHIND', doses: kits * this.rules.dosesPerKit, lotId });
    return refused?.code === 'OUT_OF_STOCK' ? tooFewKits : refused === pastItsDate ? kitsPastTheirDate : refused;
  }

  private async take(tx: Tx, input: UseNaloxoneInput): Promise<Refusal | null> {
    const { use: because, overdoseReportId = null } = input;
    const drawn = await this.drawn(tx, input);
    if (isRefusal(drawn)) return drawn;
    for (const { lotId: from, doses: taken } of drawn) {
      const movement = { lotId: from, kind: 'USED', because, change: -taken, overdoseReportId } as const;
      const refused = await this.move(tx, movement);
      if (refused) return refused;
    }
    return null;
  }

  discard(actor: Actor, { lotId, doses, reason }: DiscardNaloxoneInput, command: Command): Promise<Done | Refusal> {
    return this.run(actor, 'discard', command, async (tx) => {
      const lot = await this.store.lockLot(tx, lotId);
      if (!lot) return notFound('lot');
      if (reason === 'EXPIRED' && !lot.isExpired) {
        return invalid('input.reason', 'The lot is not past its date.', 'Send the reason that holds.');
      }
      return this.move(tx, { lotId, kind: 'DISCARDED', because: reason, change: -doses });
    });
  }

  count(actor: Actor, { lotId, doses, reason }: CountNaloxoneInput, command: Command): Promise<Done | Refusal> {
    return this.run(actor, 'count', command, async (tx) => {
      const lot = await this.store.lockLot(tx, lotId);
      if (!lot) return notFound('lot');
      const change = doses - lot.onHand;
      if (change !== 0) return this.move(tx, { lotId, kind: 'COUNTED', because: reason, change });
      tx.audit({
        action: NALOXONE_MOVED,
        subjectType: 'NaloxoneLot',
        subjectId: lotId,
        details: { kind: 'COUNTED', change },
      });
      return null;
    });
  }

  setLevel(actor: Actor, { lowAt }: SetNaloxoneLevelInput, command: Command): Promise<Done | Refusal> {
    return this.run(actor, 'setLevel', command, (tx) => {
      this.store.setLevel(tx, lowAt);
      tx.audit({
        action: 'naloxone.level-set',
        subjectType: 'Agency',
        subjectId: actor.agencyId,
        details: { lowAt },
      });
      return Promise.resolve(null);
    });
  }

  async lotPage(reader: Reader, args: ConnectionArgs): Promise<Connection<NaloxoneLotRow>> {
    const rows = await this.store.lotPage(reader, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, expiresOn }) => ({ id, createdAt: `${expiresOn}T00:00:00.000Z` }));
  }

  async movementPage(reader: Reader, args: ConnectionArgs): Promise<Connection<NaloxoneMovementRow>> {
    const rows = await this.store.movementPage(reader, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, at }) => ({ id, createdAt: at.toISOString() }));
  }

  private run(
    actor: Actor,
    step: 'receive' | 'use' | 'discard' | 'count' | 'setLevel',
    command: Command,
    work: (tx: Tx) => Promise<Refusal | null>,
  ): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'NaloxoneStock', step, ownAgency)) return notYourStep;
      const refused = await work(tx);
      if (refused) return refused;
      if (step !== 'setLevel') this.store.lookSoon(tx);
      return { id: actor.agencyId };
    });
  }

  private async drawn(tx: Tx, { use, doses, lotId }: UseNaloxoneInput): Promise<readonly Drawn[] | Refusal> {
    if (!lotId) return this.draw(tx, doses);
    const lot = await this.store.lockLot(tx, lotId);
    if (!lot) return notFound('lot');
    // What was given has been given, and is on record; what is left with somebody has to be good.
    return lot.isExpired && use === 'LEAVE_BEHIND' ? pastItsDate : [{ lotId, doses }];
  }

  private async draw(tx: Tx, doses: number): Promise<readonly Drawn[] | Refusal> {
    const { today } = await this.store.facts(tx);
    return draw(await this.store.lockStock(tx, null), doses, today) ?? tooFew;
  }

  private async move(tx: Tx, movement: NewMovement): Promise<Refusal | null> {
    if (!(await this.store.move(tx, movement))) return tooFew;
    const { lotId: subjectId, kind, because, change } = movement;
    // Of a dose that was given not for whom: the trail names who gave it, to the second.
    const details = kind === 'USED' ? { kind, change } : { kind, because, change };
    tx.audit({ action: NALOXONE_MOVED, subjectType: 'NaloxoneLot', subjectId, details });
    return null;
  }

  private async reportProblem(tx: Tx, { use, overdoseReportId }: UseNaloxoneInput): Promise<Refusal | null> {
    if (overdoseReportId == null) return null;
    if (use !== 'REVERSAL') {
      const remedy = 'Leave the report out, or send REVERSAL.';
      return invalid('input.overdoseReportId', 'Only doses given to somebody who overdosed are on a report.', remedy);
    }
    return (await this.store.isReport(tx, overdoseReportId)) ? null : notFound('report');
  }
}

/** What cannot be printed on a box that is taken in today. */
const boxProblem = ({ lotNumber, expiresOn }: ReceiveNaloxoneInput, today: string, years: number): Refusal | null => {
  if (!mayBeLotNumber(lotNumber)) {
    return invalid('input.lotNumber', 'It is no number of a maker.', 'Send what stands behind LOT on the box.');
  }
  if (expiresOn < today) {
    return invalid('input.expiresOn', 'It is past its date.', 'Check the date on the box; do not take it in.');
  }
  const last = `${Number(today.slice(0, 4)) + years}${today.slice(4)}`;
  if (expiresOn <= last) return null;
  return invalid('input.expiresOn', `No naloxone is good for ${years} years.`, 'Check the date on the box.');
};
