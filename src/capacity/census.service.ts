import { Injectable } from '@nestjs/common';
import { mayDo, type Actor } from '../access';
import { invalid, notFound, Refusal } from '../kernel/refusal';
import type { Tx } from '../platform/database/tx';
import { UnitOfWork, type Command, type Done } from '../platform/database/unit-of-work';
import type { CensusSource } from './capacity.enums';
import { CENSUS_POSTED, PLACE_OPENED, PLACES_CHANGED } from './capacity.events';
import { CensusesStore, type LockedPool, type PoolCount } from './censuses.store';
import { HoldsStore } from './holds.store';
import { RoomClocks } from './room-clocks';

export interface CensusReport {
  readonly pools: readonly PoolCount[];
  readonly source: CensusSource;
}

interface CountedPool extends PoolCount {
  /** Path of the entry in the input. */
  readonly field: string;
}

const fieldOf = (index: number): string => `input.pools[${index}]`;

/** Holds named for one pool in a refusal; a pool with more is told their number. */
const NAMED_HOLDS = 50;

const brokenRule = (pools: readonly PoolCount[]): Refusal<'INVALID_INPUT'> | null => {
  const seen = new Set<string>();
  for (const [index, { poolId, staffed, occupied }] of pools.entries()) {
    const field = fieldOf(index);
    if (seen.has(poolId)) {
      return invalid(`${field}.poolId`, 'The pool is named twice.', 'Send one count for each pool.');
    }
    seen.add(poolId);
    if (occupied > staffed) {
      return invalid(`${field}.occupied`, 'More places are occupied than staffed.', 'Send occupied up to staffed.');
    }
  }
  return null;
};

/** Posting a census: what a provider attests about several pools at once, all or nothing. */
@Injectable()
export class CensusService {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly censuses: CensusesStore,
    private readonly holds: HoldsStore,
    private readonly clocks: RoomClocks,
  ) {}

  /** Refuses with CENSUS_CONFLICT, naming the holds in its way, when occupied + held would pass staffed in any pool. */
  async post(actor: Actor, report: CensusReport, command: Command): Promise<Done | Refusal> {
    const broken = brokenRule(report.pools);
    if (broken) return broken;
    return this.unitOfWork.run(actor, command, async (tx) => {
      const before = await this.censuses.lockPools(
        tx,
        report.pools.map(({ poolId }) => poolId),
      );
      const refused = this.refusedFor(actor, report, before);
      if (refused) return refused;
      const counted = new Set(await this.censuses.post(tx, report.pools, report.source));
      const conflicts = report.pools
        .map((pool, index): CountedPool => ({ ...pool, field: fieldOf(index) }))
        .filter(({ poolId }) => !counted.has(poolId));
      if (conflicts.length > 0) return this.conflict(tx, conflicts, before);
      this.tell(tx, report, before);
      const id = report.pools[0]?.poolId ?? '';
      tx.emit({ name: CENSUS_POSTED, subjectType: 'BedPool', subjectId: id });
      await this.clocks.attested(tx.asSystem(), report.pools, before);
      return { id };
    });
  }

  private refusedFor(actor: Actor, { pools }: CensusReport, locked: readonly LockedPool[]): Refusal | null {
    const byId = new Map(locked.map((pool) => [pool.id, pool]));
    for (const [index, { poolId }] of pools.entries()) {
      const pool = byId.get(poolId);
      if (!pool) {
        const { code, message, details } = notFound('bed pool of your agency');
        return new Refusal(code, message, { ...details, field: `${fieldOf(index)}.poolId` });
      }
      if (!mayDo(actor, 'BedPool', 'postCensus', pool)) {
        return new Refusal('FORBIDDEN', 'Only intake staff of the provider post its census.');
      }
    }
    return null;
  }

  private async conflict(
    tx: Tx,
    conflicts: readonly CountedPool[],
    locked: readonly LockedPool[],
  ): Promise<Refusal<'CENSUS_CONFLICT'>> {
    const holds = await this.holds.activeOfPools(
      tx,
      conflicts.map(({ poolId }) => poolId),
    );
    const pools = conflicts.map(({ field, poolId, staffed, occupied }) => ({
      field,
      poolId,
      staffed,
      occupied,
      held: locked.find(({ id }) => id === poolId)?.held ?? 0,
      holds: holds
        .filter((hold) => hold.poolId === poolId)
        .slice(0, NAMED_HOLDS)
        .map(({ id, endsAt }) => ({ id, endsAt })),
    }));
    return new Refusal(
      'CENSUS_CONFLICT',
      'Places are held for people on their way; the census leaves no room for them.',
      {
        field: pools[0]?.field ?? 'input.pools',
        remedy: 'Count the held places as free, or release the holds first; then post again.',
        pools,
      },
    );
  }

  private tell(tx: Tx, { pools, source }: CensusReport, before: readonly LockedPool[]): void {
    for (const { poolId, staffed, occupied } of pools) {
      const pool = before.find(({ id }) => id === poolId);
      tx.audit({
        action: 'census.posted',
        subjectType: 'BedPool',
        subjectId: poolId,
        details: { staffed, occupied, source },
      });
      const hasMoreRoom = pool !== undefined && staffed - occupied > pool.staffed - pool.occupied;
      tx.emit({ name: hasMoreRoom ? PLACE_OPENED : PLACES_CHANGED, subjectType: 'BedPool', subjectId: poolId });
    }
  }
}
