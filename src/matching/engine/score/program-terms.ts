import type { Candidate } from '../candidate';
import type { MatchContext } from '../context';
import { availableIn, censusAgeMinutes, figure } from '../facts';
import type { ScorePolicy } from '../policy';
import { percent, type Term } from './term';

/** 1 at nothing, one half at `half`, towards 0 beyond. A quotient, not a power: exact on every machine. */
const halving = (amount: number, half: number): number => half / (half + amount);

export const travel: Term = {
  name: 'TRAVEL',
  description: 'Nearer is better: 1 on the spot, one half at the policy’s half-way distance.',
  valueOf: (_need, _candidate, { policy }, distanceKm) => halving(distanceKm, policy.score.halfTravelKm),
  because: (_need, _candidate, _context, distanceKm) => `${figure(distanceKm)} km in a straight line.`,
};

/** Age the census will have when the person gets there, minutes; `null` when never attested. */
const ageOnArrival = (candidate: Candidate, { policy, asOfMs }: MatchContext, distanceKm: number): number | null => {
  const age = censusAgeMinutes(candidate, asOfMs);
  return age === null ? null : age + (distanceKm / policy.score.travelKmPerHour) * 60;
};

export const stillOpen: Term = {
  name: 'STILL_OPEN',
  description:
    'Chance that at least one place is still free on arrival, if each place seen free is taken independently and is as likely taken as free at the policy’s half-time.',
  valueOf: (_need, candidate, context, distanceKm) => {
    const minutes = ageOnArrival(candidate, context, distanceKm);
    if (minutes === null) return 0;
    const taken = 1 - halving(minutes, context.policy.score.halfPlaceMinutes);
    return 1 - taken ** Math.max(0, availableIn(candidate));
  },
  because: (need, candidate, context, distanceKm) => {
    const minutes = ageOnArrival(candidate, context, distanceKm);
    const census = minutes === null ? 'no census' : `a census ${figure(minutes)} min old on arrival`;
    return `${String(availableIn(candidate))} free by ${census}: ${percent(stillOpen.valueOf(need, candidate, context, distanceKm))} to find one free.`;
  },
};

/** Share of offers answered, drawn towards the prior while history is short. */
const answerRate = ({ offersPut, offersAnswered }: Candidate, score: ScorePolicy): number =>
  (offersAnswered + score.priorAnswerRate * score.priorOffers) /
  // Answers to offers put before the window may outnumber the offers in it.
  (Math.max(offersPut, offersAnswered) + score.priorOffers);

/** Median minutes to the answer, drawn towards the prior while history is short. */
const answerMinutes = ({ offersAnswered, medianAnswerMinutes }: Candidate, score: ScorePolicy): number =>
  medianAnswerMinutes === null
    ? score.priorAnswerMinutes
    : (medianAnswerMinutes * offersAnswered + score.priorAnswerMinutes * score.priorOffers) /
      (offersAnswered + score.priorOffers);

export const response: Term = {
  name: 'RESPONSE',
  description:
    'How often and how fast the program answers. A program that takes referrals at once needs no answer and counts full.',
  valueOf: (_need, candidate, { policy: { score } }) =>
    candidate.acceptanceMode === 'INSTANT'
      ? 1
      : answerRate(candidate, score) * halving(answerMinutes(candidate, score), score.halfAnswerMinutes),
  because: (_need, candidate, { policy: { score } }) =>
    candidate.acceptanceMode === 'INSTANT'
      ? 'Takes referrals at once.'
      : `Answered ${String(candidate.offersAnswered)} of ${String(candidate.offersPut)} offers; expected: ${percent(answerRate(candidate, score))}, in ${figure(answerMinutes(candidate, score))} min.`,
};
