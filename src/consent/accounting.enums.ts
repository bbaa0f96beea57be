import { purposes } from '../access';
import { enumOf } from '../platform/graphql';
import { disclosureBases } from './engine/accounting';
import { legalDecisions, legalIssuers, legalRequestKinds } from './engine/legal-requests';

export const accountingSources = {
  OWN_AGENCY: 'What your agency disclosed (42 CFR 2.25, 45 CFR 164.528).',
  INTERMEDIARY:
    'What was disclosed through Handrail, whichever agency’s words it was: the operator answers (42 CFR 2.24).',
} as const;
export type AccountingSource = keyof typeof accountingSources;
export const AccountingSourceEnum = enumOf(
  'AccountingSource',
  accountingSources,
  'Whose disclosures the person asks for.',
);

export const accountingStates = {
  OPEN: 'Not answered yet.',
  OVERDUE: 'Not answered, and its time is over.',
  ANSWERED: 'Answered.',
} as const;
export type AccountingState = keyof typeof accountingStates;
export const AccountingStateEnum = enumOf('AccountingState', accountingStates, 'How far the answer to a person is.');

export const DisclosureBasisEnum = enumOf('DisclosureBasis', disclosureBases, 'On what a disclosure rested.');
export const PurposeEnum = enumOf('Purpose', purposes, 'Why somebody looks.');

export const LegalRequestKindEnum = enumOf('LegalRequestKind', legalRequestKinds, 'What came by way of law.');
export const LegalIssuerEnum = enumOf('LegalIssuer', legalIssuers, 'Who issued it: a sort, no name.');
export const LegalDecisionEnum = enumOf('LegalDecision', legalDecisions, 'What the privacy officer decided.');
