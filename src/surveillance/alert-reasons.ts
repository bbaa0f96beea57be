/** Why a human ends an alert that the counts have not ended. */
export const dismissReasons = {
  DUPLICATE_REPORTS: 'The same overdoses were reported more than once',
  DATA_ERROR: 'Reports with wrong times or places',
  KNOWN_CAUSE: 'Something else explains it, for example an agency that has begun to report',
  EXERCISE: 'An exercise',
} as const;
export type DismissReason = keyof typeof dismissReasons;

/** What was found in a batch. A laboratory names it; the field suspects it. */
export const batchContents = {
  FENTANYL: 'Fentanyl',
  CARFENTANIL: 'Carfentanil',
  FENTANYL_ANALOGUE: 'Another fentanyl analogue',
  NITAZENE: 'A nitazene',
  XYLAZINE: 'Xylazine: naloxone does not reverse its part',
  MEDETOMIDINE: 'Medetomidine: naloxone does not reverse its part',
  BENZODIAZEPINE: 'A benzodiazepine: naloxone does not reverse its part',
  HEROIN: 'Heroin',
  METHAMPHETAMINE: 'Methamphetamine',
  COCAINE: 'Cocaine',
  OTHER: 'Another substance',
  NOT_KNOWN: 'Not known: stronger than usual',
} as const;
export type BatchContent = keyof typeof batchContents;

export const batchForms = {
  POWDER: 'Powder',
  PRESSED_TABLET: 'Pressed tablet that looks like a medicine',
  ROCK: 'Rock',
  LIQUID: 'Liquid',
  VAPE: 'For vaping',
} as const;
export type BatchForm = keyof typeof batchForms;

export const soldAs = {
  HEROIN: 'Heroin',
  FENTANYL: 'Fentanyl',
  COCAINE: 'Cocaine',
  METHAMPHETAMINE: 'Methamphetamine',
  OXYCODONE: 'Oxycodone',
  ALPRAZOLAM: 'Alprazolam or another sedative',
  OTHER_MEDICINE: 'Another medicine',
} as const;
export type SoldAs = keyof typeof soldAs;

export const batchBases = {
  LABORATORY: 'A laboratory found it',
  FIELD: 'Reported from the field, not yet analysed',
} as const;
export type BatchBasis = keyof typeof batchBases;
