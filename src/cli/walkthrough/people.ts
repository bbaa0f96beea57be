import { randomInt } from 'node:crypto';

const HOUR_MS = 3_600_000;

/** Somebody new on every run: the walkthrough can be repeated without finding its own people again. */
export const somebody = (sex: 'FEMALE' | 'MALE' = 'MALE') => ({
  givenName: 'Sample',
  familyName: `Person-${String(randomInt(100_000, 999_999))}`,
  ageYears: randomInt(22, 60),
  sex,
});

export const anHourAgo = (): string => new Date(Date.now() - HOUR_MS).toISOString();
export const inAnHour = (): string => new Date(Date.now() + HOUR_MS).toISOString();

/** The texts that people are shown before they sign. */
const texts = {
  IDENTITY_BEFORE_ACCEPTANCE: 'identity-before-acceptance/1/en',
  OUTCOME_TO_SENDER: 'outcome-to-sender/1/en',
  IDENTITY_TO_COORDINATOR: 'coordination/1/en',
  TREATMENT_PAYMENT_OPERATIONS: 'treatment/1/en',
} as const;

/** A consent signed on the screen of a phone an hour ago. */
export const consent = (scope: keyof typeof texts) => ({
  scope,
  textVersion: texts[scope],
  signedAt: anHourAgo(),
  signedBy: 'PERSON',
  signatureMethod: 'ON_SCREEN',
});

/** Opioids and alcohol today, in Chillicothe: only the withdrawal program will do, and it takes people at once. */
export const needsDetox = {
  substances: ['OPIOIDS', 'ALCOHOL'],
  lastUse: 'WITHIN_24_HOURS',
  currentMedications: [],
  payer: 'MEDICAID',
  countyFips: '39141',
};

/** A man near Waverly who wants residential treatment; the withdrawal program would do as well. */
export const wantsResidential = (preferredProgramId: string) => ({
  substances: ['OPIOIDS'],
  lastUse: 'WITHIN_30_DAYS',
  currentMedications: ['BUPRENORPHINE'],
  payer: 'MEDICAID',
  latitude: 39.1267,
  longitude: -82.9855,
  levelsOfCare: ['ASAM_3_5', 'ASAM_3_7'],
  preferredProgramIds: [preferredProgramId],
});
