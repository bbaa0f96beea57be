import { DateTime } from 'luxon';
import type { ServesOnly } from '../capacity';
import type { LevelOfCare, Medication, Pathway, Payer, Service, Sex, Substance } from '../kernel/vocabulary';
import type { AcceptanceMode, Candidate, IntakeWindow } from './engine/candidate';
import { remembering } from './remembering';

/** One pool as the statements send it: lists as one text each and times as figures, because that is cheapest to read. */
export interface CandidateRow {
  readonly poolId: string;
  readonly programId: string;
  readonly agencyId: string;
  readonly acceptanceMode: AcceptanceMode;
  readonly levelOfCare: LevelOfCare;
  readonly services: string;
  readonly medicationsOffered: string;
  readonly medicationsAccepted: string;
  readonly payers: string;
  readonly substances: string;
  readonly servesOnly: ServesOnly | null;
  readonly minAge: number | null;
  readonly maxAge: number | null;
  readonly sexes: string;
  readonly admitsPregnant: boolean;
  readonly languages: string;
  readonly acceptedPathways: string;
  readonly intakeWindows: string;
  readonly timeZone: string;
  readonly latitude: number | null;
  readonly longitude: number | null;
  readonly staffed: number;
  readonly occupied: number;
  readonly held: number;
  /** Milliseconds since the epoch. */
  readonly attestedAt: number | null;
  readonly freshnessMinutes: number;
  readonly offersPut: number;
  readonly offersAnswered: number;
  readonly medianAnswerMinutes: number | null;
  readonly isLastinglyDeclined: boolean;
}

const listOf = remembering((text: string): readonly string[] => (text === '' ? [] : text.split(' ')));
const windowsOf = remembering((text: string): readonly IntakeWindow[] => JSON.parse(text) as IntakeWindow[]);

/** Minutes since Monday 00:00 on the clock of a zone; NaN, which no window is open at, for a zone that does not exist. */
export const weekMinuteIn = (timeZone: string, asOf: Date): number => {
  const local = DateTime.fromJSDate(asOf, { zone: timeZone });
  return (local.weekday - 1) * 1440 + local.hour * 60 + local.minute;
};

const candidateOf = (row: CandidateRow, localWeekMinute: number): Candidate => ({
  poolId: row.poolId,
  programId: row.programId,
  agencyId: row.agencyId,
  acceptanceMode: row.acceptanceMode,
  levelOfCare: row.levelOfCare,
  services: listOf(row.services) as readonly Service[],
  medicationsOffered: listOf(row.medicationsOffered) as readonly Medication[],
  medicationsAccepted: listOf(row.medicationsAccepted) as readonly Medication[],
  payers: listOf(row.payers) as readonly Payer[],
  substances: listOf(row.substances) as readonly Substance[],
  servesOnly: row.servesOnly,
  minAge: row.minAge,
  maxAge: row.maxAge,
  sexes: listOf(row.sexes) as readonly Sex[],
  admitsPregnant: row.admitsPregnant,
  languages: listOf(row.languages),
  acceptedPathways: listOf(row.acceptedPathways) as readonly Pathway[],
  intakeWindows: windowsOf(row.intakeWindows),
  localWeekMinute,
  latitude: row.latitude,
  longitude: row.longitude,
  staffed: row.staffed,
  occupied: row.occupied,
  held: row.held,
  attestedAt: row.attestedAt === null ? null : new Date(row.attestedAt),
  freshnessMinutes: row.freshnessMinutes,
  offersPut: row.offersPut,
  offersAnswered: row.offersAnswered,
  medianAnswerMinutes: row.medianAnswerMinutes,
  isLastinglyDeclined: row.isLastinglyDeclined,
});

/** The rows as the engine takes them. The local time is worked out once for each time zone. */
export const candidatesOf = (rows: readonly CandidateRow[], asOf: Date): Candidate[] => {
  const weekMinutes = new Map<string, number>();
  return rows.map((row) => {
    const known = weekMinutes.get(row.timeZone);
    const weekMinute = known ?? weekMinuteIn(row.timeZone, asOf);
    if (known === undefined) weekMinutes.set(row.timeZone, weekMinute);
    return candidateOf(row, weekMinute);
  });
};
