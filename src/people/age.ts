import { dayIn } from '../agencies';
import { ageOn } from '../kernel/clock';

/** What is known of how old somebody is, whatever day it is asked for. */
export interface KnownAge {
  /** `YYYY-MM-DD`; null: not known. */
  readonly birthDate: string | null;
  /** Completed years as they were told last, and when; asked where the birth date is not known. */
  readonly told: { readonly years: number; readonly at: Date } | null;
}

const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** Whole years from one day to another, less than one counting as none in either direction. */
const wholeYears = (from: Date, to: Date): number => (to < from ? -ageOn(dayOf(to), from) : ageOn(dayOf(from), to));

/** Completed years on the day that it is in the zone; below zero before the birth; null: not known. */
export const ageAt = ({ birthDate, told }: KnownAge, at: Date, zone: string): number | null => {
  const day = dayIn(zone, at);
  if (birthDate !== null) return ageOn(birthDate, day);
  return told && told.years + wholeYears(dayIn(zone, told.at), day);
};
