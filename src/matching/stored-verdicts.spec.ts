import fc from 'fast-check';
import { anyCandidates, anyNeed, buildCandidate, buildNeed, RUN_AT } from '../../test/builders/matching.arbitraries';
import { match } from './engine/match';
import {
  programVerdictsOf,
  rulesOfLastRemoved,
  rulesWithoutAnswers,
  runVerdictsOf,
  withoutAnswers,
} from './run-verdicts';
import { packVerdicts, unpackVerdicts } from './stored-verdicts';

describe('the verdicts of a run', () => {
  it('come back from the store as they went in, to the metre', () => {
    fc.assert(
      fc.property(anyNeed, anyCandidates, (need, candidates) => {
        const verdicts = runVerdictsOf(match(need, candidates, RUN_AT).verdicts, ['program-1']);
        const stored = JSON.parse(JSON.stringify(packVerdicts(verdicts, 3))) as ReturnType<typeof packVerdicts>;
        expect(stored.leftOut).toBe(3);
        const rounded = verdicts.map((verdict) => ({
          ...verdict,
          distanceKm: verdict.distanceKm === null ? null : Math.round(verdict.distanceKm * 1000) / 1000,
        }));
        expect(unpackVerdicts(stored)).toEqual(rounded);
      }),
      { numRuns: 100 },
    );
  });

  it('keep a sentence once however many pools it removed', () => {
    const candidates = Array.from({ length: 500 }, (_, index) =>
      buildCandidate({ poolId: String(index), sexes: ['MALE'] }),
    );
    const verdicts = runVerdictsOf(match(buildNeed(), candidates, RUN_AT).verdicts, []);
    expect(packVerdicts(verdicts, 0).texts).toEqual(['Sex female; the pool admits male.']);
  });

  it('speak of each program by the pool that came closest', () => {
    const pools = [
      buildCandidate({ poolId: 'a', staffed: 7, sexes: ['MALE'] }),
      buildCandidate({ poolId: 'b', staffed: 7 }),
      buildCandidate({ poolId: 'c', programId: 'program-2', latitude: 39.6 }),
      buildCandidate({ poolId: 'd', programId: 'program-2' }),
    ];
    const verdicts = runVerdictsOf(match(buildNeed(), pools, RUN_AT).verdicts, []);
    expect(programVerdictsOf(verdicts).map(({ poolId }) => poolId)).toEqual(['d', 'b']);
  });

  it('tell whoever may not know what programs answered nothing of it: not a rule, not a place in the order', () => {
    const pools = [
      buildCandidate({ poolId: 'a', staffed: 7, programId: 'program-2' }),
      buildCandidate({ poolId: 'b', staffed: 7, programId: 'asked' }),
      buildCandidate({ poolId: 'c', programId: 'declined', isLastinglyDeclined: true }),
      buildCandidate({ poolId: 'd' }),
      buildCandidate({ poolId: 'e', programId: 'program-3', staffed: 7, sexes: ['MALE'] }),
    ];
    const judged = programVerdictsOf(runVerdictsOf(match(buildNeed(), pools, RUN_AT).verdicts, ['asked', 'declined']));
    const told = withoutAnswers(judged).map(({ poolId, removedBy }) => [poolId, removedBy.map(({ rule }) => rule)]);
    expect(told).toEqual([
      ['d', []],
      ['b', ['OPEN_PLACE']],
      ['a', ['OPEN_PLACE']],
      ['e', ['SEX', 'OPEN_PLACE']],
    ]);
    expect(rulesWithoutAnswers(['ALREADY_ASKED', 'SEX', 'LASTING_DECLINE'])).toEqual(['SEX']);
  });

  it('name the rules that removed the last ones, the distance where nobody is within reach', () => {
    const lastRules = (pools: Parameters<typeof match>[1], asked: readonly string[] = []) =>
      rulesOfLastRemoved(runVerdictsOf(match(buildNeed(), pools, RUN_AT).verdicts, asked));
    expect(lastRules([])).toEqual(['DISTANCE']);
    expect(lastRules([buildCandidate()])).toEqual([]);
    expect(lastRules([buildCandidate()], ['program-1'])).toEqual(['ALREADY_ASKED']);
    expect(lastRules([buildCandidate({ staffed: 7 }), buildCandidate({ poolId: 'b', staffed: 7, sexes: [] })])).toEqual(
      ['OPEN_PLACE'],
    );
  });
});
