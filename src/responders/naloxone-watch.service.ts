import { Injectable } from '@nestjs/common';
import { addMinutes } from '../kernel/clock';
import { isRefusal, notFound } from '../kernel/refusal';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import type { SystemTx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DueSweep } from '../platform/jobs/due-sweep';
import { AlertsService } from '../surveillance';
import { warningChanges, warningsOf } from './engine/stock-state';
import { NaloxoneStore } from './naloxone.store';
import { NaloxoneWatchStore } from './naloxone-watch.store';
import { STOCK_WARNING_ENDED, STOCK_WARNING_RAISED } from './responders.events';
import { StockView } from './stock-view';

/** Dates pass without anybody doing anything. */
const LOOK_AGAIN_MINUTES = 60;
const SWEEP_LIMIT = 50;

/** Looks at stocks after every movement, at every turn of a spike, and every hour; warns, and takes warnings back. */
@Injectable()
export class NaloxoneWatchService {
  readonly #due = new DueSweep({ batch: SWEEP_LIMIT, atOnce: 1 });

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: NaloxoneStore,
    private readonly watch: NaloxoneWatchStore,
    private readonly alerts: AlertsService,
    private readonly view: StockView,
  ) {}

  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    await this.#due.run(
      (limit, resting) => this.watch.toLookAt(reader, limit, resting),
      ({ id }) => this.look(id),
    );
  }

  /** An alert has opened, grown or ended: whoever was told of it has another level from now on. */
  async alertTurned(alertId: string): Promise<void> {
    const step = { name: 'watchNaloxone', isHousekeeping: true } as const;
    await this.unitOfWork.runAsSystem(NO_AGENCY, step, async (tx) => {
      this.watch.lookNow(tx, await this.alerts.agenciesToldOf(tx, alertId));
      return { id: alertId };
    });
  }

  private async look(agencyId: string): Promise<boolean> {
    const step = { name: 'watchNaloxone', isHousekeeping: true } as const;
    const done = await this.unitOfWork.runAsSystem(agencyId, step, async (tx) => {
      if (!(await this.watch.take(tx, agencyId, addMinutes(tx.asOf, LOOK_AGAIN_MINUTES)))) return notFound('stock');
      const stock = await this.view.of(tx);
      const open = (await this.store.openWarnings(tx)).map(({ kind }) => kind);
      const { raised, ended } = warningChanges(open, warningsOf(stock, stock, stock.isSpike));
      for (const kind of ended) this.note(tx, STOCK_WARNING_ENDED, await this.watch.end(tx, agencyId, kind), kind);
      for (const one of raised) this.note(tx, STOCK_WARNING_RAISED, this.watch.raise(tx, agencyId, one), one.kind);
      return { id: agencyId };
    });
    return !isRefusal(done);
  }

  private note(tx: SystemTx, name: string, subjectId: string, kind: string): void {
    tx.audit({ action: name, subjectType: 'StockWarning', subjectId, details: { kind } });
    tx.emit({ name, subjectType: 'StockWarning', subjectId, payload: { kind } });
  }
}
