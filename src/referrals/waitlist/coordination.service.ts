import { Injectable } from '@nestjs/common';
import { AgenciesService } from '../../agencies';
import { ClocksService } from '../../clocks';
import { notFound } from '../../kernel/refusal';
import { PeopleService } from '../../people';
import { NO_AGENCY, systemActor } from '../../platform/database/system-actor';
import type { SystemTx } from '../../platform/database/tx';
import { UnitOfWork } from '../../platform/database/unit-of-work';
import { tryEach } from '../../platform/jobs/try-each';
import { countyOf } from '../intake';
import type { ReferralEntity } from '../referral.entity';
import { referralMachine } from '../referral.machine';
import { ReferralsStore } from '../referrals.store';
import { CoordinationStore, type ToLead } from './coordination.store';

const SWEPT_AT_ONCE = 50;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

interface Team {
  readonly id: string;
  readonly isByPlace: boolean;
}

/** Whoever waits is in the hands of a team: the sender’s own, else one with a coordinator near the person, else one of the state. */
@Injectable()
export class CoordinationService {
  #swept = BEFORE_ALL;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly agencies: AgenciesService,
    private readonly referrals: ReferralsStore,
    private readonly store: CoordinationStore,
    private readonly clocks: ClocksService,
    private readonly people: PeopleService,
  ) {}

  /** A locked referral that waits, as it is coordinated from now on; unchanged where it is already, or where nobody is found. */
  async lead(tx: SystemTx, referral: ReferralEntity): Promise<ReferralEntity> {
    const team = await this.teamFor(tx, referral, true);
    return team ? this.give(tx, referral, team) : referral;
  }

  /** The next step of an episode, as it is coordinated: by the team of the program that sends it on, else by whoever had it so far, as they had it. */
  async handOn(tx: SystemTx, next: ReferralEntity, before: ReferralEntity): Promise<ReferralEntity> {
    const sender = await this.agencies.agencyFacts(tx, next.senderAgencyId);
    const own = await this.firstLed(tx, [sender?.coordinatingAgencyId ?? null], null);
    const team = own ?? teamOf(before.coordinatingAgencyId, before.isTeamByPlace);
    return team ? this.give(tx, next, team) : next;
  }

  /** Finds who came to have a team, and whose team has gone; agencies and their people change without news of it. */
  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const found = await this.store.toLead(reader, this.#swept, SWEPT_AT_ONCE);
    this.#swept = found.length < SWEPT_AT_ONCE ? BEFORE_ALL : (found.at(-1)?.id ?? BEFORE_ALL);
    await tryEach(found, (one) => this.leadOne(one));
  }

  private async leadOne({ id, senderAgencyId }: ToLead): Promise<void> {
    await this.unitOfWork.runAsSystem(senderAgencyId, { name: 'leadReferral', isHousekeeping: true }, async (tx) => {
      const referral = await this.referrals.lockAsSystem(tx, id);
      if (!referral) return notFound('referral to coordinate');
      const { isWaiting, isTold, isFollowed } = await this.store.watched(tx, referral);
      if (referralMachine.isFinal(referral.state) && !isFollowed) return notFound('referral to coordinate');
      const team = await this.teamFor(tx, referral, isWaiting || isTold || isFollowed);
      if (!team) return notFound('team to coordinate');
      await this.give(tx, referral, team);
      const news = { name: 'waitlist.led', subjectType: 'Referral', subjectId: id, payload: { referralId: id } };
      if (isWaiting) tx.emit(news);
      return { id };
    });
  }

  /** Undefined: it stays as it is. */
  private async teamFor(tx: SystemTx, referral: ReferralEntity, isWatched: boolean): Promise<Team | undefined> {
    const sender = await this.agencies.agencyFacts(tx, referral.senderAgencyId);
    if (!sender) return undefined;
    // A team that refers people coordinates them itself, while it can.
    const itself = sender.kind === 'OUTREACH_TEAM' ? sender.id : null;
    const present = referral.coordinatingAgencyId ?? itself;
    const isLed = await this.isLed(tx, present);
    if (isLed && !referral.isTeamByPlace) return undefined;
    const own = await this.firstLed(tx, [sender.coordinatingAgencyId, itself], present);
    if (own || isLed || !isWatched) return own;
    const near = { countyFips: countyOf(referral.need), agency: sender };
    return teamOf(await this.agencies.teamNear(tx, near), true);
  }

  private async firstLed(
    tx: SystemTx,
    agencyIds: readonly (string | null)[],
    present: string | null,
  ): Promise<Team | undefined> {
    for (const id of agencyIds) if (id !== present && (await this.isLed(tx, id))) return teamOf(id, false);
    return undefined;
  }

  private async isLed(tx: SystemTx, agencyId: string | null): Promise<boolean> {
    return agencyId !== null && (await this.agencies.hasCoordinator(tx, agencyId));
  }

  private async give(tx: SystemTx, referral: ReferralEntity, { id, isByPlace }: Team): Promise<ReferralEntity> {
    this.store.lead(tx, referral, id, isByPlace);
    // The person may have agreed before there was a team.
    await this.people.followConsents(tx, [referral.personId]);
    this.clocks.lead(tx, referral.id, id);
    const subject = { subjectType: 'Referral', subjectId: referral.id };
    tx.inTrailOf(id).audit({ action: 'referral.coordinated', ...subject, details: { agencyId: id, isByPlace } });
    return { ...referral, coordinatingAgencyId: id === referral.senderAgencyId ? null : id, isTeamByPlace: isByPlace };
  }
}

const teamOf = (id: string | null, isByPlace: boolean): Team | undefined =>
  id === null ? undefined : { id, isByPlace };
