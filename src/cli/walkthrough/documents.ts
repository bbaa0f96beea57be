const refused = '... on Refused { code message field remedy details }';

const mutation = (field: string, variables: string, argumentList: string, type: string): string =>
  `mutation (${variables}) { ${field}(${argumentList}) { __typename ... on ${type} { id } ${refused} } }`;

const byInput = (field: string, input: string, type = 'Referral'): string =>
  mutation(field, `$input: ${input}!, $key: String`, 'input: $input, idempotencyKey: $key', type);

const byId = (field: string, argument: string, type = 'Referral'): string =>
  mutation(field, '$id: ID!', `${argument}: $id`, type);

/** Every command of the main job, by the name clients call it. */
export const commands = {
  submitReferral: byInput('submitReferral', 'SubmitReferralInput'),
  provideReferralInfo: byInput('provideReferralInfo', 'ProvideReferralInfoInput'),
  requestReferralInfo: byInput('requestReferralInfo', 'RequestReferralInfoInput'),
  routeReferral: byId('routeReferral', 'id'),
  recallReferral: byId('recallReferral', 'id'),
  offerReferral: byInput('offerReferral', 'OfferReferralInput'),
  requestSecondLook: byId('requestSecondLook', 'id'),
  cancelReferral: byInput('cancelReferral', 'CancelReferralInput'),
  acknowledgeOffer: byId('acknowledgeOffer', 'id', 'Offer'),
  acceptOffer: byId('acceptOffer', 'id', 'Offer'),
  declineOffer: byInput('declineOffer', 'DeclineOfferInput', 'Offer'),
  scheduleArrival: byInput('scheduleArrival', 'ScheduleArrivalInput'),
  releaseHandOff: byInput('releaseHandOff', 'ReleaseHandOffInput'),
  receiveHandOff: byInput('receiveHandOff', 'ReceiveHandOffInput'),
  recordArrival: byId('recordArrival', 'id'),
  recordNoShow: byId('recordNoShow', 'id'),
  turnPersonAway: byInput('turnPersonAway', 'TurnAwayInput'),
  admitPerson: byId('admitPerson', 'id'),
  dischargePerson: byInput('dischargePerson', 'DischargePersonInput'),
  recordConsent: byInput('recordConsent', 'RecordConsentInput'),
  recordPersonConsent: byInput('recordPersonConsent', 'RecordPersonConsentInput', 'Consent'),
  postCensus: `mutation ($input: PostCensusInput!, $key: String) {
    postCensus(input: $input, idempotencyKey: $key) { __typename ... on CensusPosted { pools { id available } } ${refused} } }`,
} as const;
export type CommandName = keyof typeof commands;

/** The whole of a referral: each role gets the part that is theirs, and null for the rest. */
export const lookAtReferral = `query ($id: ID!) {
  referral(id: $id) {
    id progress nextStep missing emergencyInstruction allowedActions
    person { id givenName familyName }
    need { age substances currentMedications }
    consents { scope }
    state outcome noShows senderWithdrewAt senderWithdrewReason
    offers { id state declineReason program { id name } }
    destination { id name }
    arrivedAt
    handOffs { state transport releasedPlace receivedPlace }
    matchRuns { eligible verdicts(first: 20) { isEligible program { id name } removedBy { rule because } } }
    unmetNeed { rules resolvedAt }
    episode { id closedAt referrals { id progress } }
  }
}`;

export const offersOfMine = `query {
  offers(first: 20, states: [PENDING, ACKNOWLEDGED]) {
    nodes { id state program { id } referral { id person { givenName familyName } need { age substances } } }
  }
}`;

export const findRoom = `query ($need: MatchNeedInput!) {
  matchPrograms(need: $need) {
    __typename
    ... on ProgramMatches {
      matches { score distanceKm censusAgeMinutes program { id name } pool { available } }
      removedByRule { rule programs } missing emergencyInstruction
    }
    ${refused}
  }
}`;

export const roomOfAgency = `query ($agencyId: ID!) {
  programs(agencyId: $agencyId, first: 20) { nodes { id bedPools { id name staffed occupied held available isFresh } } }
}`;
