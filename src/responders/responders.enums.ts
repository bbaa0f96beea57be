import { enumOf } from '../platform/graphql';
import {
  countReasons,
  declineReasons,
  discardReasons,
  exposedKinds,
  exposureOutcomes,
  exposureRoutes,
  exposureSubstances,
  exposureSymptoms,
  movementKinds,
  naloxoneProducts,
  naloxoneUses,
  protections,
  warningKinds,
} from './engine/vocabulary';
import { exposureStates } from './exposure.machine';
import { restockStates } from './restock.machine';

export const ExposureStateEnum = enumOf('ExposureState', exposureStates, 'How far the report of an exposure is.');
export const ExposedKindEnum = enumOf('ExposedKind', exposedKinds, 'Who was exposed.');
export const ExposureSubstanceEnum = enumOf(
  'ExposureSubstance',
  exposureSubstances,
  'What a responder thinks they were exposed to.',
);
export const ExposureRouteEnum = enumOf('ExposureRoute', exposureRoutes, 'How it reached them.');
export const ExposureSymptomEnum = enumOf('ExposureSymptom', exposureSymptoms, 'What they noticed.');
export const ProtectionEnum = enumOf('Protection', protections, 'What they wore.');
export const ExposureOutcomeEnum = enumOf(
  'ExposureOutcome',
  exposureOutcomes,
  'How the responder is, when asked again.',
);
export const NaloxoneProductEnum = enumOf('NaloxoneProduct', naloxoneProducts, 'Make and strength of one dose.');
export const MovementKindEnum = enumOf('NaloxoneMovementKind', movementKinds, 'What became of doses.');
export const NaloxoneUseEnum = enumOf('NaloxoneUse', naloxoneUses, 'What doses were used for.');
export const DiscardReasonEnum = enumOf('NaloxoneDiscardReason', discardReasons, 'Why doses were thrown away.');
export const CountReasonEnum = enumOf('NaloxoneCountReason', countReasons, 'Why a lot has another count.');
export const StockWarningKindEnum = enumOf(
  'StockWarningKind',
  warningKinds,
  'What of its stock an agency is warned of.',
);
export const RestockStateEnum = enumOf('RestockState', restockStates, 'How far a request for naloxone is.');
export const RestockDeclineReasonEnum = enumOf('RestockDeclineReason', declineReasons, 'Why none is sent.');
