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

export const consent = (scope: 'IDENTITY_BEFORE_ACCEPTANCE' | 'OUTCOME_TO_SENDER' | 'IDENTITY_TO_COORDINATOR') => ({
  scope,
  signedAt: anHourAgo(),
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
