import type { Dice } from '../dice';
import { isBy } from '../dice';
import type { WorldPerson, World } from '../world/world';

const REFUSED = '... on Refused { code message details }';
const HOUR_MS = 3_600_000;

const byInput = (field: string, input: string, answer = 'Referral'): string =>
  `mutation ($input: ${input}!, $key: String) {
    ${field}(input: $input, idempotencyKey: $key) { __typename ... on ${answer} { id } ${REFUSED} } }`;

const byId = (field: string, argument = 'id', answer = 'Referral'): string =>
  `mutation ($id: ID!, $key: String) {
    ${field}(${argument}: $id, idempotencyKey: $key) { __typename ... on ${answer} { id } ${REFUSED} } }`;

/** What is known where a command is composed. */
export interface Situation {
  readonly dice: Dice;
  readonly person: WorldPerson;
  readonly world: World;
  /** The referral or offer it is about; for a census the pool. */
  readonly subjectId: string;
}

export interface CommandPlan {
  readonly document: string;
  readonly variables: (situation: Situation) => Readonly<Record<string, unknown>>;
  /** Pushed through the door of a partner system, as news of this type, and not asked for. */
  readonly push?: string;
}

const ofInput = (document: string, input: (situation: Situation) => object): CommandPlan => ({
  document,
  variables: (situation) => ({ input: input(situation) }),
});
const ofId = (document: string): CommandPlan => ({ document, variables: ({ subjectId }) => ({ id: subjectId }) });

const soon = (): string => new Date(Date.now() + HOUR_MS).toISOString();

const person = (dice: Dice) => ({
  givenName: 'Torture',
  familyName: `Case-${dice.between(100_000, 999_999)}`,
  ageYears: dice.between(20, 60),
  sex: dice.oneOf(['FEMALE', 'MALE']),
});

const consent = (scope: string, textVersion: string) => ({
  scope,
  textVersion,
  signedAt: new Date(Date.now() - HOUR_MS).toISOString(),
  signedBy: 'PERSON',
  signatureMethod: 'ON_SCREEN',
});

/** Whom federal law puts first is among those who come. */
const priority = (dice: Dice, { sex }: { readonly sex: string }) => ({
  pregnant: sex === 'FEMALE' && isBy(dice, 0.3),
  injects: isBy(dice, 0.3),
});

const submission = ({ dice }: Situation, who = person(dice)) => ({
  pathway: 'FIRST_RESPONDER_REFERRAL',
  person: who,
  consents: [
    ...(isBy(dice, 0.5) ? [consent('OUTCOME_TO_SENDER', 'outcome-to-sender/1/en')] : []),
    ...(isBy(dice, 0.7) ? [consent('IDENTITY_TO_COORDINATOR', 'coordination/1/en')] : []),
  ],
  need: {
    substances: ['OPIOIDS'],
    currentMedications: [],
    ...priority(dice, who),
    lastUse: isBy(dice, 0.9) ? 'WITHIN_30_DAYS' : null,
    latitude: 39.33,
    longitude: -82.98,
  },
});

const counted = ({ dice, subjectId }: Situation) => {
  const staffed = dice.between(2, 7);
  return { source: 'STAFF', pools: [{ poolId: subjectId, staffed, occupied: dice.between(0, staffed) }] };
};

/** Every command that people give in a run, by the name clients call it: one more is one more row. */
export const commands: Readonly<Record<string, CommandPlan>> = {
  submitReferral: ofInput(byInput('submitReferral', 'SubmitReferralInput'), submission),
  provideReferralInfo: ofInput(byInput('provideReferralInfo', 'ProvideReferralInfoInput'), ({ subjectId }) => ({
    referralId: subjectId,
    facts: { lastUse: 'WITHIN_30_DAYS' },
    isMedicallyCleared: true,
  })),
  cancelReferral: ofInput(byInput('cancelReferral', 'CancelReferralInput'), ({ subjectId, dice }) => ({
    referralId: subjectId,
    reason: dice.oneOf(['PLACED_ELSEWHERE', 'PERSON_NOT_REACHABLE', 'HOSPITALIZED']),
  })),
  recallReferral: ofId(byId('recallReferral')),
  routeReferral: ofId(byId('routeReferral')),
  offerReferral: ofInput(byInput('offerReferral', 'OfferReferralInput'), ({ subjectId, dice, world }) => ({
    referralId: subjectId,
    programId: dice.oneOf(world.programIds),
  })),
  releaseHandOff: ofInput(byInput('releaseHandOff', 'ReleaseHandOffInput'), ({ subjectId, dice }) => ({
    referralId: subjectId,
    place: 'SCENE',
    transport: dice.oneOf(['FAMILY', 'PROVIDER', 'OFFICER']),
  })),
  requestSecondLook: ofId(byId('requestSecondLook')),
  acknowledgeOffer: ofId(byId('acknowledgeOffer', 'id', 'Offer')),
  acceptOffer: ofId(byId('acceptOffer', 'id', 'Offer')),
  declineOffer: ofInput(byInput('declineOffer', 'DeclineOfferInput', 'Offer'), ({ subjectId, dice }) => ({
    offerId: subjectId,
    reason: dice.oneOf(['OTHER_TEMPORARY', 'OTHER_TEMPORARY', 'CANNOT_REACH_REFERRER', 'SAFETY_HISTORY']),
  })),
  scheduleArrival: ofInput(byInput('scheduleArrival', 'ScheduleArrivalInput'), ({ subjectId }) => ({
    referralId: subjectId,
    arrivalAt: soon(),
  })),
  receiveHandOff: ofInput(byInput('receiveHandOff', 'ReceiveHandOffInput'), ({ subjectId }) => ({
    referralId: subjectId,
  })),
  recordArrival: ofId(byId('recordArrival')),
  recordNoShow: ofId(byId('recordNoShow')),
  admitPerson: ofId(byId('admitPerson')),
  turnPersonAway: ofInput(byInput('turnPersonAway', 'TurnAwayInput'), ({ subjectId, dice }) => ({
    referralId: subjectId,
    reason: dice.oneOf(['NO_PLACE', 'PERSON_LEFT', 'MEDICALLY_UNSTABLE']),
  })),
  dischargePerson: ofInput(byInput('dischargePerson', 'DischargePersonInput'), ({ subjectId, dice }) => ({
    referralId: subjectId,
    outcome: dice.oneOf(['COMPLETED', 'LEFT_AGAINST_ADVICE', 'HOSPITALIZED']),
  })),
  postCensus: ofInput(
    `mutation ($input: PostCensusInput!, $key: String) {
      postCensus(input: $input, idempotencyKey: $key) { __typename ... on CensusPosted { pools { id } } ${REFUSED} } }`,
    counted,
  ),
  pushCensus: {
    document: '',
    variables: (situation) => ({ input: { ...counted(situation), source: 'SYSTEM' } }),
    push: 'census.posted',
  },
};

/** What somebody looks at before they choose: what may be done is the API’s own word. */
export const WORK_AT_HAND = `query {
  referrals(first: 12) { nodes { id state allowedActions offers { id state allowedActions } } }
}`;
export const OPEN_OFFERS = `query {
  offers(first: 12, states: [PENDING, ACKNOWLEDGED]) { nodes { id state allowedActions } }
}`;
