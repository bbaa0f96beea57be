import { counties } from '../src/agencies/counties';
import type { Candidate } from '../src/matching/engine/candidate';
import { cellOf, cellsWithin } from '../src/matching/engine/geodesy';
import { match } from '../src/matching/engine/match';
import type { Need } from '../src/matching/engine/need';
import { removalCounts } from '../src/matching/engine/unmet-need';
import { generateNeeds, type GeneratedNeed } from './evaluation/needs';
import { readPools } from './evaluation/pools';
import { printReport, type Outcome } from './evaluation/report';

/**
 * How the hard rules treat people on a real directory: 500 generated needs against every facility of the file, each of whose
 * pools is given a synthetic fresh census. `node dist/bench/evaluate-matching.js <facilities.csv>`; ends with 1 when a person on
 * methadone or buprenorphine is matched to a program that neither offers nor accepts it.
 */
const RUN_AT = new Date('2026-11-02T15:00:00.000Z');
const SEED = 20_261_102;

type Grid = ReadonlyMap<number, readonly Candidate[]>;

const gridOf = (pools: readonly Candidate[]): Grid => {
  const grid = new Map<number, Candidate[]>();
  for (const pool of pools) {
    if (pool.latitude === null || pool.longitude === null) continue;
    const cell = cellOf(pool.latitude, pool.longitude);
    const known = grid.get(cell);
    if (known) known.push(pool);
    else grid.set(cell, [pool]);
  }
  return grid;
};

const within = (grid: Grid, { latitude, longitude, maxDistanceKm }: Need): Candidate[] =>
  cellsWithin(latitude, longitude, maxDistanceKm).flatMap((cell) => grid.get(cell) ?? []);

const programsOf = (verdicts: readonly { readonly programId: string }[]): number =>
  new Set(verdicts.map(({ programId }) => programId)).size;

/** Told from the pool’s own facts, not by the rule that is being checked. */
const cutsOff = ({ currentMedications }: Need, pool: Candidate | undefined): boolean =>
  currentMedications
    .filter((medication) => medication !== 'NALTREXONE')
    .some((medication) => !pool || ![...pool.medicationsOffered, ...pool.medicationsAccepted].includes(medication));

const judge = (grid: Grid, { need, profile, state }: GeneratedNeed): Outcome => {
  const candidates = within(grid, need);
  const startedAt = performance.now();
  const { verdicts } = match(need, candidates, RUN_AT);
  const milliseconds = performance.now() - startedAt;
  const inReach = verdicts.filter(({ removedBy }) => !removedBy.some(({ rule }) => rule === 'DISTANCE'));
  const eligible = inReach.filter(({ isEligible }) => isEligible);
  const taken = new Set(eligible.map(({ programId }) => programId));
  const pools = new Map(candidates.map((pool) => [pool.poolId, pool]));
  return {
    profile,
    state,
    milliseconds,
    programs: programsOf(inReach),
    eligible: taken.size,
    removed: removalCounts(inReach.filter(({ programId }) => !taken.has(programId))),
    cutOff: eligible.filter(({ poolId }) => cutsOff(need, pools.get(poolId))).length,
  };
};

const main = async (): Promise<void> => {
  const file = process.argv[2];
  if (file === undefined) throw new Error('Usage: node dist/bench/evaluate-matching.js <facilities.csv>');
  const pools = await readPools(file, RUN_AT, SEED);
  const grid = gridOf(pools);
  const outcomes = generateNeeds(counties(), SEED).map((generated) => judge(grid, generated));
  console.log(
    `${String(programsOf(pools))} programs with ${String(pools.length)} pools; ${String(outcomes.length)} needs, seed ${String(SEED)}.\n`,
  );
  printReport(outcomes);
  const cutOff = outcomes.reduce((sum, outcome) => sum + outcome.cutOff, 0);
  if (cutOff > 0) throw new Error(`${String(cutOff)} matches would cut a person off from methadone or buprenorphine.`);
  console.log('\nNobody on methadone or buprenorphine was matched to a program that neither offers nor accepts it.');
};

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
