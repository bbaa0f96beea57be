import { enumOf } from '../platform/graphql';
import { agreements } from './linkage/engine/register/agreement';
import { linkDeciders, linkSteps } from './link-words';
import { matchStrengths } from './match-strength';
import { personLinkStates } from './person-link.machine';

export const PersonLinkStateEnum = enumOf('PersonLinkState', personLinkStates, 'What a pair of records is taken for.');
export const MatchStrengthEnum = enumOf(
  'MatchStrength',
  matchStrengths,
  'How likely two descriptions are of one person.',
);
export const AgreementEnum = enumOf('FieldAgreement', agreements, 'How far two records agree in one thing.');
export const LinkDeciderEnum = enumOf('PersonLinkDecider', linkDeciders, 'Who decided about a pair of records.');
export const LinkStepEnum = enumOf('PersonLinkStep', linkSteps, 'What was done with a pair of records.');
