import { enumOf } from '../platform/graphql';
import { emergencyGrounds, emergencyNatures, reviewFindings } from './engine/emergency';

export const EmergencyNatureEnum = enumOf(
  'EmergencyNature',
  emergencyNatures,
  'The nature of a medical emergency, 42 CFR 2.51(c).',
);
export const EmergencyGroundEnum = enumOf(
  'EmergencyGround',
  emergencyGrounds,
  'What medical personnel attest to when they open a record without consent, 42 CFR 2.51(a)(1).',
);
export const ReviewFindingEnum = enumOf(
  'ReviewFinding',
  reviewFindings,
  'What a privacy officer found about a record opened in an emergency.',
);

export const reviewStates = {
  WAITING: 'Nobody has looked at it yet.',
  OVERDUE: 'Nobody has looked at it, and the time for that is over.',
  REVIEWED: 'A finding is on file; NEEDS_FOLLOW_UP is one.',
} as const;
export type ReviewState = keyof typeof reviewStates;
export const ReviewStateEnum = enumOf('ReviewState', reviewStates, 'How far the review of an emergency is.');
