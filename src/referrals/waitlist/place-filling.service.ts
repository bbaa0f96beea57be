import { Injectable } from '@nestjs/common';
import { isRefusal, notFound, type Refusal } from '../../kernel/refusal';
import { MatchingService } from '../../matching';
import type { SystemTx } from '../../platform/database/tx';
import { NO_AGENCY, systemActor } from '../../platform/database/system-actor';
import { UnitOfWork, type Done } from '../../platform/database/unit-of-work';
import { tryEach } from '../../platform/jobs/try-each';
import { OffersStore } from '../offers.store';
import { FILL_PLACES } from '../referral-tasks';
import type { ReferralEntity } from '../referral.entity';
import { ReferralsStore } from '../referrals.store';
import { RoutingService } from '../routing.service';
import { considered, type Considered } from './engine/placement';
import { JudgingService, type PoolView, type WaitingOne } from './judging.service';
import { WaitlistPlacesStore, type PoolRow } from './waitlist-places.store';

/** Turns of one call. Others that fill at the same time cost turns. */
const TURNS = 300;
/** Turns of one task: a batch of news is in hand as long as its slowest, and four hundred places that open at once take minutes. */
const TURNS_OF_TASK = 20;
const SWEPT_AT_ONCE = 50;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

type Filled = Pick<PoolRow, 'poolId' | 'programId' | 'agencyId'>;

/** Gives places that open to those who wait, first served first. */
@Injectable()
export class PlaceFillingService {
  #swept = BEFORE_ALL;

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly judging: JudgingService,
    private readonly places: WaitlistPlacesStore,
    private readonly referrals: ReferralsStore,
    private readonly offers: OffersStore,
    private readonly matching: MatchingService,
    private readonly routing: RoutingService,
  ) {}

  /**
   * Until no place is left to give, or nobody is left to give it to. Any number of calls may run at once: those for one program take
   * turns, and whoever is first is locked and not skipped, so that nobody overtakes them while another pool has them in hand. After so
   * many turns it goes on as a task of its own, behind the news that came meanwhile.
   */
  async fill(poolId: string, turns = TURNS): Promise<void> {
    const [pool] = await this.places.pools(this.unitOfWork.reader(systemActor(NO_AGENCY)), [poolId]);
    if (!pool) return;
    for (let left = turns; left > 0; left--) {
      const { first, given } = await this.give(pool, left === 1);
      if (!first || (isRefusal(given) && given.code !== 'NOT_FOUND')) return;
    }
  }

  /** As far as one task goes. */
  fillSome(poolId: string): Promise<void> {
    return this.fill(poolId, TURNS_OF_TASK);
  }

  async fillProgram(programId: string): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    await tryEach(await this.places.poolsOfProgram(reader, programId), (poolId) => this.fillSome(poolId));
  }

  /** The place that an offer spoke for. */
  async fillAfterOffer(offerId: string): Promise<void> {
    const poolId = await this.places.poolOfOffer(this.unitOfWork.reader(systemActor(NO_AGENCY)), offerId);
    if (poolId !== null) await this.fillSome(poolId);
  }

  /** Finds places that opened without news of it: a desk that opened, a count attested anew, a lost event. */
  async sweep(): Promise<void> {
    const reader = this.unitOfWork.reader(systemActor(NO_AGENCY));
    const poolIds = await this.places.openPools(reader, this.#swept, SWEPT_AT_ONCE);
    // Where the row of pools ends it begins anew with the next sweep.
    this.#swept = poolIds.length < SWEPT_AT_ONCE ? BEFORE_ALL : (poolIds.at(-1) ?? BEFORE_ALL);
    await tryEach(poolIds, (poolId) => this.fill(poolId));
  }

  /** One place to whoever is first. NOT_FOUND: nobody is, or another call had them in hand and has changed that. */
  private async give(pool: Filled, isLast: boolean): Promise<{ first?: WaitingOne; given: Done | Refusal }> {
    let first: WaitingOne | undefined;
    const given = await this.unitOfWork.runAsSystem(pool.agencyId, { name: 'fillPlace' }, async (tx) => {
      await this.places.takeTurn(tx, pool.programId);
      const view = await this.judging.view(tx, pool.poolId);
      const all = view ? considered(view.waiting, view.judge, view.open) : [];
      first = view ? firstOf(view, all) : undefined;
      if (!view || !first) return notFound('one who waits first');
      const referral = await this.referrals.lockAsSystem(tx, first.row.referralId);
      if (!referral || !(await this.places.isAsSeen(tx, first.row))) return notFound('one who waits first');
      if (await this.judging.isTwinAhead(tx, referral)) return notFound('one who waits first');
      const behind = tx.inTrailOf(referral.coordinatingAgencyId);
      const refused = await this.propose(behind, referral, view, first);
      if (refused) return refused;
      this.note(behind, view, first, all);
      if (isLast) tx.enqueue({ name: FILL_PLACES, data: { poolId: pool.poolId } });
      return { id: first.id };
    });
    return { ...(first && { first }), given };
  }

  private async propose(
    tx: SystemTx,
    referral: ReferralEntity,
    { place }: PoolView,
    { person }: WaitingOne,
  ): Promise<Refusal | null> {
    const run = { referralId: referral.id, agencyId: referral.senderAgencyId, need: person.need };
    const matchRunId = this.matching.keepVerdict(tx, run, place, place.verdictFor(person));
    const { programId, poolId, agencyId, acceptanceMode } = place.pool;
    const offers = await this.offers.ofReferral(tx, referral.id);
    const proposal = { programId, poolId, agencyId, acceptanceMode, matchRunId, rank: 1, isInTurn: true } as const;
    return this.routing.propose(tx, referral, offers, proposal);
  }

  /** Who it went to, and why each one before was passed over. */
  private note(tx: SystemTx, { place, rules, waiting }: PoolView, first: WaitingOne, all: readonly Considered[]): void {
    const { poolId, programId } = place.pool;
    const referralOf = new Map(waiting.map(({ id, row }) => [id, row.referralId]));
    const rows = all.map((one) => ({ ...one, referralId: referralOf.get(one.entryId) ?? '' }));
    this.places.record(tx, {
      ...{ poolId, programId, asOf: place.asOf, rulesVersion: rules.version, considered: rows },
    });
    const subject = { subjectType: 'WaitlistEntry', subjectId: first.id };
    const details = { poolId, programId, passedOver: all.length - 1, rulesVersion: rules.version };
    tx.audit({ action: 'waitlist.place-given', ...subject, details });
    tx.emit({ name: 'waitlist.place-given', ...subject, payload: { referralId: first.row.referralId } });
  }
}

/** The last of those considered, unless rules stand against them as well. */
const firstOf = ({ waiting }: PoolView, all: readonly Considered[]): WaitingOne | undefined => {
  const last = all.at(-1);
  return last?.rules.length === 0 ? waiting.find(({ id }) => id === last.entryId) : undefined;
};
