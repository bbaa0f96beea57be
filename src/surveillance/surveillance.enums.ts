import { enumOf } from '../platform/graphql';
import { alertActionMachine, type AlertActionState } from './alert-action.machine';
import { batchBases, batchContents, batchForms, dismissReasons, soldAs } from './alert-reasons';
import { alertActions } from './engine/action-list';
import { renewals } from './engine/dismissal';
import { neighbourChoices } from './engine/neighbour-choice';
import { noteCodes, reasonCodes } from './engine/verdict';
import { spikeAlertMachine, type SpikeAlertState } from './spike-alert.machine';
import { warningLanguages } from './warning-texts';

const alertStates: Record<SpikeAlertState, string> = {
  OPEN: 'More than the county’s own year explains, or not yet quiet again',
  QUIET: 'The counts have been back at their expectation for two days',
  DISMISSED: 'Ended by a human, with a reason',
  WITHDRAWN: 'The reports it rested on were taken back',
};
const actionStates: Record<AlertActionState, string> = {
  ASKED: 'Nobody has taken it yet',
  TAKEN: 'The agency is at it',
  DONE: 'Done',
  NOT_NEEDED: 'The agency says that there is nothing to do',
};

export const SpikeAlertStateEnum = enumOf(
  'SpikeAlertState',
  alertStates,
  `Where an alert stands. Starts as ${spikeAlertMachine.initial}.`,
);
export const AlertActionStateEnum = enumOf(
  'AlertActionState',
  actionStates,
  `Where an action stands. Starts as ${alertActionMachine.initial}.`,
);
export const AlertActionKindEnum = enumOf('AlertActionKind', alertActions, 'What an agency is asked to do.');
export const DismissReasonEnum = enumOf('DismissReason', dismissReasons, 'Why a human ends an alert.');
export const SpikeRenewalEnum = enumOf(
  'SpikeRenewal',
  renewals,
  'Why an alert opens soon after another was dismissed.',
);
export const NeighbourChoiceEnum = enumOf(
  'NeighbourChoice',
  neighbourChoices,
  'What an agency hears of counties next to its own.',
);
export const SpikeReasonEnum = enumOf('SpikeReason', reasonCodes, 'Why the verdict is what it is.');
export const SpikeNoteEnum = enumOf('SpikeNote', noteCodes, 'What to bear in mind when reading the verdict.');
export const BatchContentEnum = enumOf('BatchContent', batchContents, 'What is in a batch.');
export const BatchFormEnum = enumOf('BatchForm', batchForms, 'What a batch looks like.');
export const SoldAsEnum = enumOf('SoldAs', soldAs, 'What a batch is sold as.');
export const BatchBasisEnum = enumOf('BatchBasis', batchBases, 'How it is known.');
export const WarningLanguageEnum = enumOf('WarningLanguage', warningLanguages, 'Language of a public text.');
