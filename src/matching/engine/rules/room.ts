import { availableIn, censusAgeMinutes, distanceKmTo, figure, freshnessMinutesOf, minutesUntilOpen } from '../facts';
import { rule } from './rule';

/** Where the program is, and whether it has room that may be trusted right now. */

export const distance = rule({
  name: 'DISTANCE',
  description:
    'The program lies within the distance the person will go, in a straight line. A program whose place is not known cannot be judged and is removed.',
  source: null,
  about: 'PERSON',
  isMet: (need, candidate) => {
    const km = distanceKmTo(candidate, need);
    return km !== null && km <= need.maxDistanceKm;
  },
  because: (need, candidate) => {
    const km = distanceKmTo(candidate, need);
    return `${km === null ? 'The program’s place is not known' : `${figure(km)} km away`}; the person will go ${figure(need.maxDistanceKm)} km.`;
  },
});

export const openNow = rule({
  name: 'OPEN_NOW',
  description: 'Intake is open, or opens within the minutes the policy allows, on the program’s own clock.',
  source: null,
  about: 'MOMENT',
  isMet: (_need, candidate, { policy }) => minutesUntilOpen(candidate) <= policy.opensWithinMinutes,
  because: (_need, candidate) => {
    const minutes = minutesUntilOpen(candidate);
    return minutes === 0 ? 'Intake is open now.' : `Intake opens in ${figure(minutes)} min.`;
  },
});

export const censusFresh = rule({
  name: 'CENSUS_FRESH',
  description:
    'The census was attested within the program’s freshness contract. Past it, or when never attested, nothing is routed automatically.',
  source: null,
  about: 'MOMENT',
  isMet: (_need, candidate, { asOfMs, policy }) => {
    const minutes = censusAgeMinutes(candidate, asOfMs);
    return minutes !== null && minutes <= freshnessMinutesOf(candidate, policy);
  },
  because: (_need, candidate, { asOfMs, policy }) => {
    const minutes = censusAgeMinutes(candidate, asOfMs);
    const census = minutes === null ? 'The census was never attested' : `The census is ${figure(minutes)} min old`;
    return `${census}; the contract allows ${figure(freshnessMinutesOf(candidate, policy))} min.`;
  },
});

export const openPlace = rule({
  name: 'OPEN_PLACE',
  description: 'At least one place is free: staffed − occupied − held.',
  source: null,
  about: 'MOMENT',
  isMet: (_need, candidate) => availableIn(candidate) > 0,
  because: (_need, candidate) =>
    // Not how many are held and occupied: from that a sender would learn of an admission.
    `${String(candidate.staffed)} staffed, ${String(availableIn(candidate))} free.`,
});
