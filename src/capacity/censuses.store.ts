import { Injectable } from '@nestjs/common';
import type { ConsentScope, Relation } from '../access';
import { selectList } from '../platform/database/columns';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import type { CensusSource } from './capacity.enums';
import { CensusEntity } from './census.entity';
import { relationColumns } from './relation-columns';

export type CensusRow = CensusEntity & { readonly relations: Relation[]; readonly consents: ConsentScope[] };

export interface PoolCount {
  readonly poolId: string;
  readonly staffed: number;
  readonly occupied: number;
}

export interface LockedPool {
  readonly id: string;
  readonly staffed: number;
  readonly occupied: number;
  readonly held: number;
  readonly programId: string;
  readonly agencyId: string;
  readonly relations: Relation[];
  readonly consents: ConsentScope[];
}

/** What decides whether a pool’s count is waited for, and how long it is good. */
export interface PoolContract {
  readonly id: string;
  readonly agencyId: string;
  /** Pool and program take people. */
  readonly isInUse: boolean;
  readonly freshnessMinutes: number;
  /** When it was counted last; null: never. */
  readonly attestedAt: Date | null;
}

/** All that a program has, over its pools in use. */
export interface ProgramRoom {
  readonly programId: string;
  readonly agencyId: string;
  readonly staffed: number;
  readonly occupied: number;
}

/** As many censuses of one pool as are shown with it. */
const SHOWN = 20;

// In the order of ids, so that two censuses over the same pools wait for each other instead of deadlocking. Row-level
// security locks none but the actor’s own.
const lockPools = sql<LockedPool>(
  `select b.id, b.staffed, b.occupied, b.held, b.program_id as "programId", b.agency_id as "agencyId", ${relationColumns('b')}
   from bed_pool b where b.id = any($1::uuid[]) order by b.id for no key update`,
);
// Whoever counts a pool has it locked; a change of the program’s contract waits for them, and they for it.
const contractsOf = sql<PoolContract>(
  `select b.id, b.agency_id as "agencyId", b.is_active and p.is_active as "isInUse", p.freshness_minutes as "freshnessMinutes",
     b.attested_at as "attestedAt"
   from bed_pool b join program p on p.id = b.program_id where b.id = any($1::uuid[]) or b.program_id = $2
   order by b.id for no key update of b`,
);
const postCensus = sql<{ poolId: string }>(
  `with counted as (
     update bed_pool b set staffed = w.staffed, occupied = w.occupied, attested_at = $4, attested_by = $5, attested_source = $6
     from unnest($1::uuid[], $2::integer[], $3::integer[]) as w(id, staffed, occupied)
     where b.id = w.id and w.occupied + b.held <= w.staffed
     returning b.id, b.agency_id, b.staffed, b.occupied, b.held, b.attested_at, b.attested_by, b.attested_source)
   insert into census (pool_id, agency_id, staffed, occupied, held, attested_at, attested_by, source)
   select * from counted returning pool_id as "poolId"`,
);
const latestOfPools = sql<CensusRow>(
  `select latest.* from unnest($1::uuid[]) as asked(id) cross join lateral (
     select ${selectList(CensusEntity, 'c')}, ${relationColumns('c')} from census c
     where c.pool_id = asked.id order by c.attested_at desc, c.id desc limit ${SHOWN}) latest`,
);
const roomOfPrograms = sql<ProgramRoom>(
  `select b.program_id as "programId", b.agency_id as "agencyId", sum(b.staffed)::int as staffed, sum(b.occupied)::int as occupied
   from bed_pool b where b.is_active and (b.program_id = any($1::uuid[]) or b.program_id = (select o.program_id from bed_pool o where o.id = $2))
   group by 1, 2 order by 1`,
);

@Injectable()
export class CensusesStore {
  lockPools(tx: Tx, poolIds: readonly string[]): Promise<LockedPool[]> {
    return tx.query(lockPools, [poolIds]);
  }

  /** Writes every count that leaves the held places in room; returns the pools that took theirs. */
  async post(tx: Tx, counts: readonly PoolCount[], source: CensusSource): Promise<string[]> {
    const rows = await tx.query(postCensus, [
      counts.map(({ poolId }) => poolId),
      counts.map(({ staffed }) => staffed),
      counts.map(({ occupied }) => occupied),
      tx.asOf,
      tx.actor.id,
      source,
    ]);
    return rows.map(({ poolId }) => poolId);
  }

  /** Of these programs, and of the one this pool belongs to. */
  roomOf(
    reader: Reader,
    { programIds = [], poolId = null }: { programIds?: readonly string[]; poolId?: string | null },
  ) {
    return reader.query(roomOfPrograms, [programIds, poolId]);
  }

  /** Of these pools, or of all that the program has; they stay locked. */
  contractsOf(tx: Tx, { poolIds = [], programId = null }: { poolIds?: readonly string[]; programId?: string | null }) {
    return tx.query(contractsOf, [poolIds, programId]);
  }

  latestOfPools(reader: Reader, poolIds: readonly string[]): Promise<CensusRow[]> {
    return reader.query(latestOfPools, [poolIds]);
  }
}
