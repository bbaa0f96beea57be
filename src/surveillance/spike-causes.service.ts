import DataLoader from 'dataloader';
import { Injectable } from '@nestjs/common';
import { NO_AGENCY } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { SpikeCausesStore, type Told } from './spike-causes.store';

/** What is told within this time is written down together: one commit instead of many. */
const TOGETHER_MS = 5;

/** Writes down why counties are to be judged, so that it is not forgotten and need not be done report by report. */
@Injectable()
export class SpikeCausesService {
  readonly #told = new DataLoader<Told, true>((told) => this.write(told), {
    cache: false,
    batchScheduleFn: (callback) => setTimeout(callback, TOGETHER_MS),
  });

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: SpikeCausesStore,
  ) {}

  /** An event was recorded, changed or ended: its county is to be judged, back to when the event was. */
  async eventChanged(eventId: string, isTakenBack: boolean): Promise<void> {
    await this.#told.load({ eventId, isTakenBack });
  }

  /** An event is known to have been elsewhere or at another time: the county that had it then is to be judged as if it were taken back. */
  async eventLeft(countyFips: string, since: Date): Promise<void> {
    await this.#told.load({ countyFips, since, isTakenBack: true });
  }

  private async write(told: readonly Told[]): Promise<true[]> {
    await this.unitOfWork.runAsSystem(NO_AGENCY, { name: 'noteOverdoses', isHousekeeping: true }, (tx) => {
      this.store.add(tx, told);
      return Promise.resolve({ id: NO_AGENCY });
    });
    return told.map(() => true);
  }
}
