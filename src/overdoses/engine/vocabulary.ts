/** Who gave naloxone. */
export const naloxoneGivers = {
  LAW_ENFORCEMENT: 'Police or sheriff’s deputies',
  EMS: 'Ambulance or fire service',
  HOSPITAL: 'Hospital staff',
  OUTREACH: 'An outreach team',
  BYSTANDER: 'A relative, a friend, a passer-by, or somebody who uses with them',
  SCHOOL: 'School staff',
  OTHER: 'Somebody else, or not known who',
} as const;
export type NaloxoneGiver = keyof typeof naloxoneGivers;

/** What the overdose is thought to come from. A suspicion at the scene, no finding of a laboratory. */
export const suspectedSubstances = {
  FENTANYL: 'Fentanyl or another synthetic opioid',
  CARFENTANIL: 'Carfentanil',
  HEROIN: 'Heroin',
  PRESCRIPTION_OPIOID: 'A prescribed opioid, for example oxycodone',
  METHADONE: 'Methadone',
  BUPRENORPHINE: 'Buprenorphine',
  COCAINE: 'Cocaine or crack',
  METHAMPHETAMINE: 'Methamphetamine or another stimulant',
  BENZODIAZEPINE: 'A benzodiazepine or another sedative',
  ALCOHOL: 'Alcohol',
  CANNABIS: 'Cannabis, synthetic or not',
  OTHER: 'Another substance',
  UNKNOWN: 'Not known',
} as const;
export type SuspectedSubstance = keyof typeof suspectedSubstances;

/** What became of the person at the scene. */
export const transports = {
  TRANSPORTED: 'Taken to a hospital or to treatment',
  REFUSED: 'Did not want to be taken',
  NOT_OFFERED: 'Stayed, and was not asked or did not need to be taken',
  LEFT_BEFORE: 'Was gone before help came, or left',
  DIED_AT_SCENE: 'Died where they were found',
} as const;
export type Transport = keyof typeof transports;

export const correctionReasons = {
  LATE_FACT: 'Something was learnt afterwards',
  MISTAKE: 'Something was written down wrongly',
} as const;
export type CorrectionReason = keyof typeof correctionReasons;

export const retractionReasons = {
  NOT_AN_OVERDOSE: 'It was no overdose',
  DUPLICATE: 'Your agency has reported it before',
  WRONG_PERSON: 'It was another person; report again with the right one',
  ENTERED_IN_ERROR: 'It was never meant to be sent',
} as const;
export type RetractionReason = keyof typeof retractionReasons;

/** Why a report says what it says from a revision on. */
export type RevisionReason = 'REPORTED' | CorrectionReason | 'RETRACTED' | 'SOURCE_CHANGED';

/** Doses of one giver; null: given, and not counted. */
export interface Doses {
  readonly by: NaloxoneGiver;
  readonly count: number | null;
}
