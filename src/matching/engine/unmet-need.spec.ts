import { buildCandidate, buildNeed, RUN_AT } from '../../../test/builders/matching.arbitraries';
import { match } from './match';
import { lastRuleStanding, removalCounts } from './unmet-need';

const childless = { services: [] } as const;

describe('lastRuleStanding', () => {
  it('is silent while somebody is left', () => {
    expect(lastRuleStanding(match(buildNeed(), [buildCandidate()], RUN_AT))).toBeNull();
  });

  it('says so when nothing was within reach', () => {
    expect(lastRuleStanding(match(buildNeed(), [], RUN_AT))).toEqual({
      judged: 0,
      fewestRules: 0,
      lastRules: [],
      because: 'No pool was within reach of the search.',
    });
  });

  it('names the rules that removed the pools that came closest', () => {
    const result = match(
      buildNeed({ childrenWithThem: 1 }),
      [
        buildCandidate({ poolId: 'a', programId: 'one', ...childless }),
        buildCandidate({ poolId: 'b', programId: 'one', ...childless }),
        buildCandidate({ poolId: 'c', programId: 'two', staffed: 0, occupied: 0, held: 0 }),
        buildCandidate({ poolId: 'd', programId: 'three', minAge: 60, ...childless }),
      ],
      RUN_AT,
    );
    expect(lastRuleStanding(result)).toEqual({
      judged: 4,
      fewestRules: 1,
      lastRules: [
        { rule: 'CHILDREN', pools: 2, programs: 1 },
        { rule: 'OPEN_PLACE', pools: 1, programs: 1 },
      ],
      because: 'The pools that came closest failed 1 rule: CHILDREN (2), OPEN_PLACE (1).',
    });
  });

  it('counts several rules of one pool, ties in the order of the rules', () => {
    const result = match(buildNeed(), [buildCandidate({ attestedAt: null, minAge: 60 })], RUN_AT);
    expect(lastRuleStanding(result)?.because).toBe(
      'The pools that came closest failed 2 rules: AGE (1), CENSUS_FRESH (1).',
    );
    expect(removalCounts(result.verdicts).map(({ rule }) => rule)).toEqual(['AGE', 'CENSUS_FRESH']);
  });
});
