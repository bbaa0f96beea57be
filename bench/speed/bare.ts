import type { ClientBase } from 'pg';
import { BedPoolsStore } from '../../src/capacity/bed-pools.store';
import { ProgramsStore } from '../../src/capacity/programs.store';
import { minutesBetween } from '../../src/kernel/clock';
import { CandidateStore } from '../../src/matching/candidate.store';
import type { Need } from '../../src/matching/engine/need';
import { rank } from '../../src/matching/engine/rank';
import type { Reader } from '../../src/platform/database/reader';
import type { Statement } from '../../src/platform/database/statement';
import { BEST } from './jobs';

/** Handrail’s own statements on a plain connection: no transaction, no context, no policy. */
const readerOn = (client: ClientBase): Reader =>
  ({
    query: async <Row>({ name, text }: Statement<Row>, values: unknown[] = []) =>
      (await client.query({ name, text, values })).rows as Row[],
  }) as unknown as Reader;

const candidates = new CandidateStore();
const programs = new ProgramsStore();
const pools = new BedPoolsStore();

/** The ten best with their programs and pools: three statements, the engine between them. */
export const matchBare = async (client: ClientBase, need: Need): Promise<object> => {
  const reader = readerOn(client);
  const { asOf, candidates: suited } = await candidates.suited(reader, need);
  const best = rank(need, suited, asOf, { limit: BEST, isOncePerProgram: true });
  const [programRows, poolRows] = await Promise.all([
    programs.byIds(reader, [...new Set(best.map(({ programId }) => programId))]),
    pools.byIds(reader, [...new Set(best.map(({ poolId }) => poolId))]),
  ]);
  const attested = new Map(suited.map(({ poolId, attestedAt }) => [poolId, attestedAt]));
  const programOf = new Map(programRows.map((row) => [row.id, row]));
  const poolOf = new Map(poolRows.map((row) => [row.id, row]));
  const matches = best.map(({ score, distanceKm, terms, programId, poolId }) => {
    const program = programOf.get(programId);
    const pool = poolOf.get(poolId);
    return {
      ...{ score, distanceKm, terms, censusAgeMinutes: minutesBetween(attested.get(poolId) ?? asOf, asOf) },
      program: program && {
        id: program.id,
        name: program.name,
        phone: program.phone,
        acceptanceMode: program.acceptanceMode,
      },
      pool: pool && { id: pool.id, name: pool.name, levelOfCare: pool.levelOfCare, available: pool.available },
    };
  });
  return { asOf, matches };
};

/** The one best program with its pool. */
export const bestOf = async (client: ClientBase, need: Need): Promise<MatchIds> => {
  const { asOf, candidates: suited } = await candidates.suited(readerOn(client), need);
  const best = rank(need, suited, asOf, { limit: 1 });
  return { programIds: best.map(({ programId }) => programId), poolIds: best.map(({ poolId }) => poolId) };
};

/** PostgreSQL’s part of it alone, for pools and programs known beforehand. */
export const readMatch = async (client: ClientBase, need: Need, ids: MatchIds): Promise<void> => {
  const reader = readerOn(client);
  await candidates.suited(reader, need);
  await Promise.all([programs.byIds(reader, ids.programIds), pools.byIds(reader, ids.poolIds)]);
};

export interface MatchIds {
  readonly programIds: readonly string[];
  readonly poolIds: readonly string[];
}
