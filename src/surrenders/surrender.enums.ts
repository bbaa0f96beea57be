import { enumOf } from '../platform/graphql';
import { custodyStates } from './custody.machine';
import { alertFindings, alertKinds, labFindings, shifts } from './engine/vocabulary';

export const CustodyStateEnum = enumOf('CustodyState', custodyStates, 'Where something that was handed in is.');
export const ShiftEnum = enumOf('Shift', shifts, 'A third of a day, by the hour of the place.');
export const CustodyAlertKindEnum = enumOf(
  'CustodyAlertKind',
  alertKinds,
  'What in a chain of custody has to be looked into.',
);
export const CustodyAlertFindingEnum = enumOf('CustodyAlertFinding', alertFindings, 'What came of looking into it.');
export const LaboratoryFindingEnum = enumOf('LaboratoryFinding', labFindings, 'What a laboratory found.');
