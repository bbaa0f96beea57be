import type { MatchPolicy } from './policy';
import { defaultDangerRows } from './policy/danger-rows';
import { defaultFitRows } from './policy/fit-rows';
import { defaultLevelRows, defaultMedicationRows, defaultServiceRows } from './policy/screen-rows';

/**
 * The shipped figures. `priorAnswerRate` and `priorAnswerMinutes` restate the best published acknowledgement rate of a
 * state bed registry (65 % within 30 minutes). The other figures of the score are starting points to be set from an
 * installation's own stored runs, not findings.
 */
export const defaultPolicy: MatchPolicy = {
  version: 'default-2',
  levelRows: defaultLevelRows,
  serviceRows: defaultServiceRows,
  medicationRows: defaultMedicationRows,
  fitRows: defaultFitRows,
  dangerRows: defaultDangerRows,
  overnightLevels: ['ASAM_3_1', 'ASAM_3_5', 'ASAM_3_7', 'ASAM_4_0'],
  assumedLanguages: ['en'],
  opensWithinMinutes: 0,
  maxFreshnessMinutes: 1440,
  signalTerms: { adultFrom: 18, youngAdultUntil: 25, seniorFrom: 65 },
  score: {
    weights: { TRAVEL: 0.25, STILL_OPEN: 0.25, RESPONSE: 0.2, FIT: 0.2, PREFERENCE: 0.1 },
    halfTravelKm: 25,
    travelKmPerHour: 60,
    halfPlaceMinutes: 720,
    priorAnswerRate: 0.65,
    priorOffers: 4,
    priorAnswerMinutes: 30,
    halfAnswerMinutes: 30,
    acceptedMedicationFit: 0.5,
    wantedMedicationWeight: 3,
  },
};
