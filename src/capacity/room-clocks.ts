import { Injectable } from '@nestjs/common';
import { ClocksService } from '../clocks';
import { addMinutes } from '../kernel/clock';
import type { SystemTx } from '../platform/database/tx';
import type { BedPoolEntity } from './bed-pool.entity';
import { CensusesStore, type LockedPool, type PoolContract, type PoolCount, type ProgramRoom } from './censuses.store';

/** The share of its capacity at which a program has to tell the state (45 CFR 96.126(a)). */
const NOTICE_SHARE = 0.9;
/** However long a program’s contract: a count is good for a day at most. */
const FRESH_AT_MOST_MINUTES = 24 * 60;

/**
 * Occupied places only, as their provider attests them: a place that is kept for hours for somebody who may not come is none that the
 * program has given to a patient, and the notice is not taken back (docs/decisions/0070).
 */
type Counts = Pick<ProgramRoom, 'staffed' | 'occupied'>;

type SwitchedPool = Pick<BedPoolEntity, 'id' | 'isActive' | keyof Counts>;

const isNearlyFull = ({ staffed, occupied }: Counts): boolean => staffed > 0 && occupied >= staffed * NOTICE_SHARE;

/** True for the step that reaches the share, and for none while the program stays above it. */
export const hasReachedNotice = (before: Counts, after: Counts): boolean =>
  !isNearlyFull(before) && isNearlyFull(after);

/** The clocks of room: how long a count is good, and the notice that a program is nearly full. */
@Injectable()
export class RoomClocks {
  constructor(
    private readonly clocks: ClocksService,
    private readonly censuses: CensusesStore,
  ) {}

  /** Counts were attested: what waited for them is done, and they grow old from now. */
  async attested(tx: SystemTx, counts: readonly PoolCount[], before: readonly LockedPool[]): Promise<void> {
    const ids = before.map(({ id }) => id);
    this.clocks.end(tx, ['CENSUS_FRESH'], ids, 'MET');
    await this.watchCounts(tx, { poolIds: ids });
    const programIds = [...new Set(before.map(({ programId }) => programId))];
    for (const room of await this.censuses.roomOf(tx, { programIds })) {
      const pools = before.filter(({ programId }) => programId === room.programId);
      await this.notice(tx, room, changeOf(pools, counts));
    }
  }

  /**
   * Pools are opened or closed, or their program is, or its contract is another: a count is waited for in each that is in use, from its
   * last count or from its opening, as long as the contract says now; in none that is closed.
   */
  async watchCounts(tx: SystemTx, of: { poolIds?: readonly string[]; programId?: string }): Promise<void> {
    const pools = await this.censuses.contractsOf(tx, of);
    const [open, closed] = [pools.filter(({ isInUse }) => isInUse), pools.filter(({ isInUse }) => !isInUse)];
    const kinds = ['CENSUS_FRESH'] as const;
    this.clocks.end(
      tx,
      kinds,
      closed.map(({ id }) => id),
      'CANCELLED',
    );
    this.clocks.start(
      tx,
      open.map((pool) => {
        const startedAt = countsFrom(pool, tx.asOf);
        const dueAt = goodUntil(startedAt, pool);
        return {
          ...ownedBy(pool.agencyId),
          kind: kinds[0],
          subjectType: 'BedPool',
          subjectId: pool.id,
          startedAt,
          dueAt,
        };
      }),
    );
    const clocks = await this.clocks.ofSubjects(
      tx,
      kinds,
      open.map(({ id }) => id),
    );
    for (const clock of clocks) {
      const pool = clock.endedAt === null && open.find(({ id }) => id === clock.subjectId);
      const dueAt = pool && dueAnew(clock, goodUntil(clock.startedAt, pool), tx.asOf);
      if (dueAt) this.clocks.move(tx, kinds[0], clock.subjectId, dueAt);
    }
  }

  /** One more place of the pool is occupied. */
  async occupied(tx: SystemTx, poolId: string): Promise<void> {
    for (const room of await this.censuses.roomOf(tx, { poolId })) {
      await this.notice(tx, room, { staffed: 0, occupied: 1 });
    }
  }

  /** A pool with its counts comes into use, or goes out of it: the same patients are another share of the program. */
  async switched(tx: SystemTx, { id, isActive, staffed, occupied }: SwitchedPool): Promise<void> {
    const sign = isActive ? 1 : -1;
    for (const room of await this.censuses.roomOf(tx, { poolId: id })) {
      await this.notice(tx, room, { staffed: sign * staffed, occupied: sign * occupied });
    }
  }

  private async notice(tx: SystemTx, after: ProgramRoom, change: Counts): Promise<void> {
    const before = { staffed: after.staffed - change.staffed, occupied: after.occupied - change.occupied };
    if (!hasReachedNotice(before, after)) return;
    const { programId, agencyId } = after;
    const dueAt = (await this.clocks.termsOfProgram(tx, programId)).dueAt('CAPACITY_NOTICE', tx.asOf);
    const subject = { subjectType: 'Program', subjectId: programId };
    this.clocks.start(tx, [{ ...ownedBy(agencyId), ...subject, kind: 'CAPACITY_NOTICE', dueAt }]);
  }
}

const ownedBy = (ownerAgencyId: string) =>
  ({ ownerAgencyId, ownerSide: 'PROVIDER', coordinatorAgencyId: null, referralId: null }) as const;

const goodUntil = (from: Date, { freshnessMinutes }: Pick<PoolContract, 'freshnessMinutes'>): Date =>
  addMinutes(from, Math.min(freshnessMinutes, FRESH_AT_MOST_MINUTES));

/** The last count as long as it is good; else now, when it is opened: nobody could have counted it before. */
const countsFrom = (pool: PoolContract, now: Date): Date =>
  pool.attestedAt && goodUntil(pool.attestedAt, pool) > now ? pool.attestedAt : now;

/** The deadline of a running clock by the contract as it is now; never before the change that made it. Null: it stays. */
export const dueAnew = ({ dueAt }: { readonly dueAt: Date }, good: Date, now: Date): Date | null => {
  if (good.getTime() === dueAt.getTime() || (good <= now && dueAt <= now)) return null;
  return good > now ? good : now;
};

const changeOf = (pools: readonly LockedPool[], counts: readonly PoolCount[]): Counts => {
  const after = new Map(counts.map((count) => [count.poolId, count]));
  const change = { staffed: 0, occupied: 0 };
  for (const { id, staffed, occupied } of pools) {
    change.staffed += (after.get(id)?.staffed ?? staffed) - staffed;
    change.occupied += (after.get(id)?.occupied ?? occupied) - occupied;
  }
  return change;
};
