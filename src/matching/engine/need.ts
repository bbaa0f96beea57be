import type { LevelOfCare, Medication, Pathway, Payer, Sex, Substance } from '../../kernel/vocabulary';

/** How soon after last use matters for withdrawal. */
export type LastUse = 'WITHIN_24_HOURS' | 'WITHIN_72_HOURS' | 'WITHIN_30_DAYS' | 'LONGER' | 'UNKNOWN';

/**
 * What matching works from: signals a non-clinician can give. Everything but the place and the pathway may be unknown
 * (`null`, or an empty list); an unknown never removes a program, except where a rule says so and names it.
 */
export interface Need {
  readonly pathway: Pathway;
  /** Completed years. */
  readonly age: number | null;
  readonly sex: Sex | null;
  readonly pregnant: boolean | null;
  readonly injects: boolean | null;
  readonly substances: readonly Substance[];
  readonly lastUse: LastUse;
  /** Medication for opioid use disorder the person takes today; a program must offer or accept each. */
  readonly currentMedications: readonly Medication[];
  /** Medication the person wishes to start; preference, not a wall. */
  readonly wantedMedication: Medication | null;
  /** A bodily complaint short of a red flag, seen by the referrer. */
  readonly hasMedicalComplaint: boolean;
  /** Psychosis or thoughts of suicide. */
  readonly hasPsychiatricConcern: boolean;
  /** Children who come along. */
  readonly childrenWithThem: number;
  /** `null`: not asked, for example before medical screening in an emergency department. */
  readonly payer: Payer | null;
  /** BCP-47 primary language subtag, for example `en`, `es`. */
  readonly language: string;
  readonly usesWheelchair: boolean;
  readonly needsSignLanguage: boolean;
  readonly isVeteran: boolean;
  /** Where the person is now. Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
  /** How far they will go, straight-line kilometres. */
  readonly maxDistanceKm: number;
  /** Assigned by a clinician only; empty: derived from the signals. */
  readonly levelsOfCare: readonly LevelOfCare[];
  /** Programs the person asks for, best first. */
  readonly preferredProgramIds: readonly string[];
}
