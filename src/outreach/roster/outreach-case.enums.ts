import { enumOf } from '../../platform/graphql';
import {
  addressBases,
  caseKinds,
  closeReasons,
  dueReasons,
  endReasons,
  holdReasons,
  outreachCaseStates,
  visitChannels,
  visitResults,
  visitServices,
} from '../engine/vocabulary';

export const OutreachCaseKindEnum = enumOf('OutreachCaseKind', caseKinds, 'What an outreach case is about.');
export const OutreachCaseStateEnum = enumOf('OutreachCaseState', outreachCaseStates, 'How far an outreach case is.');
export const VisitChannelEnum = enumOf('VisitChannel', visitChannels, 'How somebody tried to reach the person.');
export const VisitResultEnum = enumOf('VisitResult', visitResults, 'What came of an attempt.');
export const VisitServiceEnum = enumOf('VisitService', visitServices, 'What was delivered at a visit.');
export const OutreachCloseReasonEnum = enumOf(
  'OutreachCloseReason',
  closeReasons,
  'Why a team ends a case in which nobody was reached.',
);
export const OutreachEndReasonEnum = enumOf(
  'OutreachEndReason',
  endReasons,
  'Why a case ended without contact: said by the team, or by Handrail.',
);
export const OutreachDueReasonEnum = enumOf(
  'OutreachDueReason',
  dueReasons,
  'Why somebody is to be visited although a case of theirs was answered, or had ended.',
);
export const AddressBasisEnum = enumOf('AddressBasis', addressBases, 'What an address of the roster is.');
export const OutreachHoldReasonEnum = enumOf(
  'OutreachHoldReason',
  holdReasons,
  'Why nobody may go although a case is open.',
);
