import { Injectable } from '@nestjs/common';
import { AgenciesService } from '../../agencies';
import {
  isComplete,
  MatchingService,
  readNeed,
  type RunCandidate,
  type WaitedFor,
  type WaitingPerson,
} from '../../matching';
import { OverdosesService, type OverdoseSignal } from '../../overdoses';
import type { Reader } from '../../platform/database/reader';
import type { SystemTx } from '../../platform/database/tx';
import { AgreedRecipients, type Agreed } from '../agreed-recipients';
import { ClockSource } from '../clock-source';
import { missingAtIntake } from '../intake';
import type { ReferralEntity } from '../referral.entity';
import { compareWaiting, ordered, riskOf, tierOf, type Waiting } from './engine/order';
import { hasClaim, standingOf, type Judged, type OpenPool, type Standing } from './engine/placement';
import { TwinsStore } from './twins.store';
import { WaitlistPlacesStore, type Band, type PoolRow, type WaitingRow } from './waitlist-places.store';
import { overdoseRiskOf, waitlistPacks, type WaitlistRules } from './waitlist-rules';

/** One who waits, as the order and as matching take them. */
export interface WaitingOne extends Waiting {
  readonly row: WaitingRow;
  readonly person: WaitingPerson;
  /** Null: may be put to every agency. */
  readonly agreed: Agreed | null;
}

/** A pool as it stands now, and everybody who waits within reach of it, first served first. */
export interface PoolView {
  readonly place: WaitedFor;
  readonly open: OpenPool;
  readonly rules: WaitlistRules;
  readonly waiting: readonly WaitingOne[];
  readonly judge: (one: WaitingOne) => Judged;
}

/** Whose place it is: reads who waits, has matching judge them, and puts them in order. Writes nothing, and takes turns. */
@Injectable()
export class JudgingService {
  constructor(
    private readonly places: WaitlistPlacesStore,
    private readonly twins: TwinsStore,
    private readonly matching: MatchingService,
    private readonly overdoses: OverdosesService,
    private readonly clocks: ClockSource,
    private readonly agreed: AgreedRecipients,
    private readonly agencies: AgenciesService,
  ) {}

  /** Whether a place at this agency can be given without asking there. `reader` must be the system’s. */
  isReceiving(reader: Reader, agencyId: string): Promise<boolean> {
    return this.agencies.receives(reader, agencyId);
  }

  /** Null for a pool that matching does not know. `reader` must be the system’s. */
  async view(reader: Reader, poolId: string): Promise<PoolView | null> {
    return (await this.views(reader, [poolId]))[0] ?? null;
  }

  /**
   * Pools among those proposed whose free places others claim who wait and come first. A new referral does not take them:
   * it joins the list, and the places are given in order. Where there is more room than they claim, it takes its turn at the
   * program and looks again: of several that come at once each sees what those before it took.
   *
   * The turn comes before the lock of a referral. Only one that nobody else can see yet (`isNew`) waits for it here; of any other
   * the lock is held, and whoever has the turn may be waiting for just that: the places are theirs to give.
   */
  async claimed(
    tx: SystemTx,
    referral: ReferralEntity,
    proposed: readonly RunCandidate[],
    isNew: boolean,
  ): Promise<Set<string>> {
    if (proposed.length === 0 || !(await this.places.isAnybodyWaiting(tx))) return new Set();
    const { claimed, shared } = await this.claims(tx, referral, proposed.map(poolIdOf));
    const taken = new Set<string>();
    for (const programId of shared.map(({ programId }) => programId).sort()) {
      if (isNew) await this.places.takeTurn(tx, programId);
      if (isNew || (await this.places.tryTurn(tx, programId))) taken.add(programId);
    }
    const [mine, theirs] = [true, false].map((isMine) =>
      shared.filter(({ programId }) => taken.has(programId) === isMine).map(poolIdOf),
    ) as [string[], string[]];
    const again = mine.length > 0 ? await this.claims(tx, referral, mine) : null;
    return new Set([...claimed, ...theirs, ...(again?.claimed ?? [])]);
  }

  /** Whether another referral of the same person goes on, and this one waits. Asked after the turn at the program, before a place is kept. */
  isTwinAhead(tx: SystemTx, referral: ReferralEntity): Promise<boolean> {
    return this.twins.isAhead(tx, referral);
  }

  /** Pools whose places are all claimed by who comes before a referral, and those where somebody has a claim and more is free. */
  private async claims(
    reader: Reader,
    referral: ReferralEntity,
    poolIds: readonly string[],
  ): Promise<{ claimed: Set<string>; shared: PoolView['place']['pool'][] }> {
    const views = await this.views(reader, poolIds);
    const raised = await this.raisedOf(reader, referral, views[0]?.place.asOf);
    const claimed = new Set<string>();
    const shared: PoolView['place']['pool'][] = [];
    for (const view of views) {
      const { ahead, self } = aheadOf(view, referral, raised);
      if (standingAt(view, ahead, self) !== 'FREE') claimed.add(view.place.pool.poolId);
      else if (ahead.some((one) => hasClaim(view.judge(one), view.open))) shared.push(view.place.pool);
    }
    return { claimed, shared };
  }

  /**
   * Whether a human may put a referral to this pool, past those who wait for its free places. Holds as long as the caller’s turn at
   * the program. `reader` must be the system’s.
   */
  async standing(reader: Reader, referral: ReferralEntity, poolId: string): Promise<Standing> {
    if (!(await this.places.isAnybodyWaiting(reader))) return 'FREE';
    const view = await this.view(reader, poolId);
    if (!view) return 'FREE';
    const { ahead, self } = aheadOf(view, referral, await this.raisedOf(reader, referral, view.place.asOf));
    return standingAt(view, ahead, self);
  }

