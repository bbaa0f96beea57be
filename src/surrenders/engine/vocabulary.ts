export const shifts = {
  DAY: 'Day shift',
  EVENING: 'Evening shift',
  NIGHT: 'Night shift, by the day it begins on',
} as const;
export type Shift = keyof typeof shifts;

export const alertKinds = {
  NOT_COUNTERSIGNED: 'No second officer has countersigned in time',
  NOT_RECEIVED: 'A gap: released by one, and not received by another in time',
  CUSTODY_GAP: 'A gap: given away or laid out by somebody who had not received it',
  WEIGHT_DIFFERS: 'The sealed gross weight is not the one on record, beyond what scales differ by',
  SEAL_DIFFERS: 'The seal is not the one on record',
  RESULT_OVERDUE: 'There is no result: the laboratory has had it for long, or gave it back without one',
  DESTRUCTION_UNFINISHED: 'Laid out for destruction, and two witnesses have not signed in time',
  WITNESSES_DIFFER: 'The two witnesses of the destruction do not name the same method, place or day',
} as const;
export type AlertKind = keyof typeof alertKinds;

export const alertFindings = {
  EXPLAINED: 'Looked into; explained and nothing is missing',
  CORRECTED: 'Looked into; a mistake of recording, and corrected on paper',
  UNDER_INVESTIGATION: 'Handed to whoever investigates it',
} as const;
export type AlertFinding = keyof typeof alertFindings;

/** What a laboratory finds, as far as a warning of a potent batch needs it. */
export const labFindings = {
  HEROIN: 'Heroin',
  FENTANYL: 'Fentanyl',
  CARFENTANIL: 'Carfentanil',
  FENTANYL_ANALOG: 'Another analog of fentanyl',
  NITAZENE: 'A nitazene',
  XYLAZINE: 'Xylazine',
  MEDETOMIDINE: 'Medetomidine',
  COCAINE: 'Cocaine',
  METHAMPHETAMINE: 'Methamphetamine',
  PRESCRIPTION_OPIOID: 'A prescription opioid',
  BENZODIAZEPINE: 'A benzodiazepine',
  OTHER_CONTROLLED: 'Another controlled substance',
  NO_CONTROLLED_SUBSTANCE: 'No controlled substance',
} as const;
export type LabFinding = keyof typeof labFindings;

export const custodyStates = {
  OPENED: 'Taken in by one officer; a second officer has not countersigned yet',
  HELD: 'In the keeping of the agency',
  IN_TRANSIT: 'Released by one and not yet received by another',
  AT_LABORATORY: 'Received by a laboratory',
  TO_BE_DESTROYED: 'Laid out for destruction; no witness has signed yet',
  WITNESSED_ONCE: 'One witness of the destruction has signed',
  DESTROYED: 'Destroyed before two witnesses',
} as const;
export type CustodyState = keyof typeof custodyStates;

export type CustodyCommand =
  | 'countersign'
  | 'release'
  | 'receive'
  | 'receiveAtLaboratory'
  | 'recordResult'
  | 'releaseFromLaboratory'
  | 'proposeDestruction'
  | 'witnessDestruction';

/** Steps in words, for paper. */
export const custodySteps: Readonly<Record<CustodyCommand | 'open', string>> = {
  open: 'Taken in and sealed',
  countersign: 'Countersigned by a second officer',
  release: 'Released',
  receive: 'Received',
  receiveAtLaboratory: 'Received by a laboratory',
  recordResult: 'Result of the laboratory recorded',
  releaseFromLaboratory: 'Released by the laboratory, sealed anew',
  proposeDestruction: 'Laid out for destruction',
  witnessDestruction: 'Destruction witnessed',
};
