import type { LevelOfCare, Medication, Pathway, Payer, Service, Sex, Substance } from '../../kernel/vocabulary';

export type AcceptanceMode = 'INSTANT' | 'REVIEW';
/** People a program serves to the exclusion of all others. */
export type ServesOnly = 'VETERANS';

/** Intake window on one weekday, minutes since local midnight; `closes` may pass 1440 to run into the next day. */
export interface IntakeWindow {
  /** 1 = Monday … 7 = Sunday (ISO 8601). */
  readonly weekday: number;
  readonly opens: number;
  readonly closes: number;
}

/** One bed pool with the facts of its program, as matching sees it: no person, no history beyond answer statistics. */
export interface Candidate {
  readonly poolId: string;
  readonly programId: string;
  readonly agencyId: string;
  readonly acceptanceMode: AcceptanceMode;
  readonly levelOfCare: LevelOfCare;
  readonly services: readonly Service[];
  readonly medicationsOffered: readonly Medication[];
  /** Accepts people who get this medication elsewhere. */
  readonly medicationsAccepted: readonly Medication[];
  /** Empty: not known, as a directory may leave it; like an unknown fact about the person it removes nobody. */
  readonly payers: readonly Payer[];
  /** Substances treated; empty: all. */
  readonly substances: readonly Substance[];
  /** `null`: no such limit. */
  readonly servesOnly: ServesOnly | null;
  /** Completed years, both ends included; `null`: no limit. */
  readonly minAge: number | null;
  readonly maxAge: number | null;
  /** Sexes admitted to this pool. */
  readonly sexes: readonly Sex[];
  /** Admits pregnant people. */
  readonly admitsPregnant: boolean;
  readonly languages: readonly string[];
  /** Referral sources the program takes; empty: all. */
  readonly acceptedPathways: readonly Pathway[];
  /** Empty: intake around the clock. */
  readonly intakeWindows: readonly IntakeWindow[];
  /** Minutes since Monday 00:00 in the program's own time zone at `asOf`, 0 … 10079. */
  readonly localWeekMinute: number;
  /** Degrees, WGS 84; `null`: place unknown. */
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly staffed: number;
  readonly occupied: number;
  readonly held: number;
  /** When the census was attested; `null`: never. */
  readonly attestedAt: Date | null;
  /** The program's freshness contract, minutes. Past it nothing is routed automatically. */
  readonly freshnessMinutes: number;
  /** Answer statistics over the last 90 days: offers put, answered at all, and median minutes to the answer. */
  readonly offersPut: number;
  readonly offersAnswered: number;
  readonly medianAnswerMinutes: number | null;
  /** This person was turned down here for a lasting reason. */
  readonly isLastinglyDeclined: boolean;
}
