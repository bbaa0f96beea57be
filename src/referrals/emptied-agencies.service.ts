import { Injectable } from '@nestjs/common';
import { isRefusal, notFound } from '../kernel/refusal';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DueSweep } from '../platform/jobs/due-sweep';
import { AdmissionService } from './admission.service';
import { ClosedAgenciesStore, type Stranded } from './closed-agencies.store';
import { DischargeService } from './discharge.service';
import { ReferralsStore } from './referrals.store';

const PACE = { batch: 100, atOnce: 8 };

/** The operator has said that nobody is at a closed agency any more: stays there have ended, and whoever had only come goes on. */
@Injectable()
export class EmptiedAgenciesService {
  readonly #stays = new DueSweep(PACE);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ClosedAgenciesStore,
    private readonly referrals: ReferralsStore,
    private readonly admission: AdmissionService,
    private readonly discharges: DischargeService,
  ) {}

  /** Called when an agency changes, and from time to time. */
  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    await this.#stays.run(
      (limit, resting) => this.store.stays(reader, limit, resting),
      (stay) => this.leaveOne(stay),
    );
  }

  private async leaveOne({ id, agencyId }: Stranded): Promise<boolean> {
    const done = await this.unitOfWork.runAsSystem(agencyId, { name: 'leaveEmptied' }, async (tx) => {
      const referral = await this.referrals.lockAsSystem(tx, id);
      if (!referral || !(await this.store.isEmptied(tx, referral.receiverAgencyId))) {
        return notFound('stay at an emptied agency');
      }
      const refused = await (referral.state === 'ADMITTED'
        ? this.discharges.endStay(tx, referral, { outcome: 'DISCHARGED_BY_PROGRAM', nextLevelsOfCare: [] })
        : this.admission.sendAway(tx, referral, 'NO_PLACE'));
      return refused ?? { id };
    });
    return !isRefusal(done);
  }
}
