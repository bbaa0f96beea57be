import { Injectable } from '@nestjs/common';
import type { ConsentScope, Relation } from '../access';
import { isClosed } from '../agencies';
import type { LevelOfCare } from '../kernel/vocabulary';
import { selectList } from '../platform/database/columns';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import type { Tx } from '../platform/database/tx';
import { BedPoolEntity } from './bed-pool.entity';
import type { Page } from './programs.store';
import { momentText, relationColumns } from './relation-columns';

export type BedPoolRow = BedPoolEntity & {
  readonly available: number;
  readonly freshUntil: Date | null;
  readonly isFresh: boolean;
  readonly relations: Relation[];
  readonly consents: ConsentScope[];
};
export type ListedBedPool = BedPoolRow & { readonly orderedAt: string };

/** What the provider says of its pool; the counts come by census and holds. */
export type BedPoolFacts = Pick<BedPoolEntity, 'name' | 'levelOfCare' | 'sexes' | 'minAge' | 'maxAge' | 'isActive'>;

export interface BedBoardFilter {
  readonly state: string | null;
  readonly countyFips: string | null;
  readonly levelOfCare: LevelOfCare | null;
  readonly onlyAvailable: boolean;
}

const freshUntil = `b.attested_at + p.freshness_minutes * interval '1 minute'`;
const columns = `${selectList(BedPoolEntity, 'b')}, b.staffed - b.occupied - b.held as available,
  ${freshUntil} as "freshUntil", coalesce(${freshUntil} > app.now(), false) as "isFresh", ${relationColumns('b')}`;
const source = 'bed_pool b join program p on p.id = b.program_id';

const poolsById = sql<BedPoolRow>(`select ${columns} from ${source} where b.id = any($1::uuid[])`);
const poolsOfPrograms = sql<BedPoolRow>(
  `select ${columns} from ${source} where b.program_id = any($1::uuid[]) order by b.created_at, b.id`,
);
const lockPool = sql<BedPoolRow>(`select ${columns} from ${source} where b.id = $1 for no key update of b`);

// A census that was never posted sorts behind all others.
const attested = `coalesce(b.attested_at, timestamptz '1900-01-01 00:00Z')`;
// The page is chosen on bare keys; everything that is shown of a pool is worked out for the pools of the page only.
const listBoard = sql<ListedBedPool>(
  `with page as materialized (
     select b.id, ${attested} as attested from ${source}
     where b.is_active and p.is_active and not ${isClosed('b.agency_id')} and ($1::text is null or p.state = $1) and ($2::text is null or p.county_fips = $2)
       and ($3::text is null or b.level_of_care = $3) and (not $4::boolean or b.staffed - b.occupied - b.held > 0)
       and ($5::timestamptz is null or (${attested}, b.id) < ($5, $6::uuid))
     order by attested desc, b.id desc limit $7)
   select ${columns}, ${momentText('page.attested')} as "orderedAt" from page join bed_pool b on b.id = page.id join program p on p.id = b.program_id
   order by page.attested desc, page.id desc`,
);
const isNameTaken = sql<{ isTaken: boolean }>(
  `select exists (select 1 from bed_pool where program_id = $1 and name = $2 and id <> $3) as "isTaken"`,
);
const insertPool = sql(
  `insert into bed_pool (id, program_id, agency_id, name, level_of_care, sexes, min_age, max_age, is_active)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
);
const updatePool = sql(
  `update bed_pool set name = $2, level_of_care = $3, sexes = $4, min_age = $5, max_age = $6, is_active = $7 where id = $1`,
);

const values = ({ name, levelOfCare, sexes, minAge, maxAge, isActive }: BedPoolFacts): unknown[] => [
  name,
  levelOfCare,
  sexes,
  minAge,
  maxAge,
  isActive,
];

@Injectable()
export class BedPoolsStore {
  byIds(reader: Reader, ids: readonly string[]): Promise<BedPoolRow[]> {
    return reader.query(poolsById, [ids]);
  }

  ofPrograms(reader: Reader, programIds: readonly string[]): Promise<BedPoolRow[]> {
    return reader.query(poolsOfPrograms, [programIds]);
  }

  /** Freshest census first. One row more than asked for says that more follow. */
  board(reader: Reader, filter: BedBoardFilter, { first, after }: Page): Promise<ListedBedPool[]> {
    const { state, countyFips, levelOfCare } = filter;
    const place = [after?.createdAt ?? null, after?.id ?? null];
    return reader.query(listBoard, [state, countyFips, levelOfCare, filter.onlyAvailable, ...place, first + 1]);
  }

  async lock(tx: Tx, id: string): Promise<BedPoolRow | undefined> {
    return (await tx.query(lockPool, [id])).at(0);
  }

  /** Whether another pool of the program bears the name; certain while the program’s row is locked. */
  async isNameTaken(tx: Tx, programId: string, name: string, id: string): Promise<boolean> {
    return (await tx.one(isNameTaken, [programId, name, id])).isTaken;
  }

  async insert(tx: Tx, pool: { id: string; programId: string }, facts: BedPoolFacts): Promise<void> {
    await tx.query(insertPool, [pool.id, pool.programId, tx.actor.agencyId, ...values(facts)]);
  }

  async update(tx: Tx, id: string, facts: BedPoolFacts): Promise<void> {
    await tx.query(updatePool, [id, ...values(facts)]);
  }
}
