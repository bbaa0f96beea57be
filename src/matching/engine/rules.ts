import { levelOfCare, medicationAccess, medicationContinuity, services, substancesTreated } from './rules/care';
import {
  accessibility,
  age,
  children,
  language,
  lastingDecline,
  payer,
  pregnancy,
  referralSource,
  servesOnly,
  sex,
} from './rules/person';
import { censusFresh, distance, openNow, openPlace } from './rules/room';

/** Every hard rule, in the order in which they are told. All must be met; no score outweighs one. */
export const rules = [
  age,
  sex,
  pregnancy,
  children,
  servesOnly,
  payer,
  levelOfCare,
  services,
  substancesTreated,
  language,
  accessibility,
  distance,
  openNow,
  referralSource,
  medicationContinuity,
  medicationAccess,
  lastingDecline,
  censusFresh,
  openPlace,
] as const;

export type RuleName = (typeof rules)[number]['name'];
export type HardRule = (typeof rules)[number];

export const ruleNames: readonly RuleName[] = rules.map(({ name }) => name);
