import { Injectable } from '@nestjs/common';
import { mayDo, NO_FACTS, type Actor } from '../access';
import { AgenciesService } from '../agencies';
import { ClocksService, type ClockKind } from '../clocks';
import { invalid, isRefusal, notFound, type Refusal } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import type { SystemTx, Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import { keysetOf, pageOf, type Connection, type ConnectionArgs } from '../platform/graphql';
import { AlertsService } from '../surveillance';
import { draw } from './engine/draw';
import type { DeclineRestockInput, RequestRestockInput, SendRestockInput } from './naloxone.inputs';
import { NaloxoneStore, type NewMovement } from './naloxone.store';
import { NALOXONE_MOVED, RESTOCK_MOVED } from './responders.events';
import { restockMachine, type RestockCommand, type RestockState } from './restock.machine';
import { RestockStore, type Restocked, type RestockRow } from './restock.store';
import { noSupplier, notYourStep, tooFew } from './stock-refusals';
import { suppliersAt } from './suppliers';

interface Asked {
  readonly requestId: string;
  readonly step: RestockCommand;
}
type Work = (tx: Tx, row: RestockRow) => Promise<Partial<Restocked> | Refusal>;

/** One agency asks another for doses; what leaves the one stock arrives in the other. */
@Injectable()
export class RestockService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: RestockStore,
    private readonly stock: NaloxoneStore,
    private readonly agencies: AgenciesService,
    private readonly alerts: AlertsService,
    private readonly clocks: ClocksService,
  ) {}

  request(actor: Actor, input: RequestRestockInput, command: Command): Promise<Done | Refusal> {
    const { supplierId: supplierAgencyId, product = null, doses } = input;
    return this.unitOfWork.run(actor, command, async (tx) => {
      if (!mayDo(actor, 'RestockRequest', 'request', NO_FACTS)) return notYourStep;
      const supplier = await this.agencies.agencyFacts(tx, supplierAgencyId);
      if (!supplier?.isActive || supplier.id === actor.agencyId) {
        const remedy = 'Look for one with `agencies(kind: PUBLIC_HEALTH)`.';
        return invalid('input.supplierId', 'No other agency has this id.', remedy);
      }
      const system = tx.asSystem();
      const isAnswered = await this.agencies.hasMember(system, supplier.id, suppliersAt(supplier.kind));
      if (!isAnswered) return noSupplier;
      const isSpike = await this.alerts.isUnderAlert(tx, actor.agencyId);
      const id = this.store.insert(system, { supplierAgencyId, product, doses, isSpike });
      await this.start(system, 'RESTOCK_ANSWERED', id, supplierAgencyId);
      this.note(tx, { id, isSpike }, 'REQUESTED');
      return { id };
    });
  }

  /** From the supplier’s own stock, what expires first; not more than was asked for. */
  send(actor: Actor, { requestId, doses }: SendRestockInput, command: Command): Promise<Done | Refusal> {
    return this.step(actor, { requestId, step: 'send' }, command, async (tx, row) => {
      if (doses > row.doses) {
        return invalid('input.doses', 'More than was asked for.', `Send at most ${row.doses}.`);
      }
      const { today } = await this.stock.facts(tx);
      const drawn = draw(await this.stock.lockStock(tx, row.product), doses, today);
      if (drawn === null) return tooFew;
      for (const { lotId, doses: taken } of drawn) {
        await this.move(tx, { lotId, kind: 'SENT', because: null, change: -taken, restockId: row.id });
      }
      this.stock.lookSoon(tx);
      return { sentDoses: doses };
    });
  }

  /** All that was sent; what is missing of it is counted afterwards. */
  receive(actor: Actor, requestId: string, command: Command): Promise<Done | Refusal> {
    return this.step(actor, { requestId, step: 'receive' }, command, async (tx, row) => {
      for (const { doses, ...lot } of await this.store.parcels(tx.asSystem(), row.id)) {
        const lotId = await this.stock.lotOf(tx, lot);
        await this.move(tx, { lotId, kind: 'RECEIVED', because: null, change: doses, restockId: row.id });
      }
      this.stock.lookSoon(tx);
      return {};
    });
  }

  decline(actor: Actor, { requestId, because }: DeclineRestockInput, command: Command): Promise<Done | Refusal> {
    return this.step(actor, { requestId, step: 'decline' }, command, () => Promise.resolve({ because }));
  }

  cancel(actor: Actor, requestId: string, command: Command): Promise<Done | Refusal> {
    return this.step(actor, { requestId, step: 'cancel' }, command, () => Promise.resolve({}));
  }

  async page(reader: Reader, args: ConnectionArgs): Promise<Connection<RestockRow>> {
    const rows = await this.store.page(reader, keysetOf(args), args.first + 1);
    return pageOf(rows, args, ({ id, requestedAt }) => ({ id, createdAt: requestedAt.toISOString() }));
  }

  private step(actor: Actor, { requestId, step }: Asked, command: Command, work: Work): Promise<Done | Refusal> {
    return this.unitOfWork.run(actor, command, async (tx) => {
      const row = await this.store.lock(tx, requestId);
      if (!row) return notFound('request');
      if (!mayDo(actor, 'RestockRequest', step, row)) return notYourStep;
      const to = restockMachine.next(row.state, step);
      if (isRefusal(to)) return to;
      const done = await work(tx, row);
      if (isRefusal(done)) return done;
      const system = tx.asSystem();
      this.store.move(system, { ...done, id: row.id, from: row.state, to });
      this.clocks.end(system, ['RESTOCK_ANSWERED', 'RESTOCK_RECEIVED'], [row.id], to === 'CANCELLED' ? to : 'MET');
      if (to === 'SENT') await this.start(system, 'RESTOCK_RECEIVED', row.id, row.agencyId);
      this.note(tx, row, to);
      return { id: row.id };
    });
  }

  /** A movement that cannot fail: the lots are locked and were counted, or it adds. */
  private async move(tx: Tx, movement: NewMovement): Promise<void> {
    if (!(await this.stock.move(tx, movement))) throw new Error('a locked lot had fewer doses than it said');
    const { lotId: subjectId, kind, change } = movement;
    tx.audit({ action: NALOXONE_MOVED, subjectType: 'NaloxoneLot', subjectId, details: { kind, change } });
  }

  /** Whose turn it is, and until when. */
  private async start(tx: SystemTx, kind: ClockKind, subjectId: string, ownerAgencyId: string): Promise<void> {
    const dueAt = (await this.clocks.termsOfAgency(tx, ownerAgencyId)).dueAt(kind, tx.asOf);
    const owner = { ownerAgencyId, ownerSide: 'PROVIDER', coordinatorAgencyId: null } as const;
    this.clocks.start(tx, [{ kind, subjectType: 'RestockRequest', subjectId, referralId: null, ...owner, dueAt }]);
  }

  private note(tx: Tx, { id, isSpike }: Pick<RestockRow, 'id' | 'isSpike'>, state: RestockState): void {
    const about = { subjectType: 'RestockRequest', subjectId: id };
    tx.audit({ action: RESTOCK_MOVED, ...about, details: { state } });
    tx.emit({ name: RESTOCK_MOVED, ...about, payload: { state, isSpike: String(isSpike) } });
  }
}
