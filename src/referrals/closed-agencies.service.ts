import { Injectable } from '@nestjs/common';
import type { SystemStep } from '../access';
import { AgenciesService } from '../agencies';
import { CapacityService } from '../capacity';
import { isRefusal, notFound } from '../kernel/refusal';
import { NO_AGENCY, systemActor } from '../platform/database/system-actor';
import type { SystemTx } from '../platform/database/tx';
import { UnitOfWork } from '../platform/database/unit-of-work';
import { DueSweep } from '../platform/jobs/due-sweep';
import { tryEach } from '../platform/jobs/try-each';
import { ClosedAgenciesStore, type Stranded } from './closed-agencies.store';
import { HandOffsStore } from './hand-offs.store';
import { leave } from './leaving';
import { OffersStore } from './offers.store';
import { ReferralClocks } from './referral-clocks';
import { noteReferral, noteWithdrawn } from './referral-command';
import type { ReferralEntity } from './referral.entity';
import { ReferralsStore } from './referrals.store';
import { RoutingService } from './routing.service';

const PACE = { batch: 100, atOnce: 8 };
const PROGRAM_CLOSED = 'PROGRAM_CLOSED';

/**
 * Nobody at a closed agency can answer or receive, and a closed program or pool takes nobody new: what waits there goes on to others at
 * once, and no silence is waited for. A place that an open agency keeps is kept, wherever: there is somebody who receives the person.
 */
@Injectable()
export class ClosedAgenciesService {
  readonly #offers = new DueSweep(PACE);
  readonly #places = new DueSweep(PACE);

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agencies: AgenciesService,
    private readonly store: ClosedAgenciesStore,
    private readonly referrals: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly handOffs: HandOffsStore,
    private readonly capacity: CapacityService,
    private readonly routing: RoutingService,
    private readonly clocks: ReferralClocks,
  ) {}

  /** Called when an agency, a program or a pool changes, and from time to time: one may be closed while somebody is put to it. */
  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const kinds = [
      () =>
        this.#offers.run(
          (limit, resting) => this.store.offers(reader, limit, resting),
          (offer) => this.withdraw(offer),
        ),
      () =>
        this.#places.run(
          (limit, resting) => this.store.places(reader, limit, resting),
          (hold) => this.giveUp(hold),
        ),
    ];
    await tryEach(kinds, (kind) => kind());
  }

  private withdraw({ id, referralId, agencyId }: Stranded): Promise<boolean> {
    return this.take({ id: referralId, agencyId, name: 'withdrawFromClosed' }, async (tx, referral) => {
      if (!(await this.store.isShut(tx, id))) return false;
      const asked = (await this.offers.ofReferral(tx, referralId)).filter((offer) => offer.id === id);
      const withdrawn = this.offers.withdraw(tx, asked, PROGRAM_CLOSED);
      if (withdrawn.length === 0) return false;
      noteWithdrawn(tx, withdrawn);
      this.clocks.offersRecalled(tx, [id]);
      this.referrals.pruneParties(tx, referral);
      await this.routing.cascade(tx, referral, await this.offers.ofReferral(tx, referralId));
      return true;
    });
  }

  private giveUp({ id: holdId, referralId, agencyId }: Stranded): Promise<boolean> {
    return this.take({ id: referralId, agencyId, name: 'leaveClosed' }, async (tx, referral) => {
      const isOpen = (await this.agencies.agencyFacts(tx, agencyId))?.isActive ?? true;
      return isOpen || referral.holdId !== holdId ? false : this.leavePlace(tx, referral, holdId);
    });
  }

  /** A place has ended where nobody is left who could have seen the person come. False: somebody is. */
  async leaveUnreceived(tx: SystemTx, referral: ReferralEntity, holdId: string): Promise<boolean> {
    const { receiverAgencyId } = referral;
    if (receiverAgencyId === null || (await this.agencies.receives(tx, receiverAgencyId))) return false;
    return this.leavePlace(tx, referral, holdId);
  }

  /** The person is no no-show: nobody was there to receive them. False where they are not on their way any more. */
  private async leavePlace(tx: SystemTx, referral: ReferralEntity, holdId: string): Promise<boolean> {
    const left = leave(referral, { command: 'reroute', reason: PROGRAM_CLOSED });
    if (isRefusal(left)) return false;
    const referralId = referral.id;
    noteWithdrawn(tx, this.offers.giveUp(tx, await this.offers.ofReferral(tx, referralId), referral.programId));
    await this.capacity.release(tx, holdId);
    this.clocks.placeLost(tx, holdId);
    this.handOffs.cancel(tx, referralId);
    this.referrals.leave(tx, left);
    noteReferral(tx, referral, 'referral.place-lost', { reason: PROGRAM_CLOSED });
    // Not there again: a program may have nobody at its door and a system that accepts.
    const except = referral.programId === null ? [] : [referral.programId];
    await this.routing.route(tx, left.after, await this.offers.ofReferral(tx, referralId), except);
    return true;
  }

  /** Under the lock of the referral, where `work` looks again. True when a step was taken. */
  private async take(
    { id, agencyId, name }: { readonly id: string; readonly agencyId: string; readonly name: SystemStep },
    work: (tx: SystemTx, referral: ReferralEntity) => Promise<boolean>,
  ): Promise<boolean> {
    const done = await this.unitOfWork.runAsSystem(agencyId, { name }, async (tx) => {
      const referral = await this.referrals.lockAsSystem(tx, id);
      if (!referral || !(await work(tx, referral))) return notFound('referral at what was closed');
      return { id };
    });
    return !isRefusal(done);
  }
}
