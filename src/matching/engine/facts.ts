import type { LevelOfCare, Medication } from '../../kernel/vocabulary';
import type { Candidate, IntakeWindow } from './candidate';
import { kilometresBetween, type Place } from './geodesy';
import type { MatchPolicy } from './policy';

/** Figures about one candidate that rules and score both read, so that the two cannot disagree. */

const MS_PER_MINUTE = 60_000;
const MINUTES_PER_DAY = 1440;
const MINUTES_PER_WEEK = 7 * MINUTES_PER_DAY;

/** staffed − occupied − held; the database keeps it from going below zero. */
export const availableIn = (candidate: Candidate): number => candidate.staffed - candidate.occupied - candidate.held;

/** Straight-line kilometres, or `null` when the program's place is not known. */
export const distanceKmTo = (candidate: Candidate, from: Place): number | null =>
  candidate.latitude === null || candidate.longitude === null
    ? null
    : kilometresBetween(from, { latitude: candidate.latitude, longitude: candidate.longitude });

/**
 * Minutes between attestation and the run, or `null` when never attested. A time in the future counts by its distance:
 * a mistyped date must not buy freshness.
 */
export const censusAgeMinutes = (candidate: Candidate, asOfMs: number): number | null =>
  candidate.attestedAt === null ? null : Math.abs(asOfMs - candidate.attestedAt.getTime()) / MS_PER_MINUTE;

/** The freshness contract in force, minutes: the program's own, at most the policy's longest. */
export const freshnessMinutesOf = (candidate: Candidate, policy: MatchPolicy): number =>
  Math.min(candidate.freshnessMinutes, policy.maxFreshnessMinutes);

const minutesUntil = (window: IntakeWindow, weekMinute: number): number => {
  const opens = (window.weekday - 1) * MINUTES_PER_DAY + window.opens;
  const sinceOpening = (((weekMinute - opens) % MINUTES_PER_WEEK) + MINUTES_PER_WEEK) % MINUTES_PER_WEEK;
  const isOpen = sinceOpening < window.closes - window.opens;
  return isOpen ? 0 : MINUTES_PER_WEEK - sinceOpening;
};

/** Minutes until intake opens, in the program's own week: 0 while it is open or around the clock. */
export const minutesUntilOpen = (candidate: Candidate): number => {
  if (candidate.intakeWindows.length === 0) return 0;
  let soonest = MINUTES_PER_WEEK;
  for (const window of candidate.intakeWindows) {
    soonest = Math.min(soonest, minutesUntil(window, candidate.localWeekMinute));
  }
  return soonest;
};

/** Whether a person on the medication can stay on it there. */
export const continues = (candidate: Candidate, medication: Medication): boolean =>
  candidate.medicationsOffered.includes(medication) || candidate.medicationsAccepted.includes(medication);

/** `ASAM_3_7` → `ASAM 3.7`. */
export const levelName = (level: LevelOfCare): string => level.replace('_', ' ').replace('_', '.');

/** `WHEELCHAIR_ACCESS` → `wheelchair access`. */
export const plain = (word: string): string => word.toLowerCase().replaceAll('_', ' ');

export const listed = (words: readonly string[]): string => (words.length === 0 ? 'none' : words.map(plain).join(', '));

/** Kilometres or minutes for a sentence: one decimal, no trailing zero. */
export const figure = (value: number): string => String(Math.round(value * 10) / 10);
