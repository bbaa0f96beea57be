import { Injectable, type OnModuleInit } from '@nestjs/common';
import { CONSENT_REVOKED } from '../consent';
import { notFound, type Refusal } from '../kernel/refusal';
import { systemActor } from '../platform/database/system-actor';
import type { SystemTx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { Subscribers, type DeliveredEvent } from '../platform/outbox/subscribers';
import { AgreedRecipients, type Agreed } from './agreed-recipients';
import { OffersStore } from './offers.store';
import { ReferralClocks } from './referral-clocks';
import { noteWithdrawn } from './referral-command';
import { ReferralEndingService } from './referral-ending.service';
import type { ReferralEntity } from './referral.entity';
import { referralMachine } from './referral.machine';
import { ReferralsStore } from './referrals.store';
import { RoutingService } from './routing.service';

/** What follows from a consent that was taken back for what was sent on its strength. */
@Injectable()
export class RecallService implements OnModuleInit {
  constructor(
    private readonly subscribers: Subscribers,
    private readonly unitOfWork: UnitOfWork,
    private readonly store: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly clocks: ReferralClocks,
    private readonly agreed: AgreedRecipients,
    private readonly ending: ReferralEndingService,
    private readonly routing: RoutingService,
  ) {}

  onModuleInit(): void {
    this.subscribers.on(CONSENT_REVOKED, (event) => this.recall(event));
  }

  private async recall({ payload }: DeliveredEvent): Promise<void> {
    const { personId = '', recordedByAgencyId = '', scopes = '' } = payload;
    if (!scopes.split(' ').includes('TREATMENT_PAYMENT_OPERATIONS')) return;
    await this.recallWhatRestedOn(personId, recordedByAgencyId);
  }

  /**
   * A consent to treatment, payment and operations was taken back: what the agency that had recorded it sent on its strength is
   * recalled from everybody to whom no consent still in force speaks. Bears repeats.
   */
  private async recallWhatRestedOn(personId: string, senderAgencyId: string): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(senderAgencyId));
    for (const { id } of await this.store.openOfPerson(reader, personId, senderAgencyId)) {
      await this.unitOfWork.runAsSystem(senderAgencyId, { name: 'recallReferral' }, async (tx) => {
        const referral = await this.store.lockAsSystem(tx, id);
        const isOver = !referral || referralMachine.isFinal(referral.state) || referral.senderWithdrewAt !== null;
        const agreed = isOver ? null : await this.agreed.of(tx, referral);
        if (isOver || !agreed) return notFound('referral to recall');
        const behind = tx.inTrailOf(referral.coordinatingAgencyId);
        const { receiverAgencyId: receiver } = referral;
        const isWhole = agreed.isNobody || (receiver !== null && !agreed.includes(receiver));
        const refused = isWhole
          ? await this.ending.recallWhole(behind, referral)
          : await this.recallOffers(behind, referral, agreed);
        return refused ?? { id };
      });
    }
  }

  /** From the programs that consider it and may not have it; those that may are asked in their place. */
  private async recallOffers(tx: SystemTx, referral: ReferralEntity, agreed: Agreed): Promise<Refusal | null> {
    const offers = await this.offers.ofReferral(tx, referral.id);
    const refused = offers.filter(({ agencyId }) => !agreed.includes(agencyId));
    const withdrawn = this.offers.withdraw(tx, refused, 'RECALLED');
    if (withdrawn.length === 0) return notFound('offer to recall');
    const ids = withdrawn.map(({ id }) => id);
    noteWithdrawn(tx, withdrawn);
    this.clocks.offersRecalled(tx, ids);
    this.store.pruneParties(tx, referral);
    await this.routing.cascade(tx, referral, await this.offers.ofReferral(tx, referral.id));
    return null;
  }
}
