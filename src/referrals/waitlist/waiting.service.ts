import { Injectable } from '@nestjs/common';
import type { Refusal } from '../../kernel/refusal';
import { OverdosesService } from '../../overdoses';
import type { SystemTx } from '../../platform/database/tx';
import { ReferralClocks } from '../referral-clocks';
import type { ReferralEntity } from '../referral.entity';
import { interimCompletedAt, isInTime } from './engine/interim';
import { CoordinationService } from './coordination.service';
import { riskOf, tierOf } from './engine/order';
import type { RemovalReason } from './engine/removal';
import { removalProblem, type Recorder } from './entry-problems';
import { WaitlistEntriesStore } from './waitlist-entries.store';
import type { WaitlistEntryEntity } from './waitlist-entry.entity';
import { overdoseFactsOf } from './overdose-facts';
import { waitlistPacks, type WaitlistRules } from './waitlist-rules';

/** Who is to be taken off the list, why, and what the caller called it. */
interface Removal {
  readonly referralId: string;
  readonly reason: RemovalReason;
  readonly said: string;
  readonly recorder: Recorder;
}
export type { Recorder };

/** Putting a referral on the list, when nobody can take the person now, and what it takes to take somebody off it. */
@Injectable()
export class WaitingService {
  constructor(
    private readonly entries: WaitlistEntriesStore,
    private readonly overdoses: OverdosesService,
    private readonly clocks: ReferralClocks,
    private readonly coordination: CoordinationService,
  ) {}

  /** Waiting counts from the request, unless the person did not come to a place; one who waits already waits on. */
  async begin(caused: SystemTx, given: ReferralEntity): Promise<void> {
    const referral = await this.coordination.lead(caused, given);
    const tx = referral === given ? caused : caused.inTrailOf(referral.coordinatingAgencyId);
    const { id: referralId, submittedAt: requestedAt, noShows } = referral;
    const { rules, place } = await this.placeOf(tx, referral);
    const since = noShows > 0 ? tx.asOf : requestedAt;
    const entry = await this.entries.begin(tx, { referralId, ...place, requestedAt, since, noShows });
    await this.startClocks(tx, referral, { ...entry, ...place }, rules);
    // Without tier and risk: they are read where the need is, and the trail is not.
    const details = { rulesVersion: rules.version };
    tx.audit({ action: 'waitlist.entered', subjectType: 'WaitlistEntry', subjectId: entry.id, details });
    tx.emit({ name: 'waitlist.entered', subjectType: 'WaitlistEntry', subjectId: entry.id, payload: { referralId } });
  }

  /** Whoever waited and was given a place that came to nothing waits on, also while a doctor sees them first. */
  async resume(caused: SystemTx, referral: ReferralEntity): Promise<void> {
    if (await this.entries.hasWaited(caused, referral.id)) await this.begin(caused, referral);
  }

  /** New facts may move somebody up or down. */
  async reassess(tx: SystemTx, referral: ReferralEntity): Promise<void> {
    const { rules, place } = await this.placeOf(tx, referral);
    const entry = await this.entries.reassess(tx, { referralId: referral.id, ...place });
    if (entry) await this.startClocks(tx, referral, { ...entry, ...place }, rules);
  }

  /**
   * The one rule for both doors off the list, `removeFromWaitlist` and `cancelReferral`: the reason with the attempts that it needs.
   * False: nobody waits here. Who is offered to a program meanwhile waits on: the entry tells, not the state.
   */
  async mayBeTakenOff(tx: SystemTx, { referralId, reason, said, recorder }: Removal): Promise<Refusal | boolean> {
    const entry = await this.entries.open(tx, referralId);
    if (!entry) return false;
    const { removal } = waitlistPacks().rulesOf(entry.senderState, tx.asOf);
    const contacts = await this.entries.contactsOf(tx, [entry.id]);
    const problem = removalProblem({ reason, said, recorder }, contacts, removal);
    if (problem) return problem;
    const details = { referralId, reason };
    tx.audit({ action: 'waitlist.removed', subjectType: 'WaitlistEntry', subjectId: entry.id, details });
    return true;
  }

  private async placeOf(tx: SystemTx, { senderAgencyId, need, pathway, personId }: ReferralEntity) {
    const rules = waitlistPacks().rulesOf(await this.entries.stateOf(tx, senderAgencyId), tx.asOf);
    const known = { ...need, pathway };
    const risk = (await this.overdoses.riskOf(tx, [personId], tx.asOf)).get(personId);
    const place = { tier: tierOf(known), risk: riskOf(known, rules.risk), rulesVersion: rules.version };
    return { rules, place: { ...place, ...overdoseFactsOf(risk, rules) } };
  }

  /** Each tier has a checklist of its own: what was given is held against the one they are owed now. */
  private async startClocks(
    tx: SystemTx,
    referral: ReferralEntity,
    entry: Pick<WaitlistEntryEntity, 'id' | 'tier' | 'interimCompletedAt'>,
    { admissionDeadlineFor, interim }: WaitlistRules,
  ): Promise<void> {
    const { id, tier } = entry;
    const completedAt = interimCompletedAt(tier, await this.entries.interimOf(tx, [id]), interim);
    if (completedAt?.getTime() !== entry.interimCompletedAt?.getTime()) this.entries.interimDone(tx, id, completedAt);
    const hasDeadline = admissionDeadlineFor.includes(tier);
    const isLonger = completedAt !== null && isInTime(referral.submittedAt, completedAt, interim);
    return this.clocks.waiting(tx, referral, {
      completedAt,
      admission: hasDeadline ? (isLonger ? 'ADMISSION_WITH_INTERIM' : 'ADMISSION') : 'PLACE_FOUND',
    });
  }
}
