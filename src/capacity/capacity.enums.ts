import { enumOf } from '../platform/graphql';

export const acceptanceModes = {
  INSTANT: 'A referral that matches gets its place at once, without anybody asked.',
  REVIEW: 'Intake staff decide on each offer; acceptance makes the hold.',
} as const;
export type AcceptanceMode = keyof typeof acceptanceModes;
export const AcceptanceModeEnum = enumOf('AcceptanceMode', acceptanceModes, 'How a program takes referrals.');

export const servesOnlyGroups = {
  VETERANS: 'People who have served in the armed forces, as at the centers of Veterans Affairs.',
} as const;
export type ServesOnly = keyof typeof servesOnlyGroups;
export const ServesOnlyEnum = enumOf(
  'ServesOnly',
  servesOnlyGroups,
  'People a program serves to the exclusion of all others.',
);

export const censusSources = {
  STAFF: 'Counted and entered by intake staff',
  SYSTEM: 'Sent by the provider’s own bed-management or records system',
  TELEPHONE: 'Told by telephone and entered by a colleague',
} as const;
export type CensusSource = keyof typeof censusSources;
export const CensusSourceEnum = enumOf('CensusSource', censusSources, 'Where a census comes from.');

export const holdStates = {
  ACTIVE: 'The place is kept.',
  CONVERTED: 'The person was admitted: the place is occupied.',
  RELEASED: 'The place was given free before its end.',
  EXPIRED: 'The end passed and the place was given free.',
} as const;
export type HoldState = keyof typeof holdStates;
export const HoldStateEnum = enumOf('HoldState', holdStates, 'Where a hold stands.');
