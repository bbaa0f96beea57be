import { Injectable } from '@nestjs/common';
import { isRefusal, notFound } from '../kernel/refusal';
import type { Reader } from '../platform/database/reader';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { ReferralClocks } from './referral-clocks';
import { ReferralEndingService } from './referral-ending.service';
import { ReferralsStore } from './referrals.store';

/** What silence ends: a referral without the facts that were asked for can go to no program. */
@Injectable()
export class ReferralLapseService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReferralsStore,
    private readonly clocks: ReferralClocks,
    private readonly ending: ReferralEndingService,
  ) {}

  /** Referrals whose facts nobody has sent in time. `reader` must be the system’s. */
  overdue(reader: Reader, limit: number, resting: readonly string[]): Promise<{ id: string; agencyId: string }[]> {
    return this.store.unanswered(reader, { limit, resting });
  }

  /** Ends one of them, and says whether it did. Nothing happens to one that has moved meanwhile. */
  async expire(referralId: string, agencyId: string): Promise<boolean> {
    const done = await this.unitOfWork.runAsSystem(agencyId, { name: 'expireReferral' }, async (tx) => {
      const referral = await this.store.lockAsSystem(tx, referralId);
      const [due] = await this.store.unanswered(tx, { limit: 1, id: referralId });
      if (!referral || !due) return notFound('referral due');
      const behind = tx.inTrailOf(referral.coordinatingAgencyId);
      this.clocks.factsSettled(behind, referralId, 'BREACHED');
      const lapse = { command: 'expire', reason: 'NO_ANSWER' } as const;
      return (await this.ending.endAs(behind, referral, lapse)) ?? { id: referralId };
    });
    return !isRefusal(done);
  }
}