  /** What overdoses on file say of somebody who does not wait yet. */
  private async raisedOf(
    reader: Reader,
    { personId }: ReferralEntity,
    asOf: Date | undefined,
  ): Promise<readonly OverdoseSignal[]> {
    if (asOf === undefined) return [];
    const risks = await this.overdoses.riskOf(reader, [personId], asOf);
    return (risks.get(personId)?.raised ?? []).map(({ signal }) => signal);
  }

  private async views(reader: Reader, poolIds: readonly string[]): Promise<PoolView[]> {
    const pools = new Map((await this.places.pools(reader, poolIds)).map((pool) => [pool.poolId, pool]));
    const read = await this.matching.pools(reader, poolIds);
    if (read.candidates.length === 0) return [];
    const rulesOf = (poolId: string): WaitlistRules =>
      waitlistPacks().rulesOf(pools.get(poolId)?.state ?? '', read.asOf);
    const withinKm = Math.max(...read.candidates.map(({ poolId }) => rulesOf(poolId).reasonableDistanceKm));
    const waiting = await this.waitingIn(reader, bandOf([...pools.values()]), withinKm);
    const places = await this.matching.waitedFor(
      reader,
      read,
      waiting.map(({ person }) => person),
    );
    return places.map((place) => {
      const { poolId } = place.pool;
      return viewOf(place, { row: pools.get(poolId), rules: rulesOf(poolId), waiting });
    });
  }

  private async waitingIn(reader: Reader, band: Band, withinKm: number): Promise<WaitingOne[]> {
    const rows = await this.places.waitingIn(reader, band, this.clocks.settings().askAgainMinutes, withinKm);
    const agreed = await this.agreed.ofAll(
      reader,
      rows.map(({ referralId: id, ...row }) => ({ ...row, id })),
    );
    return rows.flatMap((row) => {
      const need = readNeed({ ...row.need, pathway: row.pathway });
      if (!isComplete(need)) return [];
      const { id, tier, risk, since, referralId, personId, transferredToProgramId: programId } = row;
      const alsoAt = programId === null ? null : { programId, withinKm };
      const person = { referralId, personId, need, alsoAt };
      return [{ id, tier, risk, since, row, person, agreed: agreed.get(referralId) ?? null }];
    });
  }
}

const poolIdOf = ({ poolId }: { readonly poolId: string }): string => poolId;

const standingAt = (view: PoolView, ahead: readonly WaitingOne[], { tier }: Waiting): Standing =>
  standingOf(ahead, tier, { judge: view.judge, pool: view.open });

/** Who comes before a referral at a pool, whether or not it waits itself. */
const aheadOf = (
  { place, waiting, rules }: PoolView,
  referral: ReferralEntity,
  raised: readonly OverdoseSignal[],
): { ahead: readonly WaitingOne[]; self: Waiting } => {
  const known = { ...referral.need, pathway: referral.pathway };
  const own = waiting.find(({ row }) => row.referralId === referral.id);
  // Who did not come to a place waits from now on.
  const since = referral.noShows > 0 ? place.asOf : referral.submittedAt;
  const risk = riskOf(known, rules.risk) + overdoseRiskOf(raised, rules);
  const self = own ?? { id: referral.id, tier: tierOf(known), since, risk };
  return { ahead: waiting.filter((one) => one !== own && compareWaiting(one, self, rules) < 0), self };
};

/** Whoever must see a doctor first goes nowhere before; whatever else one program asks, another does without. */
const haveToBeThereFirst = ({ missing, need, redFlags }: WaitingRow): boolean =>
  missing.includes('MEDICAL_CLEARANCE') || missingAtIntake(need, redFlags).length > 0;

const bandOf = (pools: readonly PoolRow[]): Band => {
  const latitudes = pools.flatMap(({ latitude }) => (latitude === null ? [] : [latitude]));
  return { from: Math.min(...latitudes), to: Math.max(...latitudes) };
};

const viewOf = (
  place: WaitedFor,
  {
    row: pool,
    rules,
    waiting,
  }: {
    readonly row: PoolRow | undefined;
    readonly rules: WaitlistRules;
    readonly waiting: readonly WaitingOne[];
  },
): PoolView => {
  const { staffed, occupied, held, acceptanceMode, programId } = place.pool;
  const isInstant = acceptanceMode === 'INSTANT';
  const open = { isInstant, available: staffed - occupied - held, liveOffers: pool?.liveOffers ?? 0 };
  const judge = ({ id, row, person }: WaitingOne): Judged => {
    const here = row.offers.filter((offer) => offer.programId === programId);
    const liveOffers = row.offers.filter(({ isLive }) => isLive).length;
    return {
      entryId: id,
      // Judged only where it decides: the list may be long.
      get removedBy() {
        return place.verdictFor(person).removedBy.map(({ rule }) => rule);
      },
      isBeforeThisProgram: here.some(({ isLive }) => isLive),
      isTwinAhead: row.isTwinAhead,
      wasAskedLately: here.some(({ isLive }) => !isLive),
      liveOffers,
      areFactsMissing: row.state === 'NEEDS_INFO' && (liveOffers === 0 || haveToBeThereFirst(row)),
    };
  };
  // Whoever took back the consent that spoke to this agency does not wait for its places.
  const here = waiting.filter(({ agreed }) => agreed?.includes(place.pool.agencyId) ?? true);
  return { place, open, rules, waiting: ordered(here, rules), judge };
};
