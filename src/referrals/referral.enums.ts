import { enumOf } from '../platform/graphql';
import { handOffMachine, type HandOffState } from './hand-off.machine';
import { offerMachine, type OfferState } from './offer.machine';
import { missingFacts, progressSteps } from './progress';
import {
  cancelReasons,
  declinedBy,
  declineReasons,
  handOffPlaces,
  orderReasons,
  outcomes,
  transports,
  turnAwayReasons,
  withdrawReasons,
} from './reasons';
import { referralMachine, type ReferralState } from './referral.machine';

const referralStates: Record<ReferralState, string> = {
  SUBMITTED: 'Taken in and being routed; never rests here',
  NEEDS_INFO: 'Facts are missing; `missing` names them',
  OFFERED: 'Before one to three programs',
  WAITLISTED: 'No program can take the person now; the unmet need says why',
  ACCEPTED: 'A place is kept until the hold ends',
  SCHEDULED: 'A place is kept until the arrival agreed on, and a grace on top',
  ARRIVED: 'The person is at the program',
  ADMITTED: 'The place is taken',
  NO_SHOW: 'The person did not come; routed once more, then closed',
  CLOSED: 'Ended with an outcome',
  CANCELLED: 'Ended before admission, with a coded reason',
  RECALLED: 'The person took the consent back',
  EXPIRED: 'Nobody answered for too long',
};
const offerStates: Record<OfferState, string> = {
  PENDING: 'Not yet seen by the program',
  ACKNOWLEDGED: 'Seen; the decision is open',
  ACCEPTED: 'The program took the referral; a place is kept',
  DECLINED: 'Said no, with a coded reason',
  EXPIRED: 'Nobody answered in time',
  WITHDRAWN: 'Taken back, with a coded reason',
};
const handOffStates: Record<HandOffState, string> = {
  RELEASED: 'The person was let go and is awaited; by nobody yet while no program has accepted',
  RECEIVED: 'The program has taken the person over',
  FILED: 'Stated when the person had come already, or was on the way; kept for the file',
  CANCELLED: 'Did not come about',
};

export const ReferralStateEnum = enumOf(
  'ReferralState',
  referralStates,
  `Where a referral stands. Starts as ${referralMachine.initial}.`,
);
export const OfferStateEnum = enumOf(
  'OfferState',
  offerStates,
  `Where an offer stands. Starts as ${offerMachine.initial}.`,
);
export const HandOffStateEnum = enumOf(
  'HandOffState',
  handOffStates,
  `Where a hand-off stands. Starts as ${handOffMachine.initial}.`,
);
export const ProgressEnum = enumOf(
  'ReferralProgress',
  progressSteps,
  'All that a sender is always told of its own referral.',
);
export const MissingFactEnum = enumOf('MissingFact', missingFacts, 'A fact that has to be asked.');
export const DeclineReasonEnum = enumOf(
  'DeclineReason',
  declineReasons,
  'Why an offer was declined. PERSON_… says that the person declined.',
);
export const DeclinedByEnum = enumOf('DeclinedBy', declinedBy, 'Who said no.');
export const WithdrawReasonEnum = enumOf('WithdrawReason', withdrawReasons, 'Why an offer was taken back.');
export const CancelReasonEnum = enumOf('CancelReason', cancelReasons, 'Why a referral was cancelled.');
export const TurnAwayReasonEnum = enumOf(
  'TurnAwayReason',
  turnAwayReasons,
  'Why a person who arrived was not admitted.',
);
export const OutcomeEnum = enumOf('ReferralOutcome', outcomes, 'How a referral ended.');
export const TransportEnum = enumOf('Transport', transports, 'How the person travels.');
export const HandOffPlaceEnum = enumOf(
  'HandOffPlace',
  handOffPlaces,
  'What kind of place a person is handed over at. Never an address.',
);
export const OrderReasonEnum = enumOf(
  'OutOfOrderReason',
  orderReasons,
  'Why somebody is put to a place before others of the same priority tier who wait for it. Kept in the audit trail.',
);
