import { enumOf } from '../../platform/graphql';
import { flagConsents, flagOpens, riskReasons } from '../engine/vocabulary';

export const RiskReasonEnum = enumOf('RiskReason', riskReasons, 'Why hospital staff flag a patient at risk.');
export const FlagConsentEnum = enumOf('FlagConsent', flagConsents, 'What the patient said to being flagged.');
export const FlagOpensEnum = enumOf('FlagOpens', flagOpens, 'What a flag opens.');
