export const exposedKinds = { RESPONDER: 'The responder', K9: 'Their dog' } as const;
export type ExposedKind = keyof typeof exposedKinds;

/** What a responder thinks it was; a laboratory may know better later. */
export const exposureSubstances = {
  FENTANYL: 'Fentanyl or an analog',
  CARFENTANIL: 'Carfentanil',
  NITAZENE: 'A nitazene',
  XYLAZINE: 'Xylazine or medetomidine',
  HEROIN: 'Heroin',
  STIMULANT: 'Cocaine, methamphetamine or another stimulant',
  BLOOD: 'Blood or another body fluid',
  UNKNOWN_POWDER: 'A powder that nobody knew',
  UNKNOWN: 'Not known',
} as const;
export type ExposureSubstance = keyof typeof exposureSubstances;

export const exposureRoutes = {
  SKIN: 'On the skin',
  INHALED: 'Breathed in',
  EYES_OR_MOUTH: 'Eyes, nose or mouth',
  NEEDLESTICK: 'A needle or another sharp thing',
  SWALLOWED: 'Swallowed',
  UNKNOWN: 'Not known',
} as const;
export type ExposureRoute = keyof typeof exposureRoutes;

export const exposureSymptoms = {
  DIZZINESS: 'Dizziness',
  NAUSEA: 'Nausea',
  DROWSINESS: 'Drowsiness',
  SLOW_BREATHING: 'Slow or shallow breathing',
  UNCONSCIOUSNESS: 'Unconscious',
  FAST_HEART: 'Fast heart',
  ANXIETY: 'Anxiety',
  SKIN_OR_EYES: 'Skin or eyes irritated',
  OTHER: 'Another symptom',
} as const;
export type ExposureSymptom = keyof typeof exposureSymptoms;

export const protections = {
  GLOVES: 'Gloves',
  RESPIRATOR: 'A respirator',
  EYE_PROTECTION: 'Goggles or a face shield',
  SLEEVES: 'Sleeves or a suit',
} as const;
export type Protection = keyof typeof protections;

export const exposureOutcomes = {
  RECOVERED: 'Well again, and no time lost',
  LOST_TIME: 'Well again, after time away from work',
  LASTING_HARM: 'Not well, or with lasting harm',
  NOT_REACHED: 'Asked, and not reached',
} as const;
export type ExposureOutcome = keyof typeof exposureOutcomes;

export const naloxoneProducts = {
  NASAL_3_MG: 'Nasal spray, 3 mg',
  NASAL_4_MG: 'Nasal spray, 4 mg',
  NASAL_8_MG: 'Nasal spray, 8 mg',
  INJECTION_0_4_MG: 'For injection, 0.4 mg',
  INJECTION_1_MG: 'For injection, 1 mg',
  INJECTION_5_MG: 'For injection, 5 mg',
} as const;
export type NaloxoneProduct = keyof typeof naloxoneProducts;

export const movementKinds = {
  RECEIVED: 'Came in',
  USED: 'Given or left',
  DISCARDED: 'Thrown away',
  COUNTED: 'Counted, and found to be more or fewer',
  SENT: 'Sent to another agency',
} as const;
export type MovementKind = keyof typeof movementKinds;

export const naloxoneUses = {
  REVERSAL: 'Given to somebody who overdosed',
  RESPONDER: 'Given to a responder',
  K9: 'Given to a dog of the agency',
  LEAVE_BEHIND: 'Left with somebody who may need it',
  TRAINING: 'Used for training',
} as const;
export type NaloxoneUse = keyof typeof naloxoneUses;

export const discardReasons = {
  EXPIRED: 'Past its date',
  DAMAGED: 'Damaged, or kept too hot or too cold',
  RECALLED: 'Recalled by its maker',
  LOST: 'Lost or stolen',
} as const;
export type DiscardReason = keyof typeof discardReasons;

export const countReasons = { STOCK_TAKING: 'Counted', MISTAKE: 'An entry was wrong' } as const;
export type CountReason = keyof typeof countReasons;

export const warningKinds = {
  LOW: 'Fewer doses than the agency wants to have',
  LOW_IN_SPIKE: 'Fewer doses than the agency wants to have while a spike of overdoses is open',
  EXPIRING: 'Doses run out of their date soon',
  EXPIRED: 'Doses are past their date and still on hand',
} as const;
export type StockWarningKind = keyof typeof warningKinds;

export const declineReasons = {
  NONE_TO_SPARE: 'None to spare',
  ASK_ELSEWHERE: 'Another agency supplies this one',
  NOT_A_SUPPLIER: 'Supplies nobody',
} as const;
export type RestockDeclineReason = keyof typeof declineReasons;
