import type { LevelOfCare, Sex } from '../../kernel/vocabulary';
import type { AgeLimits, ProgramFacts } from './program-facts';

/** An organisation. */
export interface DirectoryAgency {
  readonly sourceKey: string;
  readonly name: string;
  /** USPS code. */
  readonly state: string;
}

/** Degrees, WGS 84. A ZIP centroid may lie kilometres off; an address is as good as the publisher's geocoding. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly precision: 'ADDRESS' | 'ZIP_CENTROID';
}

/** One facility at one address. */
export interface DirectoryProgram extends ProgramFacts {
  readonly sourceKey: string;
  readonly name: string;
  readonly street: string;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  /** As printed, with extension; first the facility, then its intake lines, each once. */
  readonly phones: readonly string[];
  /** `null`: unknown, so distance cannot be said and matching passes it over. */
  readonly place: Place | null;
  readonly countyFips: string | null;
  /** IANA name. */
  readonly timeZone: string;
  /** Until its own staff say otherwise a program decides for itself on each referral. */
  readonly acceptanceMode: 'REVIEW';
}

/** Places of one level of care. None is staffed and there is no census: no public feed of open beds exists. */
export interface DirectoryPool extends AgeLimits {
  readonly levelOfCare: LevelOfCare;
  readonly sexes: readonly Sex[];
  readonly admitsPregnant: boolean;
  readonly staffed: 0;
}

/** Remarks on lines that were taken but are worth a look. */
export const entryNotes = {
  NO_PLACE: 'No coordinates: the program is listed and cannot be matched by distance.',
  NO_COUNTY: 'The county is unknown.',
  ACROSS_STATE_LINE: 'The coordinates lie in another state than the address; the county was taken from the ZIP code.',
  NO_LEVEL_OF_CARE: 'No treatment setting given: the program is listed without bed pools.',
  CLOSED_GROUP: 'Serves only military personnel, or only drunk-driving clients: listed without bed pools.',
  CONTRADICTORY_AGES: 'The age codes contradict the rest: no age limit was taken.',
  CONTRADICTORY_MEDICATIONS: 'Names a medication and says none is used for opioid use disorder: none was taken.',
} as const;

export type EntryNote = keyof typeof entryNotes;

/** One line of the directory in the words of Handrail. */
export interface DirectoryEntry {
  readonly line: number;
  readonly agency: DirectoryAgency;
  readonly program: DirectoryProgram;
  readonly pools: readonly DirectoryPool[];
  readonly notes: readonly EntryNote[];
}
