import { Injectable } from '@nestjs/common';
import type { Reader } from '../platform/database/reader';
import type { SystemTx } from '../platform/database/tx';
import { candidatesOf, type CandidateRow } from './candidate-row';
import {
  countAnywhere,
  countInCells,
  everyPoolAnywhere,
  everyPoolInCells,
  poolsByIds,
  poolsOfProgram,
  prefilterValues,
  suitedAnywhere,
  suitedInCells,
  type ReadRow,
} from './candidate.statements';
import type { Candidate } from './engine/candidate';
import type { Need } from './engine/need';
import { prefilterOf } from './engine/prefilter';

/** Candidates and the database’s time they were read at, which the engine is to judge them at. */
export interface Candidates {
  readonly asOf: Date;
  readonly candidates: readonly Candidate[];
}

export interface BoundedCandidates extends Candidates {
  /** Pools within reach that were not read because there are too many: the farthest of those the prefilter removes, then the farthest of all. */
  readonly leftOut: number;
}

/** Most pools one read brings. */
export const POOL_LIMIT = 5_000;

const isPool = (row: ReadRow): row is ReadRow & CandidateRow => row.poolId !== null;

const candidatesIn = (rows: readonly ReadRow[]): Candidates => {
  const asOf = new Date(rows[0]?.asOf ?? NaN);
  return { asOf, candidates: candidatesOf(rows.filter(isPool), asOf) };
};

/** Reads pools for the engine. Who is read widens or narrows; who is taken is the engine’s to say. */
@Injectable()
export class CandidateStore {
  /** The pools the engine may accept, in one statement. Knows no person, so lasting declines are not seen. */
  async suited(reader: Reader, need: Need, limit = POOL_LIMIT): Promise<Candidates> {
    const prefilter = prefilterOf(need);
    const values = [...prefilterValues(prefilter, need), limit];
    return candidatesIn(
      prefilter.cells === null
        ? await reader.query(suitedAnywhere, values)
        : await reader.query(suitedInCells, [...values, prefilter.cells]),
    );
  }

  /** All pools within the distance’s cells whatever stands against them, those that may be accepted first. */
  async within(reader: Reader, need: Need, personId: string | null, limit = POOL_LIMIT): Promise<BoundedCandidates> {
    const prefilter = prefilterOf(need);
    const values = [...prefilterValues(prefilter, need), limit];
    const rows =
      prefilter.cells === null
        ? await reader.query(everyPoolAnywhere, [...values, personId])
        : await reader.query(everyPoolInCells, [...values, prefilter.cells, personId]);
    const found = candidatesIn(rows);
    if (found.candidates.length < limit) return { ...found, leftOut: 0 };
    const [counted] =
      prefilter.cells === null
        ? await reader.query(countAnywhere)
        : await reader.query(countInCells, [prefilter.cells]);
    return { ...found, leftOut: Math.max(0, (counted?.pools ?? 0) - found.candidates.length) };
  }

  /** These pools, without a person: lasting declines are not seen. */
  async byIds(reader: Reader, poolIds: readonly string[]): Promise<Candidates> {
    return candidatesIn(await reader.query(poolsByIds, [poolIds]));
  }

  /** Every pool of one program, wherever it is. */
  async ofProgram(tx: SystemTx, programId: string, personId: string): Promise<Candidates> {
    return candidatesIn(await tx.query(poolsOfProgram, [programId, personId]));
  }
}
