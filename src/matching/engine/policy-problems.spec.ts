import { defaultPolicy } from './default-policy';
import { policyProblems } from './policy-problems';

const { score } = defaultPolicy;

describe('policyProblems', () => {
  it('finds none in the shipped policy, which is plain data', () => {
    expect(policyProblems(defaultPolicy)).toEqual([]);
    expect(JSON.parse(JSON.stringify(defaultPolicy))).toEqual(defaultPolicy);
  });

  it.each([
    [{ version: '' }, 'version is empty'],
    [{ levelRows: [] }, 'levelRows has no row for ALWAYS'],
    [{ maxFreshnessMinutes: 0 }, 'maxFreshnessMinutes is not above 0'],
    [{ score: { ...score, priorOffers: Number.NaN } }, 'priorOffers is not above 0'],
    [{ score: { ...score, halfTravelKm: Infinity } }, 'halfTravelKm is not above 0'],
    [{ score: { ...score, priorAnswerRate: 1.1 } }, 'priorAnswerRate is not a share from 0 to 1'],
    [{ score: { ...score, acceptedMedicationFit: -0.1 } }, 'acceptedMedicationFit is not a share from 0 to 1'],
    [{ score: { ...score, weights: { ...score.weights, FIT: -0.1 } } }, 'weight of FIT is negative'],
    [
      { score: { ...score, weights: { TRAVEL: 0, STILL_OPEN: 0, RESPONSE: 0, FIT: 0, PREFERENCE: 0 } } },
      'the weights do not add up to more than 0',
    ],
  ])('refuses %j', (change, problem) => {
    expect(policyProblems({ ...defaultPolicy, ...change })).toEqual([problem]);
  });
});
