import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CONSENT_EXPIRED, CONSENT_RECORDED, CONSENT_REVOKED } from '../consent';
import { systemActor } from '../platform/database/system-actor';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Subscribers, type DeliveredEvent } from '../platform/outbox/subscribers';
import { CONSENTS_CHANGED } from './referral-valve';
import { ReferralsStore } from './referrals.store';

/**
 * What a person agrees to is of the person; what it opens and shuts is seen at their referrals. So everybody who takes part in one hears that it
 * may look otherwise now, and reads again under their own rights. A consent that shows nobody more is no news.
 */
@Injectable()
export class ConsentNews implements OnModuleInit {
  constructor(
    private readonly subscribers: Subscribers,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReferralsStore,
  ) {}

  onModuleInit(): void {
    for (const name of [CONSENT_RECORDED, CONSENT_REVOKED, CONSENT_EXPIRED]) {
      this.subscribers.on(name, (event) => this.pass(event));
    }
  }

  /** Bears repeats. Of the referral that a consent was handed in with, its own step has told already. */
  private async pass({ agencyId, at, payload }: DeliveredEvent): Promise<void> {
    const { personId = '', scopes = '', besides = null } = payload;
    if (scopes === '') return;
    const before = await this.store.ofPersonBefore(this.unitOfWork.reader(systemActor(agencyId)), personId, at);
    const others = before.filter(({ id }) => id !== besides);
    if (others.length === 0) return;
    await this.unitOfWork.runAsSystem(agencyId, { name: 'tellOfConsent', isHousekeeping: true }, (tx) => {
      for (const { id } of others) {
        tx.emit({ name: CONSENTS_CHANGED, subjectType: 'Referral', subjectId: id });
      }
      return Promise.resolve({ id: personId });
    });
  }
}
