import { generateNeeds } from '../evaluation/needs';
import { counties } from '../../src/agencies/counties';
import type { Need } from '../../src/matching/engine/need';

/** What the clients ask for, over and over: needs of every kind across four states. */
const SEED = 20_261_102;
const ASKED = 64;
export const BEST = 10;

const everyNeed = generateNeeds(counties(), SEED).map(({ need }) => need);

/** Spread over profiles and states. */
export const needs: readonly Need[] = Array.from(
  { length: ASKED },
  (_, index) => everyNeed[(index * 37) % everyNeed.length] as Need,
);

export const matchDocument = `query Match($need: MatchNeedInput!, $first: Int!) {
  matchPrograms(need: $need, first: $first) {
    ... on ProgramMatches {
      asOf
      policyVersion
      matches {
        score
        distanceKm
        censusAgeMinutes
        terms { name value weight because }
        program { id name phone acceptanceMode }
        pool { id name levelOfCare available }
      }
    }
    ... on Refused { code message }
  }
}`;

/** The same need, in the words of the API. */
export const matchVariables = ({ age, ...need }: Need): object => ({ need: { ...need, ageYears: age }, first: BEST });

export const acceptDocument = `mutation Accept($id: ID!) {
  acceptOffer(id: $id) {
    ... on Offer { id state rank acknowledgedAt endedAt }
    ... on Refused { code message }
  }
}`;

/** The same needs as an officer refers them. */
export const referredNeeds: readonly Need[] = needs.map((need) => ({ ...need, pathway: 'FIRST_RESPONDER_REFERRAL' }));

/** An officer hears that the referral was taken (`acknowledgedAt`), and no more. */
export const submitDocument = `mutation Submit($input: SubmitReferralInput!) {
  submitReferral(input: $input) {
    ... on Referral { id progress submittedAt acknowledgedAt }
    ... on Refused { code message }
  }
}`;

export const submitVariables = ({ pathway, age, sex, ...need }: Need): object => ({
  input: { pathway, person: { ageYears: age, sex }, need },
});
/** Only a referral that a program has taken is acknowledged in the answer to its submission. */
export const PLACED_AT_ONCE = '"acknowledgedAt":"';
