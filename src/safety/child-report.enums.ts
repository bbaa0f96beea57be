import { enumOf } from '../platform/graphql';
import { caregiverStates } from './caregiver.machine';
import { childReportStates } from './child-report.machine';
import {
  caregiverChecks,
  checkResults,
  childAttentions,
  childConcerns,
  childOutcomes,
  relationships,
} from './engine/vocabulary';

export const ChildReportStateEnum = enumOf('ChildReportState', childReportStates, 'How far a report of a child is.');
export const ChildConcernEnum = enumOf('ChildConcern', childConcerns, 'Why a child is reported.');
export const ChildOutcomeEnum = enumOf('ChildOutcome', childOutcomes, 'What came of a report of a child.');
export const ChildAttentionEnum = enumOf('ChildAttention', childAttentions, 'What child services have to see to now.');
export const RelationshipEnum = enumOf('CaregiverRelationship', relationships, 'What a caregiver is to the child.');
export const CaregiverStateEnum = enumOf('CaregiverState', caregiverStates, 'How far the vetting of a caregiver is.');
export const CaregiverCheckEnum = enumOf(
  'CaregiverCheck',
  caregiverChecks,
  'What is looked at before a child goes to somebody.',
);
export const CheckResultEnum = enumOf('CaregiverCheckResult', checkResults, 'What a check showed.');
