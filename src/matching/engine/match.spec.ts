import fc from 'fast-check';
import {
  anyCandidate,
  anyCandidates,
  anyNeed,
  buildCandidate,
  buildNeed,
  RUN_AT,
} from '../../../test/builders/matching.arbitraries';
import { defaultPolicy } from './default-policy';
import { bestPerProgram, match } from './match';
import { compareRanked } from './order';
import { rank } from './rank';

const anyShuffle = <T>(values: readonly T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray([...values], { minLength: values.length });

describe('match', () => {
  it('gives the same answer to the same question, in whatever order the candidates come', () => {
    const anyOrders = anyCandidates.chain((candidates) => fc.tuple(fc.constant(candidates), anyShuffle(candidates)));
    fc.assert(
      fc.property(anyNeed, anyOrders, (need, [candidates, shuffled]) => {
        const result = match(need, candidates, RUN_AT);
        expect(match(need, candidates, RUN_AT)).toEqual(result);
        expect(match(need, shuffled, RUN_AT)).toEqual(result);
      }),
    );
  });

  it('changes nothing it is given', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidates, (need, candidates) => {
        const before = structuredClone([need, candidates]);
        match(need, candidates, RUN_AT);
        expect([need, candidates]).toEqual(before);
      }),
    );
  });

  it('judges every candidate once; a score exactly for those whom no rule removed', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidates, (need, candidates) => {
        const { verdicts } = match(need, candidates, RUN_AT);
        expect(verdicts.map(({ poolId }) => poolId).sort()).toEqual(candidates.map(({ poolId }) => poolId).sort());
        for (const { isEligible, isSuitable, removedBy, score, terms } of verdicts) {
          expect(isEligible).toBe(removedBy.length === 0);
          expect(score !== null).toBe(isEligible);
          expect(terms).toHaveLength(isEligible ? 5 : 0);
          if (isEligible) expect(isSuitable).toBe(true);
        }
      }),
    );
  });

  it('puts every eligible pool before every removed one: no score outweighs a hard rule', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidates, (need, candidates) => {
        const eligible = match(need, candidates, RUN_AT).verdicts.map(({ isEligible }) => isEligible);
        expect(eligible).toEqual([...eligible].sort((a, b) => Number(b) - Number(a)));
      }),
    );
    const near = buildCandidate({ poolId: 'best', acceptanceMode: 'INSTANT', payers: ['PRIVATE'] });
    const far = buildCandidate({
      poolId: 'worst',
      latitude: 39.9,
      offersAnswered: 0,
      attestedAt: new Date(RUN_AT.getTime() - 86e6),
    });
    const { verdicts } = match(buildNeed({ payer: 'MEDICAID' }), [near, far], RUN_AT);
    expect(verdicts.map(({ poolId, isEligible }) => [poolId, isEligible])).toEqual([
      ['worst', true],
      ['best', false],
    ]);
  });

  it('never sends a person on methadone or buprenorphine where it is neither offered nor accepted', () => {
    const anyPatient = fc
      .tuple(anyNeed, fc.constantFrom('METHADONE' as const, 'BUPRENORPHINE' as const))
      .map(([need, medication]) => ({ need: { ...need, currentMedications: [medication] }, medication }));
    fc.assert(
      fc.property(anyPatient, anyCandidates, ({ need, medication }, candidates) => {
        const byId = new Map(candidates.map((candidate) => [candidate.poolId, candidate]));
        for (const { poolId, isEligible } of match(need, candidates, RUN_AT).verdicts) {
          const candidate = byId.get(poolId);
          const has = [...(candidate?.medicationsOffered ?? []), ...(candidate?.medicationsAccepted ?? [])];
          if (isEligible) expect(has).toContain(medication);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('sends nobody where others alone are served, and nobody who uses opioids where opioids are not treated', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidates, (need, candidates) => {
        const byId = new Map(candidates.map((candidate) => [candidate.poolId, candidate]));
        for (const { poolId, isEligible } of match(need, candidates, RUN_AT).verdicts) {
          const { servesOnly = null, substances: treated = [] } = byId.get(poolId) ?? {};
          if (!isEligible) continue;
          if (!need.isVeteran) expect(servesOnly).toBeNull();
          if (treated.length > 0 && need.substances.includes('OPIOIDS')) expect(treated).toContain('OPIOIDS');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('places a person with no special circumstances, and somebody in every few generated runs', () => {
    expect(match(buildNeed(), [buildCandidate()], RUN_AT).verdicts[0]?.removedBy).toEqual([]);
    const runs = fc.sample(fc.tuple(anyNeed, anyCandidates), { numRuns: 300, seed: 7 });
    const placed = runs.filter(([need, candidates]) => match(need, candidates, RUN_AT).verdicts[0]?.isEligible);
    expect(placed.length).toBeGreaterThan(30);
  });

  it('calls suitable what only the moment stands against', () => {
    const full = buildCandidate({ poolId: 'full', occupied: 10, held: 0, attestedAt: null });
    const unfit = buildCandidate({ poolId: 'unfit', occupied: 10, held: 0, minAge: 60 });
    const { verdicts } = match(buildNeed(), [full, unfit], RUN_AT);
    expect(verdicts.map(({ poolId, isSuitable }) => [poolId, isSuitable])).toEqual([
      ['full', true],
      ['unfit', false],
    ]);
    expect(verdicts[0]?.removedBy.map(({ rule }) => rule)).toEqual(['CENSUS_FRESH', 'OPEN_PLACE']);
  });

  it('names its policy and takes another', () => {
    expect(match(buildNeed(), [], RUN_AT).policyVersion).toBe('default-2');
    const policy = { ...defaultPolicy, version: 'ohio-2', assumedLanguages: [] };
    const result = match(buildNeed(), [buildCandidate({ languages: ['es'] })], RUN_AT, policy);
    expect(result.policyVersion).toBe('ohio-2');
    expect(result.verdicts[0]?.removedBy.map(({ rule }) => rule)).toEqual(['LANGUAGE']);
  });
});

describe('the order of answers', () => {
  const ranked = (score: number | null, distanceKm: number | null, programId = 'p', poolId = 'a') => ({
    score,
    distanceKm,
    programId,
    poolId,
  });

  it('is score, distance, program id, pool id, by code units', () => {
    const inOrder = [
      ranked(0.9, 20),
      ranked(0.8, 5, 'Z'),
      ranked(0.8, 5, 'a'),
      ranked(0.8, 5, 'a', 'b'),
      ranked(0.8, 5, 'á'),
      ranked(0.8, 9),
      ranked(null, 1),
      ranked(null, 2),
      ranked(null, null),
      ranked(null, null, 'q'),
    ];
    expect([...inOrder].reverse().sort(compareRanked)).toEqual(inOrder);
    expect([...inOrder].sort(compareRanked)).toEqual(inOrder);
    expect(compareRanked(ranked(1, 1), ranked(1, 1))).toBe(0);
  });
});

/** Two pools of one program and one of another, all with room. */
const threePools = [
  buildCandidate({ programId: 'p', poolId: 'p1' }),
  buildCandidate({ programId: 'p', poolId: 'p2' }),
  buildCandidate({ programId: 'q', poolId: 'q1' }),
];
const removed = buildCandidate({ programId: 'r', poolId: 'r1', staffed: 1, occupied: 1, held: 0 });

describe('bestPerProgram', () => {
  it('leaves out the second pool of a program, and what a rule removed', () => {
    const best = bestPerProgram(match(buildNeed(), [...threePools, removed], RUN_AT));
    expect(best.map(({ poolId }) => poolId)).toEqual(['p1', 'q1']);
  });

  it('proposes each program once, with its best eligible pool', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidates, (need, candidates) => {
        const result = match(need, candidates, RUN_AT);
        const best = bestPerProgram(result);
        const eligible = result.verdicts.filter(({ isEligible }) => isEligible);
        expect(best.map(({ programId }) => programId)).toEqual([
          ...new Set(eligible.map(({ programId }) => programId)),
        ]);
        for (const verdict of best) {
          expect(eligible.find(({ programId }) => programId === verdict.programId)).toBe(verdict);
        }
      }),
    );
  });
});

describe('rank', () => {
  it('stops at the limit, and takes each program once if asked', () => {
    const ranked = (limit: number, isOncePerProgram: boolean) =>
      rank(buildNeed(), [...threePools, removed], RUN_AT, { limit, isOncePerProgram }).map(({ poolId }) => poolId);
    expect(ranked(9, false)).toEqual(['p1', 'p2', 'q1']);
    expect(ranked(2, false)).toEqual(['p1', 'p2']);
    expect(ranked(9, true)).toEqual(['p1', 'q1']);
    expect(ranked(1, true)).toEqual(['p1']);
  });

  it('agrees with match, verdict by verdict', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidates, fc.integer({ min: -1, max: 12 }), (need, candidates, limit) => {
        const result = match(need, candidates, RUN_AT);
        const eligible = result.verdicts.filter(({ isEligible }) => isEligible);
        const most = Math.max(0, limit);
        expect(rank(need, candidates, RUN_AT, { limit })).toEqual(eligible.slice(0, most));
        expect(rank(need, candidates, RUN_AT, { limit, isOncePerProgram: true })).toEqual(
          bestPerProgram(result).slice(0, most),
        );
      }),
      { numRuns: 300 },
    );
  });

  it('uses the policy it is given', () => {
    const policy = { ...defaultPolicy, maxFreshnessMinutes: 1 };
    expect(rank(buildNeed(), [buildCandidate()], RUN_AT, { limit: 5, policy })).toEqual([]);
    expect(rank(buildNeed(), [buildCandidate()], RUN_AT, { limit: 5 })).toHaveLength(1);
  });

  it('does not let one more candidate change the order of the others', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidates, anyCandidate, (need, candidates, more) => {
        const all = { limit: 100 };
        const extra = { ...more, poolId: 'one-more' };
        const without = rank(need, candidates, RUN_AT, all).map(({ poolId }) => poolId);
        const withIt = rank(need, [extra, ...candidates], RUN_AT, all).map(({ poolId }) => poolId);
        expect(withIt.filter((id) => id !== extra.poolId)).toEqual(without);
      }),
    );
  });
});
