import { Injectable } from '@nestjs/common';
import type { LevelOfCare } from '../kernel/vocabulary';
import type { Reader } from '../platform/database/reader';
import { sql } from '../platform/database/statement';
import { Topics } from '../platform/live';

/** What a pool is, as far as it decides who wants to hear of it. */
interface PoolFacts {
  readonly id: string;
  readonly programId: string;
  readonly state: string;
  readonly countyFips: string | null;
  readonly levelOfCare: LevelOfCare;
}

/** Which pools somebody watches. What is not named is not asked for. */
export interface WatchedBoard {
  readonly programIds?: readonly string[] | null;
  readonly state?: string | null;
  readonly countyFips?: string | null;
  readonly levelOfCare?: LevelOfCare | null;
}

const factsOf = sql<PoolFacts>(
  `select b.id, b.program_id as "programId", p.state, p.county_fips as "countyFips", b.level_of_care as "levelOfCare"
   from bed_pool b join program p on p.id = b.program_id where b.id = any($1::uuid[])`,
);

/** A pool that is busy changes many times a second; nobody reads faster than this. */
const PACE_MS = 1_000;

const isWatched = ({ programIds, state, countyFips, levelOfCare }: WatchedBoard, pool: PoolFacts): boolean =>
  (programIds?.includes(pool.programId) ?? true) &&
  (state ?? pool.state) === pool.state &&
  (countyFips ?? pool.countyFips) === pool.countyFips &&
  (levelOfCare ?? pool.levelOfCare) === pool.levelOfCare;

/** News of room. Directory facts: whoever signs in may hear them. */
@Injectable()
export class BedBoardNews {
  readonly #topic;

  constructor(topics: Topics) {
    this.#topic = topics.add<PoolFacts>({
      name: 'bedBoardChanged',
      about: ({ subjectType, subjectId }) => (subjectType === 'BedPool' ? subjectId : null),
      facts: (reader, ids) => this.facts(reader, ids),
      paceMs: PACE_MS,
    });
  }

  watch(board: WatchedBoard) {
    return this.#topic.watch((pool) => isWatched(board, pool), null);
  }

  private async facts(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, PoolFacts>> {
    return new Map((await reader.query(factsOf, [ids])).map((pool) => [pool.id, pool]));
  }
}
