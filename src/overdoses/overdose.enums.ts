import { enumOf } from '../platform/graphql';
import {
  correctionReasons,
  naloxoneGivers,
  retractionReasons,
  suspectedSubstances,
  transports,
} from './engine/vocabulary';

import { overdoseSignals } from './engine/person-risk';
import { overdoseWarnings } from './report-warnings';

export const OverdoseSignalEnum = enumOf('OverdoseSignal', overdoseSignals, 'What overdoses on file say about danger.');
export const OverdoseWarningEnum = enumOf(
  'OverdoseWarning',
  overdoseWarnings,
  'What may be a slip in a report that stands all the same.',
);
export const NaloxoneGiverEnum = enumOf('NaloxoneGiver', naloxoneGivers, 'Who gave naloxone.');
export const SuspectedSubstanceEnum = enumOf(
  'SuspectedSubstance',
  suspectedSubstances,
  'What an overdose is thought to come from: a suspicion at the scene, no finding of a laboratory.',
);
export const TransportEnum = enumOf('OverdoseTransport', transports, 'What became of the person at the scene.');
export const CorrectionReasonEnum = enumOf('CorrectionReason', correctionReasons, 'Why a report is corrected.');
export const RetractionReasonEnum = enumOf('RetractionReason', retractionReasons, 'Why a report is taken back.');
