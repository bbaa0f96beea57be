import type { MatchPolicy } from './policy';

const isPositive = (value: number): boolean => Number.isFinite(value) && value > 0;
const isShare = (value: number): boolean => value >= 0 && value <= 1;

/** Why a policy must not be used, one sentence each; empty: sound. Ask before a run, not in it. */
export const policyProblems = ({ version, levelRows, maxFreshnessMinutes, score }: MatchPolicy): string[] => {
  const weights = Object.entries(score.weights);
  const positive = {
    maxFreshnessMinutes,
    halfTravelKm: score.halfTravelKm,
    travelKmPerHour: score.travelKmPerHour,
    halfPlaceMinutes: score.halfPlaceMinutes,
    priorOffers: score.priorOffers,
    halfAnswerMinutes: score.halfAnswerMinutes,
  };
  const shares = { priorAnswerRate: score.priorAnswerRate, acceptedMedicationFit: score.acceptedMedicationFit };
  return [
    ...(version === '' ? ['version is empty'] : []),
    ...(levelRows.some(({ when }) => when === 'ALWAYS') ? [] : ['levelRows has no row for ALWAYS']),
    ...weights.filter(([, weight]) => !(weight >= 0)).map(([name]) => `weight of ${name} is negative`),
    ...(isPositive(weights.reduce((sum, [, weight]) => sum + weight, 0))
      ? []
      : ['the weights do not add up to more than 0']),
    ...Object.entries(positive)
      .filter(([, value]) => !isPositive(value))
      .map(([name]) => `${name} is not above 0`),
    ...Object.entries(shares)
      .filter(([, value]) => !isShare(value))
      .map(([name]) => `${name} is not a share from 0 to 1`),
  ];
};
